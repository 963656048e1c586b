using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Connections accepted since start, by port. The proof that a customer's device was left alone (R26).</summary>
internal sealed class ConnectionCounts
{
    private long _management;
    private long _oob;

    /// <summary>The device's host port, which counts for itself; null while it does not listen.</summary>
    public HostCommandServer? HostPort { get; set; }

    public long Host => HostPort?.AcceptedHost ?? 0;

    public long HostTls => HostPort?.AcceptedHostTls ?? 0;

    public long Management => Interlocked.Read(ref _management);

    public long Oob => Interlocked.Read(ref _oob);

    public void ManagementAccepted() => Interlocked.Increment(ref _management);

    public void OobAccepted() => Interlocked.Increment(ref _oob);
}
