using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PaymentHsm.Benchmarks.Reporting;

/// <summary>
/// One loop over many targets, each due once per interval, spread evenly. It is the same for the product's driver and for the bare one beside it, so that their
/// difference is the driver's. The product polls no fleet over host links, so the loop is at home here.
/// </summary>
/// <param name="targets">How many.</param>
/// <param name="interval">Between two probes of a target.</param>
/// <param name="probe">Probes one target.</param>
/// <param name="isFailure">A failure that counts as one and goes no further.</param>
internal sealed class Ticker<T>(int targets, TimeSpan interval, Func<int, ValueTask<T>> probe, Func<Exception, bool> isFailure)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Slot[] _slots = [.. Enumerable.Range(0, targets).Select(_ => new Slot(isFailure))];

    /// <summary>Runs for a while.</summary>
    /// <param name="length">How long.</param>
    /// <param name="late">A probe that begins later than this after it was due is late.</param>
    /// <param name="counts">Targets that are counted; all when null.</param>
    public async Task<TickerResult> RunAsync(TimeSpan length, TimeSpan late, Func<int, bool>? counts, CancellationToken stop)
    {
        var (failed, done) = (_slots.Sum(s => s.Failed), _slots.Sum(s => s.Done));
        var result = new TickerResult();
        using var timer = new PeriodicTimer(Tick);
        var started = Stopwatch.GetTimestamp();
        var step = interval / targets;
        for (var next = 0L; await timer.WaitForNextTickAsync(stop);)
        {
            var now = Stopwatch.GetElapsedTime(started);
            if (now >= length)
            {
                break;
            }

            for (; step * next <= now; next++)
            {
                var target = (int)(next % targets);
                var began = Begin(target);
                if (counts is null || counts(target))
                {
                    result.Count(began, Stopwatch.GetElapsedTime(started) - (step * next), late);
                }
            }
        }

        (result.Failed, result.Done) = (_slots.Sum(s => s.Failed) - failed, _slots.Sum(s => s.Done) - done);
        return result;
    }

    private bool Begin(int target)
    {
        var slot = _slots[target];
        if (slot.IsBusy)
        {
            return false;
        }

        slot.Wait(probe(target));
        return true;
    }

    /// <summary>The probe of one target that is under way; waits without allocating anything.</summary>
    private sealed class Slot
    {
        private readonly Action _ended;
        private readonly Func<Exception, bool> _isFailure;
        private ValueTaskAwaiter<T> _awaiter;
        private volatile bool _busy;

        public Slot(Func<Exception, bool> isFailure) => (_ended, _isFailure) = (End, isFailure);

        public bool IsBusy => _busy;

        public long Done { get; private set; }

        public long Failed { get; private set; }

        public void Wait(ValueTask<T> probe)
        {
            _busy = true;
            _awaiter = probe.GetAwaiter();
            if (_awaiter.IsCompleted)
            {
                End();
            }
            else
            {
                _awaiter.UnsafeOnCompleted(_ended);
            }
        }

        private void End()
        {
            try
            {
                _awaiter.GetResult();
                Done++;
            }
            catch (Exception failure) when (_isFailure(failure))
            {
                Failed++;
            }
            finally
            {
                _busy = false;
            }
        }
    }
}
