using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Live;

/// <summary>What the server pushes to clients of <see cref="FleetHub"/>.</summary>
public interface IFleetClient
{
    /// <summary>Tiles that changed since the last push, or that turned stale or live again.</summary>
    Task TilesChanged(IReadOnlyList<TileView> tiles);
}

/// <summary>Answer to a subscription.</summary>
public sealed record FleetView(DateTimeOffset AsOf, IReadOnlyList<TileView> Tiles);

/// <summary>Live tiles for programs outside the browser: the same picture that the pages show.</summary>
[Authorize]
internal sealed class FleetHub(IFleetFeed feed, TimeProvider clock) : Hub<IFleetClient>
{
    /// <summary>Path of the hub.</summary>
    public const string Path = "/hubs/fleet";

    /// <summary>The group of those who subscribed.</summary>
    public const string Subscribers = "fleet";

    /// <summary>Joins and returns the present picture. Changes may overlap with it; none is lost.</summary>
    public async Task<FleetView> Subscribe()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, Subscribers, Context.ConnectionAborted);
        var now = clock.GetUtcNow();
        var picture = feed.Current;
        return new FleetView(picture.AsOf, [.. picture.Tiles.Values.Select(t => TileView.Of(t, now))]);
    }
}
