using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Simulator.HostPort;
using PaymentHsm.Device.Simulator.Store;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>The host ports of all devices: plain, under mutual TLS, and as datagrams. One idle watch and one certificate for all of them.</summary>
internal sealed class FleetHostPorts : IAsyncDisposable
{
    private readonly List<HostCommandServer> _servers = [];
    private readonly IdleWatch _watch;
    private readonly X509Certificate2 _certificate;

    private FleetHostPorts(IdleWatch watch, X509Certificate2 certificate) => (_watch, _certificate) = (watch, certificate);

    public static async Task<FleetHostPorts> StartAsync(IEnumerable<SimulatedHsm> devices, SimulatorCertificates certificates, TimeProvider time, ILoggerFactory loggers)
    {
        certificates.MakeHostClient();
        var ports = new FleetHostPorts(new IdleWatch(time), certificates.HostPorts());
        try
        {
            foreach (var device in devices)
            {
                await ports.StartAsync(device, certificates.Authority, loggers.CreateLogger<HostCommandServer>());
            }

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
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _watch.Dispose();
        _certificate.Dispose();
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
        _servers.Add(server);
        await server.StartAsync();
        device.Connections.HostPort = server;
    }
}
