using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Firmware;

/// <summary>Reads the devices as waves need them: lifecycle from the store, version and health from the live picture.</summary>
internal sealed class FirmwarePool(IDeviceStore devices, IOperationStore operations, IFleetFeed feed, TimeProvider clock)
{
    /// <summary>Every device. Which operation holds a device is asked only for <paramref name="asked"/>; null asks for none.</summary>
    public async Task<IReadOnlyList<(PoolDevice Device, string? Customer)>> ReadAsync(IReadOnlySet<HsmSerial>? asked, CancellationToken cancellationToken)
    {
        var tiles = feed.Current.Tiles;
        var now = clock.GetUtcNow();
        List<(PoolDevice, string?)> pool = [];
        foreach (var device in await devices.AllAsync(cancellationToken))
        {
            var serial = device.Record.Serial;
            var tile = tiles.GetValueOrDefault(serial);
            var busy = asked?.Contains(serial) == true ? await operations.HoldingAsync(serial, cancellationToken) : null;
            pool.Add((
                new PoolDevice(device.Record, device.Enrolled.Location, tile?.Firmware, tile is null || tile.IsStale(now) ? Health.Unknown : tile.Health, busy is null ? null : $"{busy.Kind} {busy.ShortName}"),
                device.Customer));
        }

        return pool;
    }
}
