using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using PaymentHsm.Device.Simulator;
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
        var conformance = new Option<bool>("--conformance") { Description = "Keeps an administrator enabled, as conformance checkers need." };
        var command = new RootCommand("Simulates a fleet of payment HSMs: host commands over TCP, UDP and TLS, Redfish over HTTPS, and a control API that plays customers, on-site staff and bad luck (routes: docs/simulator.md).")
        {
            devices, control, data, restartTime, conformance,
        };
        command.SetAction((parsed, stop) => SimulateAsync(
            new SimulatorOptions
            {
                Devices = parsed.GetValue(devices),
                ControlUrl = parsed.GetValue(control)!,
                DataDirectory = Path.GetFullPath(parsed.GetValue(data)!, RootAppSettings.Root(Directory.GetCurrentDirectory())),
                RestartTime = parsed.GetValue(restartTime),
                ConformanceMode = parsed.GetValue(conformance),
            },
            stop));
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

    private static async Task<int> SimulateAsync(SimulatorOptions options, CancellationToken stop)
    {
        using var loggers = LoggerFactory.Create(b => b.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        await using var fleet = new FleetSimulator(options, Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Development, TimeProvider.System, loggers);
        try
        {
            await fleet.StartAsync(stop);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }

        Console.WriteLine($"{options.Devices} simulated devices are up; control API at {fleet.ControlUrl}");
        var ended = new TaskCompletionSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => End(c, ended));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => End(c, ended));
        await ended.Task.WaitAsync(stop);
        await fleet.StopAsync(CancellationToken.None);
        return 0;
    }

    private static void End(PosixSignalContext context, TaskCompletionSource ended)
    {
        context.Cancel = true;
        ended.TrySetResult();
    }
}
