using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Grains;

/// <summary>When a device is due next, and whether a poll of it is under way. Safe from any thread.</summary>
internal sealed class PolledDevice(HsmSerial serial, DateTimeOffset due) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private DateTimeOffset _due = due;
    private DateTimeOffset? _begunAt;
    private bool _again;

    public HsmSerial Serial { get; } = serial;

    public DateTimeOffset Due
    {
        get
        {
            lock (_gate)
            {
                return _due;
            }
        }
    }

    /// <summary>When the poll that is under way began; null when none is.</summary>
    public DateTimeOffset? BegunAt
    {
        get
        {
            lock (_gate)
            {
                return _begunAt;
            }
        }
    }

    public Task? WakeUps { get; set; }

    /// <summary>Cancelled when the device is no longer asked.</summary>
    public CancellationToken Stopped => _stop.Token;

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    /// <summary>False when a poll is under way.</summary>
    public bool TryBegin(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_begunAt is not null)
            {
                return false;
            }

            _begunAt = now;
            return true;
        }
    }

    /// <summary>Its poll has ended; it is due again at that time, or at once when something happened meanwhile.</summary>
    public void End(DateTimeOffset next)
    {
        lock (_gate)
        {
            _due = _again ? DateTimeOffset.MinValue : next;
            (_begunAt, _again) = (null, false);
        }
    }

    /// <summary>Something happened at the device: poll it before all others, or once more when a poll is under way that may have read too early.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            _again = _begunAt is not null;
            _due = DateTimeOffset.MinValue;
        }
    }
}
