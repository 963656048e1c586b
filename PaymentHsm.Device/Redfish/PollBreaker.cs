namespace PaymentHsm.Device.Redfish;

/// <summary>Spares a dead controller: after five failed polls within 60 s none is sent for 30 s, then one probe decides (OOB-PROFILE 10). One poll runs at a time.</summary>
internal sealed class PollBreaker
{
    private const int Failures = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    private readonly Queue<DateTimeOffset> _failures = new();

    /// <summary>Until when no poll is sent; null when polls may be sent.</summary>
    public DateTimeOffset? OpenUntil { get; private set; }

    /// <summary>True when a poll may be sent.</summary>
    public bool Allows(DateTimeOffset now) => OpenUntil is not { } until || now >= until;

    /// <summary>A poll reached the controller.</summary>
    public void Succeeded()
    {
        _failures.Clear();
        OpenUntil = null;
    }

    /// <summary>A poll did not reach the controller.</summary>
    public void Failed(DateTimeOffset now)
    {
        _failures.Enqueue(now);
        while (_failures.Count > 0 && now - _failures.Peek() > Window)
        {
            _failures.Dequeue();
        }

        // A failed probe opens it again at once.
        if (_failures.Count >= Failures || OpenUntil is not null)
        {
            OpenUntil = now + Rest;
        }
    }
}
