using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>A page that follows the fleet: one loop over the feed, applied on the circuit's own thread, ended with the page.</summary>
public abstract class LivePage : PortalPage
{
    // Staleness comes from the passing of time, not from a message; counts and orders are judged again this often.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Dictionary<HsmSerial, HsmTile> _tiles = [];
    private Task _loop = Task.CompletedTask;
    private ITimer? _beat;

    [Inject]
    public required IFleetFeed Feed { get; init; }

    [Inject]
    public required ILogger<LivePage> Logger { get; init; }

    /// <summary>The present picture, by serial.</summary>
    protected IReadOnlyDictionary<HsmSerial, HsmTile> Tiles => _tiles;

    /// <summary>Since when the feed does not answer; null while it does.</summary>
    protected DateTimeOffset? FeedLostAt { get; private set; }

    /// <summary>Called after changed tiles were taken in; a page that shows few devices says whether it has to render.</summary>
    protected virtual bool Concerns(IReadOnlyList<HsmTile> changed) => true;

    /// <inheritdoc/>
    protected override void OnInitialized() => Take(Feed.Current.Tiles.Values);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && RendererInfo.IsInteractive)
        {
            _loop = FollowAsync();
            _beat = Clock.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, Beat, Beat);
        }
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        if (_beat is not null)
        {
            await _beat.DisposeAsync();
        }

        await _loop;
    }

    private async Task FollowAsync()
    {
        while (!Closed.IsCancellationRequested)
        {
            try
            {
                var subscription = Feed.Subscribe(Closed);
                await InvokeAsync(() => Apply([.. subscription.Snapshot.Tiles.Values]));
                await foreach (var changed in subscription.Changes.WithCancellation(Closed))
                {
                    await InvokeAsync(() => Apply(changed));
                }

                return;
            }
            catch (OperationCanceledException) when (Closed.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                // The picture must say that it is old, whatever the cause; then it is tried again.
                Logger.FeedBroken(broken);
                await InvokeAsync(Lost);
            }

            await Task.Delay(Retry, Clock, Closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Apply(IReadOnlyList<HsmTile> changed)
    {
        Take(changed);
        var wasLost = FeedLostAt is not null;
        FeedLostAt = null;
        if (wasLost || Concerns(changed))
        {
            StateHasChanged();
        }
    }

    private void Lost()
    {
        FeedLostAt ??= Clock.GetUtcNow();
        StateHasChanged();
    }

    private void Take(IEnumerable<HsmTile> tiles)
    {
        foreach (var tile in tiles)
        {
            _tiles[tile.Serial] = tile;
        }
    }
}
