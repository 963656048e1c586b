using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Starts the host-command server of one device; disposing the result stops it. The fleet calls it once for each device.</summary>
/// <param name="side">The device as its host port sees it.</param>
/// <param name="port">TCP and UDP port of the plain commands.</param>
/// <param name="tlsPort">Port of the commands under TLS.</param>
/// <param name="counts">Where accepted connections are counted.</param>
/// <param name="cancellationToken">Ends the starting.</param>
internal delegate Task<IAsyncDisposable> HostPortStart(IHostSide side, int port, int tlsPort, ConnectionCounts counts, CancellationToken cancellationToken);
