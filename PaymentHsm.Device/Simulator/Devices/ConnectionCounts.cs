namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Connections accepted since start, by port. The proof that a customer's device was left alone (R26).</summary>
internal sealed class ConnectionCounts
{
    private long _host;
    private long _hostTls;
    private long _management;
    private long _oob;

    public long Host => Interlocked.Read(ref _host);

    public long HostTls => Interlocked.Read(ref _hostTls);

    public long Management => Interlocked.Read(ref _management);

    public long Oob => Interlocked.Read(ref _oob);

    /// <summary>The host-command server calls it for each connection on the plain port.</summary>
    public void HostAccepted() => Interlocked.Increment(ref _host);

    /// <summary>The host-command server calls it for each connection on the TLS port.</summary>
    public void HostTlsAccepted() => Interlocked.Increment(ref _hostTls);

    public void ManagementAccepted() => Interlocked.Increment(ref _management);

    public void OobAccepted() => Interlocked.Increment(ref _oob);
}
