using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Operations;

/// <summary>Reads what the rules of an operation need to know of a device: its live tile, who holds it, and its pair.</summary>
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
        foreach (var other in PairOf(tile, tiles.Values))
        {
            var holding = await store.HoldingAsync(other.Serial, cancellationToken);
            pair.Add(new PairMember(other.Serial, other.Location.Stamp, other.Health, holding is { State: OperationState.Running }));
        }

        var running = await store.HoldingAsync(serial, cancellationToken);
        var held = await devices.FindAsync(serial, cancellationToken) is { Record.Hold: true };
        return new DeviceStanding(tile, new RestartStanding(serial, tile.Lifecycle, tile.IsTampered, running, pair, held));
    }

    /// <summary>The same customer's other devices in the region (R18).</summary>
    public static IEnumerable<HsmTile> PairOf(HsmTile tile, IEnumerable<HsmTile> fleet) =>
        tile.Customer is null ? [] : fleet.Where(t => t.Serial != tile.Serial && t.Customer == tile.Customer && t.Location.Region == tile.Location.Region).OrderBy(t => t.Serial.ToString(), StringComparer.Ordinal);
}

/// <summary>A device with what the rules see of it.</summary>
internal sealed record DeviceStanding(HsmTile Tile, RestartStanding Standing);
