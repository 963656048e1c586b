using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Simulator.HostPort;
using PaymentHsm.Device.Simulator.Store;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>The host ports of all devices: plain, under mutual TLS, and as datagrams. One idle watch and one certificate for all of them.</summary>
internal sealed class FleetHostPorts : IAsyncDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    private readonly List<HostCommandServer> _servers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly IdleWatch _watch;
    private readonly X509Certificate2 _certificate;

    private Task _late = Task.CompletedTask;

    private FleetHostPorts(IdleWatch watch, X509Certificate2 certificate) => (_watch, _certificate) = (watch, certificate);

    public static async Task<FleetHostPorts> StartAsync(IEnumerable<SimulatedHsm> devices, SimulatorCertificates certificates, TimeProvider time, ILoggerFactory loggers)
    {
        certificates.MakeHostClient();
        var ports = new FleetHostPorts(new IdleWatch(time), certificates.HostPorts());
        try
        {
            var (late, logger, log) = (new List<SimulatedHsm>(), loggers.CreateLogger<HostCommandServer>(), loggers.CreateLogger("PaymentHsm.Device.Simulator"));
            foreach (var device in devices)
            {
                if (!await ports.TryStartAsync(device, certificates.Authority, logger))
                {
                    log.HostPortTaken(device.Identity.Serial);
                    late.Add(device);
                }
            }

            ports._late = late.Count > 0 ? ports.StartLateAsync(late, certificates.Authority, logger, time) : Task.CompletedTask;
            return ports;
        }
        catch
        {
            await ports.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _late;
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _watch.Dispose();
        _certificate.Dispose();
        _stop.Dispose();
    }

    /// <summary>One stolen port must not keep a whole fleet down: its device gets its host ports when they are free again.</summary>
    private async Task StartLateAsync(List<SimulatedHsm> late, X509Certificate2 clients, ILogger<HostCommandServer> logger, TimeProvider time)
    {
        while (late.Count > 0)
        {
            await Task.Delay(TryAgainAfter, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            foreach (var device in late.ToList())
            {
                if (await TryStartAsync(device, clients, logger))
                {
                    late.Remove(device);
                }
            }
        }
    }

    private async Task<bool> TryStartAsync(SimulatedHsm device, X509Certificate2 clients, ILogger<HostCommandServer> logger)
    {
        try
        {
            await StartAsync(device, clients, logger);
            return true;
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }

    private async Task StartAsync(SimulatedHsm device, X509Certificate2 clients, ILogger<HostCommandServer> logger)
    {
        var side = new HostSide(device);
        var options = new HostPortOptions
        {
            HostPort = device.Identity.HostPort,
            HostTlsPort = device.Identity.HostTlsPort,
            HostUdpPort = device.Identity.HostPort,
            ServerCertificate = _certificate,
            ClientAuthority = clients,
        };
        var server = new HostCommandServer(side, device.Host.Counters, device.Host.Audit, options, _watch, logger);
        await server.StartAsync();
        _servers.Add(server);
        device.Connections.HostPort = server;
    }
}
