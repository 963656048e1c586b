using Microsoft.AspNetCore.SignalR;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Live;

/// <summary>Carries changes of this node's feed to the clients of its hub, and tells them once a second which tiles turned stale.</summary>
internal sealed class TilePusher(IFleetFeed feed, IHubContext<FleetHub, IFleetClient> hub, TimeProvider clock, ILogger<TilePusher> log) : BackgroundService
{
    private readonly HashSet<HsmSerial> _stale = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(PushChangesAsync(stoppingToken), PushStaleAsync(stoppingToken));

    private async Task PushChangesAsync(CancellationToken stopping)
    {
        await foreach (var batch in feed.Subscribe(stopping).Changes)
        {
            await PushAsync(batch);
        }
    }

    private async Task PushStaleAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            var now = clock.GetUtcNow();
            var turned = feed.Current.Tiles.Values.Where(t => t.IsStale(now) && _stale.Add(t.Serial)).ToList();
            _stale.RemoveWhere(s => feed.Current.Tiles.TryGetValue(s, out var t) && !t.IsStale(now));
            if (turned.Count > 0)
            {
                await PushAsync(turned);
            }
        }
    }

    private async Task PushAsync(IReadOnlyList<HsmTile> tiles)
    {
        var now = clock.GetUtcNow();
        try
        {
            await hub.Clients.Group(FleetHub.Subscribers).TilesChanged([.. tiles.Select(t => TileView.Of(t, now))]);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // A backplane that is down costs this push; clients read the whole picture when they come back.
            log.PushFailed(tiles.Count, e);
        }
    }
}
