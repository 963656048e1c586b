using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Live;

/// <summary>This node's live picture: whoever watches a device publishes, every circuit and hub client of the node reads.</summary>
internal sealed class FleetFeed(TimeProvider clock) : IFleetFeed
{
    /// <summary>At most four batches a second: small frequent pushes cost several times more than batches.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly List<Subscriber> _subscribers = [];
    private ImmutableDictionary<HsmSerial, HsmTile> _tiles = ImmutableDictionary<HsmSerial, HsmTile>.Empty;
    private DateTimeOffset _asOf = clock.GetUtcNow();

    public FleetSnapshot Current
    {
        get
        {
            lock (_gate)
            {
                return new FleetSnapshot(_asOf, _tiles);
            }
        }
    }

    /// <summary>Puts a device's new tile into the picture.</summary>
    public void Publish(HsmTile tile)
    {
        lock (_gate)
        {
            _tiles = _tiles.SetItem(tile.Serial, tile);
            _asOf = clock.GetUtcNow();
            foreach (var subscriber in _subscribers)
            {
                subscriber.Add(tile);
            }
        }
    }

    public FleetSubscription Subscribe(CancellationToken closed)
    {
        var subscriber = new Subscriber(clock);
        lock (_gate)
        {
            _subscribers.Add(subscriber);
            closed.UnsafeRegister(_ => Remove(subscriber), null);
            return new FleetSubscription(new FleetSnapshot(_asOf, _tiles), ReadAsync(subscriber, closed));
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<HsmTile>> ReadAsync(Subscriber subscriber, [EnumeratorCancellation] CancellationToken closed)
    {
        while (!closed.IsCancellationRequested)
        {
            yield return await subscriber.NextAsync(Pace, closed);
        }
    }

    private void Remove(Subscriber subscriber)
    {
        lock (_gate)
        {
            _subscribers.Remove(subscriber);
        }
    }

    /// <summary>What one reader has not seen yet: the newest tile of each changed device, so that a slow reader costs a bounded amount.</summary>
    private sealed class Subscriber(TimeProvider clock)
    {
        private readonly Lock _gate = new();
        private readonly Channel<bool> _some = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        private Dictionary<HsmSerial, HsmTile> _pending = [];
        private long _last = clock.GetTimestamp() - clock.TimestampFrequency;

        public void Add(HsmTile tile)
        {
            lock (_gate)
            {
                _pending[tile.Serial] = tile;
            }

            _some.Writer.TryWrite(true);
        }

        public async Task<IReadOnlyList<HsmTile>> NextAsync(TimeSpan pace, CancellationToken closed)
        {
            await _some.Reader.ReadAsync(closed);
            var rest = pace - clock.GetElapsedTime(_last);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, clock, closed);
            }

            _last = clock.GetTimestamp();
            lock (_gate)
            {
                var batch = _pending;
                _pending = [];
                _some.Reader.TryRead(out _);
                return [.. batch.Values];
            }
        }
    }
}
