using System.Collections.Concurrent;
using System.Threading.Channels;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>What the keeper of the fleet saw last: which devices the enrolment source names, and what each new one waits for. Lost with the process and read afresh.</summary>
internal sealed class IntakeBoard
{
    private readonly ConcurrentDictionary<HsmSerial, string> _waits = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private IReadOnlyDictionary<HsmSerial, EnrolledDevice>? _enrolled;

    /// <summary>The devices that the enrolment source names; null while it was not read yet.</summary>
    public IReadOnlyDictionary<HsmSerial, EnrolledDevice>? Enrolled => Volatile.Read(ref _enrolled);

    /// <summary>Why the device could not go on at the last look; null when it could.</summary>
    public string? WaitOf(HsmSerial serial) => _waits.GetValueOrDefault(serial);

    /// <summary>Something changed that the keeper should look at now.</summary>
    public void Hurry() => _wake.Writer.TryWrite(true);

    /// <summary>Waits until somebody is in a hurry, or the time is over.</summary>
    public async Task PauseAsync(TimeSpan pause, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_wake.Reader.ReadAsync(over.Token).AsTask(), Task.Delay(pause, clock, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Read(IReadOnlyList<EnrolledDevice> enrolled) => Volatile.Write(ref _enrolled, enrolled.ToDictionary(d => d.Serial));

    public void Waits(HsmSerial serial, string? reason)
    {
        if (reason is null)
        {
            _waits.TryRemove(serial, out _);
        }
        else
        {
            _waits[serial] = reason;
        }
    }
}
