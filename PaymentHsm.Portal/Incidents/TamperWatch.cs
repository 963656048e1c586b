using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Incidents;

/// <summary>Looks at every change of the fleet for a latched tamper. What it raises twice is raised once.</summary>
internal sealed class TamperWatch(IFleetFeed feed, ITamperIncidents incidents, TimeProvider clock, ILogger<TamperWatch> log) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Dictionary<HsmSerial, DateTimeOffset> _raised = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var live = feed.Subscribe(stoppingToken);
                await LookAsync(live.Snapshot.Tiles.Values, stoppingToken);
                await foreach (var changed in live.Changes.WithCancellation(stoppingToken))
                {
                    await LookAsync(changed, stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A full disk must not end the watch: the next look begins with the whole picture.
                log.WatchBroken(Retry, e);
            }

            await Task.Delay(Retry, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(IEnumerable<HsmTile> tiles, CancellationToken cancellationToken)
    {
        foreach (var tile in tiles)
        {
            if (tile.Readings.GetValueOrDefault(ReadingName.Tamper) is not { Value.Word: "TamperingDetected" or "HardwareIntrusion" } latch)
            {
                _raised.Remove(tile.Serial);
            }
            else if (!_raised.ContainsKey(tile.Serial))
            {
                if (await incidents.RaiseAsync(tile.Serial, latch.ObservedAt, "in the device's health", null, cancellationToken) is not null)
                {
                    _raised[tile.Serial] = latch.ObservedAt;
                }
            }
        }
    }
}
