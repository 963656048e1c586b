using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using PaymentHsm.Device.Simulator;
using PaymentHsm.Device.Simulator.Parts;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Verbs;

/// <summary>Runs only a simulated fleet, in its own process: for outside tools, and for tests that kill the portal.</summary>
internal static class SimulateVerb
{
    public static Task<int> RunAsync(string[] args)
    {
        var devices = new Option<int>("--devices") { Description = "How many devices, 1 to 10000.", DefaultValueFactory = _ => 24 };
        devices.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                r.AddError("--devices must be 1 to 10000.");
            }
        });
        var control = new Option<Uri>("--control")
        {
            Description = "Address of the control API; http on loopback, port 0 takes a free one.",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:5090"),
            CustomParser = ParseAddress,
        };
        var data = new Option<string>("--data") { Description = "Directory in which the devices remember; relative paths count from the folder of the solution.", DefaultValueFactory = _ => "data" };
        var restartTime = new Option<TimeSpan>("--restart-time") { Description = "How long a restart takes.", DefaultValueFactory = _ => TimeSpan.FromSeconds(3) };
        var processes = new Option<int>("--processes") { Description = "Over how many processes to spread the fleet, 1 to 16; as many as the file handles demand when not given.", DefaultValueFactory = _ => 0 };
        processes.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 0 or > 16)
            {
                r.AddError("--processes must be 1 to 16.");
            }
        });
        var part = new Option<FleetPart?>("--part") { Description = "First device and number of devices that this process simulates.", Hidden = true, CustomParser = ParsePart };
        var conformance = new Option<bool>("--conformance") { Description = "Keeps an administrator enabled, as conformance checkers need." };
        var command = new RootCommand(
            "Simulates a fleet of payment HSMs: host commands over TCP, UDP and TLS, Redfish over HTTPS, and a control API that plays customers, on-site staff and bad luck (routes: docs/simulator.md). "
            + "GET /devices of the control API shows each device's ports, accounts and the authority to trust. Everything listens on loopback only. "
            + "A device takes five ports and about seven file handles; a fleet that needs more than this process may have is spread over several processes. "
            + "Ctrl+C or SIGTERM ends it; the devices remember their state in the data directory.")
        {
            devices, control, data, restartTime, conformance, processes, part,
        };
        command.SetAction((parsed, stop) =>
        {
            var options = new SimulatorOptions
            {
                Devices = parsed.GetValue(devices),
                ControlUrl = parsed.GetValue(control)!,
                DataDirectory = Path.GetFullPath(parsed.GetValue(data)!, RootAppSettings.Root(Directory.GetCurrentDirectory())),
                RestartTime = parsed.GetValue(restartTime),
                ConformanceMode = parsed.GetValue(conformance),
            };
            var many = parsed.GetValue(processes) is > 0 and var wished ? wished : SplitFleet.ProcessesFor(options.Devices);
            return parsed.GetValue(part) is null && many > 1
                ? SimulateInPartsAsync(options, many, stop)
                : SimulateAsync(options, parsed.GetValue(part), stop);
        });
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static Uri? ParseAddress(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)
        {
            return address;
        }

        result.AddError($"--control: '{result.Tokens[0].Value}' is not an http address on loopback, such as http://127.0.0.1:5090.");
        return null;
    }

    private static FleetPart? ParsePart(ArgumentResult result)
    {
        if (result.Tokens[0].Value.Split('+') is [var first, var count] && int.TryParse(first, out var from) && int.TryParse(count, out var many) && from >= 0 && many > 0)
        {
            return new FleetPart(from, many);
        }

        result.AddError("--part: first device and number, such as 24+48.");
        return null;
    }

    private static string EnvironmentName =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Development;

    private static async Task<int> SimulateAsync(SimulatorOptions options, FleetPart? part, CancellationToken stop)
    {
        using var loggers = LoggerFactory.Create(b => b.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None));
        using var end = new EndSignal();
        await using var fleet = new FleetSimulator(options, EnvironmentName, TimeProvider.System, loggers, part);
        if (!await TryAsync(() => fleet.StartAsync(end.Token)))
        {
            return end.Token.IsCancellationRequested ? 0 : 2;
        }

        Console.WriteLine($"{part?.Count ?? options.Devices} simulated devices are up; control API at {fleet.ControlUrl}");
        await Task.WhenAny(end.Signalled, part is null ? Task.Delay(Timeout.Infinite, stop) : ParentGoneAsync());
        await fleet.StopAsync(CancellationToken.None);
        return 0;
    }

    private static async Task<int> SimulateInPartsAsync(SimulatorOptions options, int processes, CancellationToken stop)
    {
        using var end = new EndSignal();
        await using var fleet = new SplitFleet(options, EnvironmentName, processes, async (part, control, token) => await FleetPartProcess.StartAsync(options, part, control, token));
        if (!await TryAsync(() => fleet.StartAsync(end.Token)))
        {
            return end.Token.IsCancellationRequested ? 0 : 2;
        }

        Console.WriteLine($"{options.Devices} simulated devices are up; control API at {fleet.ControlUrl}");
        if (await Task.WhenAny(end.Signalled, fleet.PartLost, Task.Delay(Timeout.Infinite, stop)) == fleet.PartLost && !end.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("A process with a part of the fleet has ended, so the fleet ends.");
            return 3;
        }

        return 0;
    }

    private static async Task<bool> TryAsync(Func<Task> start)
    {
        try
        {
            await start();
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or SocketException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return false;
        }
    }

    /// <summary>A part ends with the process that started it, even if that was killed: its input ends then.</summary>
    private static async Task ParentGoneAsync()
    {
        while (await Console.In.ReadLineAsync() is not null)
        {
        }
    }
}
