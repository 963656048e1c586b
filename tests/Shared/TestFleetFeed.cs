using System.Threading.Channels;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Tests;

/// <summary>A fleet feed that a test pushes into.</summary>
public sealed class TestFleetFeed : IFleetFeed
{
    private readonly Lock _gate = new();
    private readonly Dictionary<HsmSerial, HsmTile> _tiles = [];
    private readonly List<Channel<IReadOnlyList<HsmTile>>> _subscribers = [];

    public TestFleetFeed(params IEnumerable<HsmTile> tiles)
    {
        foreach (var tile in tiles)
        {
            _tiles[tile.Serial] = tile;
        }
    }

    /// <summary>When the picture was last changed, as pages are told.</summary>
    public DateTimeOffset AsOf { get; set; } = TestTiles.Now;

    /// <summary>How many follow now or did.</summary>
    public int Subscribers
    {
        get
        {
            lock (_gate)
            {
                return _subscribers.Count;
            }
        }
    }

    public FleetSnapshot Current
    {
        get
        {
            lock (_gate)
            {
                return new FleetSnapshot(AsOf, new Dictionary<HsmSerial, HsmTile>(_tiles));
            }
        }
    }

    public FleetSubscription Subscribe(CancellationToken closed)
    {
        lock (_gate)
        {
            var channel = Channel.CreateUnbounded<IReadOnlyList<HsmTile>>();
            _subscribers.Add(channel);
            return new FleetSubscription(new FleetSnapshot(AsOf, new Dictionary<HsmSerial, HsmTile>(_tiles)), channel.Reader.ReadAllAsync(closed));
        }
    }

    /// <summary>Replaces tiles and tells every follower.</summary>
    public void Push(params IReadOnlyList<HsmTile> changed)
    {
        lock (_gate)
        {
            foreach (var tile in changed)
            {
                _tiles[tile.Serial] = tile;
            }

            foreach (var subscriber in _subscribers)
            {
                subscriber.Writer.TryWrite(changed);
            }
        }
    }

    /// <summary>Breaks every subscription, as a lost source would.</summary>
    public void Break()
    {
        lock (_gate)
        {
            foreach (var subscriber in _subscribers)
            {
                subscriber.Writer.TryComplete(new IOException("The feed broke."));
            }

            _subscribers.Clear();
        }
    }
}
