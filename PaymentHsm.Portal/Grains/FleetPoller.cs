using System.Collections.Concurrent;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Grains;

/// <summary>
/// Polls the devices whose grains live on this node: one ticker over all of them, one poll in flight per device, jittered by a tenth, woken early
/// by events that the devices push where there is a connection for them.
/// </summary>
internal sealed class FleetPoller(IGrainFactory grains, IOutOfBandLinks links, PollingSettings settings, TimeProvider clock, ILogger<FleetPoller> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<HsmSerial, Watched> _watched = new();

    /// <summary>Begins to poll a device; does nothing when it is polled already.</summary>
    public void Watch(HsmSerial serial) => _watched.GetOrAdd(serial, s => new Watched(s, clock.GetUtcNow()));

    /// <summary>Asks a device no more: it no longer exists.</summary>
    public void Forget(HsmSerial serial)
    {
        if (_watched.TryRemove(serial, out var device))
        {
            device.Stop();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            foreach (var device in _watched.Values)
            {
                if (device.WakeUps is null && settings.Connections > 1)
                {
                    device.WakeUps = FollowAsync(device, stoppingToken);
                }

                if (device.Due <= now && device.TryBegin())
                {
                    _ = PollAsync(device);
                }
            }
        }
    }

    private async Task PollAsync(Watched device)
    {
        var wait = settings.Interval * (0.9 + (0.2 * Random.Shared.NextDouble()));
        try
        {
            if (await grains.GetGrain<IHsmGrain>(device.Serial.ToString()).PollAsync())
            {
                wait = settings.ConfirmAfter;
            }
        }
        catch (Exception e)
        {
            // Whatever happens to one device, its next poll and the rest of the fleet go on.
            log.PollFailed(device.Serial, e);
        }
        finally
        {
            device.End(clock.GetUtcNow() + wait);
        }
    }

    private async Task FollowAsync(Watched device, CancellationToken stopping)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, device.Stopped);
        try
        {
            await foreach (var wakeUp in links.LinkTo(device.Serial).WakeUpsAsync(ends.Token))
            {
                device.Hurry(wakeUp.At);
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The portal stops, or the device is no longer asked.
        }
        catch (Exception e)
        {
            log.WakeUpsFailed(device.Serial, e);
        }
    }

    /// <summary>When a device is due next, and whether a poll of it is under way.</summary>
    private sealed class Watched(HsmSerial serial, DateTimeOffset due) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly CancellationTokenSource _stop = new();
        private bool _busy;
        private bool _again;

        public HsmSerial Serial { get; } = serial;

        public DateTimeOffset Due { get; private set; } = due;

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
                Due = _again ? DateTimeOffset.MinValue : next;
                _busy = _again = false;
            }
        }

        /// <summary>Something happened at the device: poll now, or once more when a poll is under way that may have read too early.</summary>
        public void Hurry(DateTimeOffset now)
        {
            lock (_gate)
            {
                _again = _busy;
                Due = now < Due ? now : Due;
            }
        }
    }
}
