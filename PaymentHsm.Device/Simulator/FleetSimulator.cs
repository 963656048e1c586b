using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Device.Simulator.Listening;
using PaymentHsm.Device.Simulator.Parts;
using PaymentHsm.Device.Simulator.Racks;
using PaymentHsm.Device.Simulator.Store;

namespace PaymentHsm.Device.Simulator;

/// <summary>
/// The simulated fleet: devices with real sockets and real TLS, which remember what happened to them when the process dies. It has its own
/// server, so it runs inside another host or alone. Its owner starts it once, stops it once.
/// </summary>
/// <param name="options">Settings, judged at start.</param>
/// <param name="environment">Name of the hosting environment; in Production it refuses to start.</param>
/// <param name="time">Clock of every device; the system's when null.</param>
/// <param name="loggers">Where logs go; nowhere when null.</param>
/// <param name="part">Which part of the fleet lives in this process; all of it when null.</param>
public sealed class FleetSimulator(SimulatorOptions options, string environment, TimeProvider? time = null, ILoggerFactory? loggers = null, FleetPart? part = null) : IHostedService, IAsyncDisposable
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ILoggerFactory _loggers = loggers ?? NullLoggerFactory.Instance;
    private FileStream? _claim;
    private SimulatorCertificates? _certificates;
    private SimulatedFleet? _fleet;
    private WebApplication? _server;
    private FleetHostPorts? _hostPorts;

    /// <summary>Where the control API listens, its port known.</summary>
    /// <exception cref="InvalidOperationException">The fleet is not started.</exception>
    public Uri ControlUrl { get; private set => field = value; } = options.ControlUrl;

    /// <summary>The certificate authority of every endpoint, PEM; absolute path, present once started.</summary>
    public string CaFile { get; } = Path.Combine(Path.GetFullPath(options.DataDirectory), "simulator", "oob-ca.pem");

    /// <summary>The devices behind the wires.</summary>
    internal SimulatedFleet Fleet => _fleet ?? throw new InvalidOperationException("The simulated fleet is not started.");

    /// <summary>Starts every endpoint.</summary>
    /// <exception cref="InvalidOperationException">
    /// The environment is Production, another process simulates from the same directory, or the machine has not enough ports or file handles.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        FleetRules.Judge(options, environment, part?.Count ?? options.Devices);
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(options.DataDirectory), "simulator")).FullName;
        _claim = FleetRules.Claim(Path.Combine(folder, part is null ? "lock" : $"lock-{part.First}"));
        var logger = _loggers.CreateLogger("PaymentHsm.Device.Simulator");
        _certificates = new SimulatorCertificates(folder, _time);
        _fleet = new SimulatedFleet(folder, options, _time, part);
        var controlPort = options.ControlUrl.Port == 0 ? new PortBook(_fleet.Ports).Take() : options.ControlUrl.Port;
        var endpoints = new FleetEndpoints(_fleet, _time, options.ConformanceMode);
        _server = FleetServer.Build(_fleet, endpoints, _certificates, options, controlPort, _time, _loggers);
        await _server.StartAsync(cancellationToken);
        ControlUrl = new UriBuilder(options.ControlUrl) { Host = "127.0.0.1", Port = controlPort }.Uri;
        _hostPorts = await FleetHostPorts.StartAsync(_fleet.Devices.Values, _certificates, _time, _loggers);
        HeldPorts.LetGo(_fleet.Ports);

        logger.FleetUp(_fleet.Devices.Count, _fleet.Racks.Count, ControlUrl);
    }

    /// <summary>Closes every endpoint. What devices did is saved already; what their host ports counted in the last seconds is saved now.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is null)
        {
            return;
        }

        await DisposeAsync();
        _loggers.CreateLogger("PaymentHsm.Device.Simulator").FleetDown();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _hostPorts, null) is { } hostPorts)
        {
            await hostPorts.DisposeAsync();
        }

        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            // Open event streams would hold a patient stop for half a minute.
            using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200), _time);
            await server.StopAsync(now.Token);
            await server.DisposeAsync();
        }

        HeldPorts.LetGo(_fleet?.Ports ?? []);
        _fleet?.Dispose();
        _certificates?.Dispose();
        _claim?.Dispose();
        _claim = null;
    }
}
