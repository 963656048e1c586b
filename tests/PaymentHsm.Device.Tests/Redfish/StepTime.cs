using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>A clock that stands still: waits of up to eight seconds (pauses between tries) end at once and are noted; longer ones (limits) run out only when a test advances the clock.</summary>
internal sealed class StepTime() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 17, 24, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <summary>Pauses in the order in which they began.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime > LongestPause)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Pauses.Enqueue(dueTime);
        return TimeProvider.System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
    }
}
