using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Operations;

/// <summary>
/// Reads what the rules of an operation need to know of a device: its live tile, who holds it, and its pair. Which devices a pair has is asked of the store: right after
/// a start the live picture lacks some, and a rule must not pass because of that.
/// </summary>
internal sealed class Standings(IFleetFeed feed, IOperationStore store, IDeviceStore devices)
{
    public async Task<DeviceStanding?> ReadAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        var tiles = feed.Current.Tiles;
        if (!tiles.TryGetValue(serial, out var tile))
        {
            return null;
        }

        List<PairMember> pair = [];
        foreach (var other in tile.Customer is null ? [] : await devices.OfCustomerAsync(tile.Customer, tile.Location.Region, cancellationToken))
        {
            if (other.Record.Serial != serial)
            {
                var holding = await store.HoldingAsync(other.Record.Serial, cancellationToken);
                var health = tiles.TryGetValue(other.Record.Serial, out var seen) ? seen.Health : Health.Unknown;
                pair.Add(new PairMember(other.Record.Serial, other.Enrolled.Location.Stamp, health, holding is { State: OperationState.Running }));
            }
        }

        var running = await store.HoldingAsync(serial, cancellationToken);
        var held = await devices.FindAsync(serial, cancellationToken) is { Record.Hold: true };
        return new DeviceStanding(tile, new RestartStanding(serial, tile.Lifecycle, tile.IsTampered, running, pair, held));
    }
}

/// <summary>A device with what the rules see of it.</summary>
internal sealed record DeviceStanding(HsmTile Tile, RestartStanding Standing);
