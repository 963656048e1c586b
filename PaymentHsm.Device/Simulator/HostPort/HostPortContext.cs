using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>What the commands of one unit work on.</summary>
/// <param name="Side">The unit's truth.</param>
/// <param name="Counters">Utilisation figures.</param>
/// <param name="Audit">The HSM audit log.</param>
/// <param name="Network">Open connections and traffic, as NI reports them.</param>
/// <param name="MaxConnections">Configured sockets, as NO reports them.</param>
/// <param name="Random">Random bytes for N0.</param>
internal sealed record HostPortContext(IHostSide Side, HostCounters Counters, HostAuditLog Audit, IHostNetwork Network, int MaxConnections, RandomSource Random);

/// <summary>The network as the unit's own tools would see it.</summary>
internal interface IHostNetwork
{
    /// <summary>Open TCP connections of the host port.</summary>
    IReadOnlyList<NetworkConnection> Connections();

    /// <summary>Traffic of the host port since it was started.</summary>
    NetworkStatistics Statistics();
}
