using PaymentHsm.Device.HostCommands.Messages;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>Traffic of a host port since it was started; NI reports it.</summary>
internal sealed class PortTraffic
{
    private long _bytesSent;
    private long _bytesReceived;
    private int _sends;
    private int _receives;
    private int _discarded;

    /// <summary>A send of <paramref name="bytes"/> bytes.</summary>
    public void Sent(int bytes)
    {
        Interlocked.Add(ref _bytesSent, bytes);
        Interlocked.Increment(ref _sends);
    }

    /// <summary>A receive of <paramref name="bytes"/> bytes.</summary>
    public void Received(int bytes)
    {
        Interlocked.Add(ref _bytesReceived, bytes);
        Interlocked.Increment(ref _receives);
    }

    /// <summary>Something received was thrown away.</summary>
    public void Discarded() => Interlocked.Increment(ref _discarded);

    /// <summary>The figures as NI reports them.</summary>
    public NetworkStatistics Read() => new(
        (ulong)Volatile.Read(ref _bytesSent),
        (ulong)Volatile.Read(ref _bytesReceived),
        (uint)Volatile.Read(ref _sends),
        (uint)Volatile.Read(ref _receives),
        0,
        0,
        0,
        (uint)Volatile.Read(ref _discarded),
        0,
        0,
        0);
}
