using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Grains;

/// <summary>When a device is due next, and whether a poll of it is under way. Safe from any thread.</summary>
internal sealed class PolledDevice(HsmSerial serial, DateTimeOffset due) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private DateTimeOffset _due = due;
    private bool _busy;
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

    public Task? WakeUps { get; set; }

    /// <summary>Cancelled when the device is no longer asked.</summary>
    public CancellationToken Stopped => _stop.Token;

    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    public bool TryBegin()
    {
        lock (_gate)
        {
            return !_busy && (_busy = true);
        }
    }

    public void End(DateTimeOffset next)
    {
        lock (_gate)
        {
            _due = _again ? DateTimeOffset.MinValue : next;
            _busy = _again = false;
        }
    }

    /// <summary>Something happened at the device: poll it before all others, or once more when a poll is under way that may have read too early.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            _again = _busy;
            _due = DateTimeOffset.MinValue;
        }
    }
}
