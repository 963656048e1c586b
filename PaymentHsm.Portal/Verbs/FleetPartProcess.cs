using System.Diagnostics;
using System.Globalization;
using PaymentHsm.Device.Simulator;
using PaymentHsm.Device.Simulator.Parts;

namespace PaymentHsm.Portal.Verbs;

/// <summary>This program once more, with a part of the fleet. It ends when its input does.</summary>
internal sealed class FleetPartProcess : IFleetPartProcess
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(15);

    private readonly Process _process;

    private FleetPartProcess(Process process, Uri control) => (_process, ControlUrl) = (process, control);

    /// <inheritdoc/>
    public Uri ControlUrl { get; }

    /// <inheritdoc/>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>Starts it and waits until it is up. What it complains about goes where this process complains.</summary>
    /// <exception cref="InvalidOperationException">It ended before it was up.</exception>
    public static async Task<FleetPartProcess> StartAsync(SimulatorOptions options, FleetPart part, Uri control, CancellationToken stop)
    {
        var started = new FleetPartProcess(Process.Start(StartInfo(options, part, control))!, control);
        try
        {
            while (await started._process.StandardOutput.ReadLineAsync(stop) is { } line)
            {
                if (line.Contains("control API at", StringComparison.Ordinal))
                {
                    return started;
                }
            }

            throw new InvalidOperationException($"The process for devices {part.First + 1} to {part.First + part.Count} did not start.");
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended by itself.
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(EndLimit);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(SimulatorOptions options, FleetPart part, Uri control)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This program does not know where it was started from.");
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FleetPartProcess).Assembly.Location);
        }

        string[] arguments =
        [
            "simulate",
            "--part", string.Create(CultureInfo.InvariantCulture, $"{part.First}+{part.Count}"),
            "--devices", options.Devices.ToString(CultureInfo.InvariantCulture),
            "--control", control.ToString(),
            "--data", options.DataDirectory,
            "--restart-time", options.RestartTime.ToString("c", CultureInfo.InvariantCulture),
        ];
        foreach (var argument in options.ConformanceMode ? [.. arguments, "--conformance"] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Several processes share the machine; the server's collector would take a heap for each processor in each of them.
        start.Environment["DOTNET_gcServer"] = "0";
        return start;
    }
}
