using System.Collections.Concurrent;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.HostCommands;

/// <summary>
/// Spaces out the JK commands of each device, over all its links: on hosted units every JK can add lines to the error log, so a storm of them would fill it.
/// </summary>
internal sealed class HealthPace(TimeSpan pause, TimeProvider time)
{
    private readonly ConcurrentDictionary<HsmSerial, SemaphoreSlim> _turns = new();
    private readonly ConcurrentDictionary<HsmSerial, long> _last = new();

    /// <summary>Waits until the device may be asked again; callers of one device take turns.</summary>
    public async Task TurnAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(serial, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_last.TryGetValue(serial, out var last) && pause - time.GetElapsedTime(last) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
            }

            _last[serial] = time.GetTimestamp();
        }
        finally
        {
            turn.Release();
        }
    }
}
