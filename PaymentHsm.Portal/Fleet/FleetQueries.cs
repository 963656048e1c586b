using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Fleet;

/// <inheritdoc cref="IFleetQueries"/>
/// <remarks>Filtering and sorting run over the live picture in memory: it is the freshest there is, and ten thousand tiles take a few milliseconds.</remarks>
internal sealed class FleetQueries(IFleetFeed feed, IPortalDbs dbs, IDeviceStore devices, Standings standings, FleetSettings settings) : IFleetQueries
{
    private const int MaxPage = 500;

    public Task<FleetPage> PageAsync(FleetFilter filter, CancellationToken cancellationToken)
    {
        var rows = feed.Current.Tiles.Values.Where(t =>
            (filter.Region is null || t.Location.Region == filter.Region)
            && (filter.Stamp is null || t.Location.Stamp == filter.Stamp)
            && (filter.Lifecycle is null || t.Lifecycle == filter.Lifecycle)
            && (filter.Custody is null || t.Custody == filter.Custody)
            && (filter.Health is null || t.Health == filter.Health)
            && (string.IsNullOrWhiteSpace(filter.Text) || Matches(t, filter.Text.Trim()))).ToList();
        var sorted = Sort(rows, filter.SortBy, filter.Descending);
        var page = sorted.Skip(Math.Max(0, filter.Skip)).Take(Math.Clamp(filter.Take, 1, MaxPage));
        return Task.FromResult(new FleetPage(rows.Count, [.. page.Select(t => new FleetRow(t, t.Model, t.Firmware))]));
    }

    public async Task<DeviceDetail?> DeviceAsync(HsmSerial serial, Actor viewer, CancellationToken cancellationToken)
    {
        if (!feed.Current.Tiles.TryGetValue(serial, out var tile) || await devices.FindAsync(serial, cancellationToken) is not { } device)
        {
            return null;
        }

        await using var db = dbs.Open();
        var text = serial.ToString();
        var tickets = await db.Tickets.AsNoTracking().Where(t => t.Serial == text).OrderByDescending(t => t.Id).Take(10).ToListAsync(cancellationToken);
        var operations = await db.Operations.AsNoTracking().Where(o => o.Serial == text).OrderByDescending(o => o.RequestedAt).Take(10).ToListAsync(cancellationToken);
        var allocation = await devices.AllocationAsync(serial, cancellationToken);
        var proof = operations.Select(o => o.ToOperation()).FirstOrDefault(o => o.Kind == OperationKind.Allocation && o.Outcome == OperationOutcome.Verified);
        var standing = await standings.ReadAsync(serial, cancellationToken);
        return new DeviceDetail(
            tile, device.Enrolled.Model, tile.Firmware, device.Enrolled.ServiceId, tile.ClockSkew, device.Record.AdminAccess, device.Record.Sanitisation,
            allocation is null ? null : AllocationProof.View(allocation, proof),
            DeviceOffers.For(viewer, tile, standing!.Standing),
            [.. tickets.Select(t => t.ToTicket())],
            [.. operations.Select(o => o.ToOperation())],
            [.. standing.Standing.Pair.Select(p => p.Serial)],
            device.Record.Hold);
    }

    public Task<IReadOnlyList<StampCapacity>> CapacityAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StampCapacity>>(
    [
        .. feed.Current.Tiles.Values.GroupBy(t => (t.Location.Region, t.Location.Stamp)).OrderBy(g => g.Key).Select(g =>
        {
            var allocated = g.Count(t => t.Lifecycle == HsmState.Allocated);
            var reserved = g.Count(t => t.Lifecycle is HsmState.Reserved or HsmState.HandingOver);
            var free = g.Count(t => t.Lifecycle == HsmState.Available);
            var quarantined = g.Count(t => t.Lifecycle == HsmState.Quarantined);
            return new StampCapacity(g.Key.Region, g.Key.Stamp, allocated, reserved, free, quarantined, g.Count() - allocated - reserved - free - quarantined, settings.ReservePerStamp);
        }),
    ]);

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text, CancellationToken cancellationToken)
    {
        const int most = 10;
        var wanted = text.Trim();
        if (wanted.Length == 0)
        {
            return [];
        }

        var hits = feed.Current.Tiles.Values.Where(t => Matches(t, wanted)).OrderBy(t => t.Serial.ToString(), StringComparer.Ordinal).Take(most)
            .Select(t => new SearchHit("Device", t.Serial.ToString(), $"{t.Customer ?? "Operator"} · {t.Location}", $"/fleet/{t.Serial}")).ToList();
        await using var db = dbs.Open();
        var like = $"%{wanted}%";
        var id = Domain.Tickets.TicketNumber.Parse(wanted);
        var tickets = await db.Tickets.AsNoTracking().Where(t => t.Id == id || EF.Functions.Like(t.Subject, like)).OrderByDescending(t => t.Id).Take(most).ToListAsync(cancellationToken);
        hits.AddRange(tickets.Select(t => t.ToTicket()).Select(t => new SearchHit("Ticket", t.Number, t.Subject, $"/tickets/{t.Number}")));
        return [.. hits.Take(most)];
    }

    private static bool Matches(HsmTile tile, string text) =>
        tile.Serial.ToString().Contains(text, StringComparison.OrdinalIgnoreCase)
        || (tile.Customer?.Contains(text, StringComparison.OrdinalIgnoreCase) ?? false)
        || tile.Location.ToString().Contains(text, StringComparison.OrdinalIgnoreCase);

    private static IOrderedEnumerable<HsmTile> Sort(IEnumerable<HsmTile> rows, string by, bool descending)
    {
        IOrderedEnumerable<HsmTile> By<TKey>(Func<HsmTile, TKey> key) => descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
        var sorted = by switch
        {
            "location" => By(t => (t.Location.Region, t.Location.Stamp, t.Location.Rack, t.Location.Slot)),
            "lifecycle" => By(t => t.Lifecycle),
            "custody" => By(t => t.Custody),
            "customer" => By(t => t.Customer),
            "health" => By(t => t.Health),
            "observed" => By(t => t.ObservedAt),
            "firmware" => By(t => t.Firmware),
            _ => By(t => t.Serial.ToString()),
        };
        return sorted.ThenBy(t => t.Serial.ToString(), StringComparer.Ordinal);
    }
}
