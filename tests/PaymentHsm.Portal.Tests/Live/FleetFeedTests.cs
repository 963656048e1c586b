using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Live;

namespace PaymentHsm.Portal.Tests.Live;

public sealed class FleetFeedTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FleetFeed _feed;

    public FleetFeedTests() => _feed = new FleetFeed(_clock);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private HsmTile Tile(int number, Health health = Health.Ok) => new(
        HsmSerial.Parse($"A{number:D10}F"), new Location("eastus", "stamp1", "R11", 12), HsmState.Available, CustodyState.Operator, null, health, _clock.GetUtcNow(),
        new Dictionary<string, Reading>(), TimeSpan.FromSeconds(30));

    [Fact]
    public async Task Subscribe_ThenPublish_SnapshotFirstThenEveryChange()
    {
        _feed.Publish(Tile(1));
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var live = _feed.Subscribe(closed.Token);
        Assert.Single(live.Snapshot.Tiles);

        _feed.Publish(Tile(2));
        await using var changes = live.Changes.GetAsyncEnumerator(closed.Token);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal("A0000000002F", Assert.Single(changes.Current).Serial.ToString());
    }

    [Fact]
    public async Task Publish_ManyTimesForOneDevice_ReaderSeesTheNewestOnce()
    {
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var live = _feed.Subscribe(closed.Token);
        for (var i = 0; i < 100; i++)
        {
            _feed.Publish(Tile(1, i == 99 ? Health.Critical : Health.Ok));
        }

        await using var changes = live.Changes.GetAsyncEnumerator(closed.Token);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(Health.Critical, Assert.Single(changes.Current).Health);
    }

    [Fact]
    public async Task NextBatch_TooSoon_WaitsForThePace()
    {
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var live = _feed.Subscribe(closed.Token);
        await using var changes = live.Changes.GetAsyncEnumerator(closed.Token);
        _feed.Publish(Tile(1));
        Assert.True(await changes.MoveNextAsync());

        _feed.Publish(Tile(2));
        var second = changes.MoveNextAsync().AsTask();
        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.True(await second);
    }

    [Fact]
    public void IsStale_ThreeIntervalsWithoutAnAnswer_NeverLooksLive()
    {
        var tile = Tile(1);
        Assert.False(tile.IsStale(_clock.GetUtcNow() + tile.StaleAfter));
        Assert.True(tile.IsStale(_clock.GetUtcNow() + tile.StaleAfter + TimeSpan.FromSeconds(1)));
        Assert.True(TileView.Of(tile, _clock.GetUtcNow() + TimeSpan.FromMinutes(1)).Stale);
    }
}
