namespace PaymentHsm.Domain.Fleet;

/// <summary>The live picture of the fleet on this node: a snapshot and what changes after it, from one call.</summary>
public interface IFleetFeed
{
    /// <summary>The present picture. Cheap; safe from any thread.</summary>
    FleetSnapshot Current { get; }

    /// <summary>
    /// Subscribes: <see cref="FleetSubscription.Snapshot"/> and then every change after it, none lost and none twice,
    /// coalesced per device (at most four batches a second). Ends when <paramref name="closed"/> is cancelled.
    /// </summary>
    FleetSubscription Subscribe(CancellationToken closed);
}

/// <summary>All tiles at one instant.</summary>
/// <param name="AsOf">When the picture was last changed or confirmed (UTC).</param>
/// <param name="Tiles">By serial.</param>
public sealed record FleetSnapshot(DateTimeOffset AsOf, IReadOnlyDictionary<HsmSerial, HsmTile> Tiles);

/// <summary>A snapshot and the batches of changed tiles that follow it.</summary>
public sealed record FleetSubscription(FleetSnapshot Snapshot, IAsyncEnumerable<IReadOnlyList<HsmTile>> Changes);
