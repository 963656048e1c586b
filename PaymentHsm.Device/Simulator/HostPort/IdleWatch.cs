using System.Collections.Concurrent;

namespace PaymentHsm.Device.Simulator.HostPort;

/// <summary>
/// Ends connections that rest too long. One for all simulated units of a process: one timer, however many connections.
/// </summary>
internal sealed class IdleWatch : IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<HostSession, byte> _sessions = new();
    private readonly ITimer _timer;

    /// <summary>Starts watching.</summary>
    public IdleWatch(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        _timer = time.CreateTimer(static state => ((IdleWatch)state!).Look(), this, Period, Period);
    }

    /// <summary>The clock of all limits.</summary>
    public TimeProvider Time { get; }

    /// <summary>Connections watched at present.</summary>
    public int Count => _sessions.Count;

    /// <summary>Watches a connection.</summary>
    public void Add(HostSession session) => _sessions.TryAdd(session, 0);

    /// <summary>Lets go of a connection.</summary>
    public void Remove(HostSession session) => _sessions.TryRemove(session, out _);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        foreach (var (session, _) in _sessions)
        {
            session.AbortIfIdle();
        }
    }
}
