using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Grains;

/// <summary>
/// Polls the devices whose grains live on this node: one ticker over all of them, jittered by a tenth, woken early
/// by events that the devices push where there is a connection for them.
/// </summary>
internal sealed class FleetPoller(IGrainFactory grains, IOutOfBandLinks links, PollingSettings settings, TimeProvider clock, ILogger<FleetPoller> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>Few enough for each of them to get its share of the processors.</summary>
    private const int AtOnce = 256;

    /// <summary>A poll slower than this counts as degraded (OOB-PROFILE 10): it is the controller that is slow.</summary>
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(2);

    private readonly PollSchedule _schedule = new(AtOnce, Work);

    /// <summary>Begins to poll a device; does nothing when it is polled already.</summary>
    public void Watch(HsmSerial serial) => _schedule.Watch(serial, clock.GetUtcNow());

    /// <summary>Asks a device no more: it no longer exists.</summary>
    public void Forget(HsmSerial serial) => _schedule.Forget(serial);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var device in _schedule.Devices.Where(d => d.WakeUps is null && settings.Connections > 1))
            {
                device.WakeUps = FollowAsync(device, stoppingToken);
            }

            foreach (var device in _schedule.Begin(clock.GetUtcNow()))
            {
                _ = PollAsync(device);
            }
        }
    }

    private async Task PollAsync(PolledDevice device)
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

    private async Task FollowAsync(PolledDevice device, CancellationToken stopping)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stopping, device.Stopped);
        try
        {
            await foreach (var _ in links.LinkTo(device.Serial).WakeUpsAsync(ends.Token))
            {
                device.Hurry();
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
}
