using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Racks;

/// <summary>One line of a rack's drawing: a device, a device that is bolted in and not enrolled yet, or empty units.</summary>
/// <param name="From">Highest unit of the line.</param>
/// <param name="To">Lowest unit of the line; the same for a device.</param>
/// <param name="Tile">The device; null for the others.</param>
/// <param name="Bolted">What people recorded of it; null when they recorded nothing, or the units are empty.</param>
public sealed record RackRow(int From, int To, HsmTile? Tile, SiteRecord? Bolted);

/// <summary>The front of a rack, from top to bottom. Pure.</summary>
public static class RackDrawing
{
    /// <summary>Units of a usual rack.</summary>
    public const int Units = 42;

    /// <summary>So many empty units in a row are drawn as one line.</summary>
    private const int Collapse = 5;

    /// <summary>All lines of one rack; every unit is in exactly one.</summary>
    /// <param name="tiles">Devices in this rack.</param>
    /// <param name="bolted">What people recorded of devices in this rack.</param>
    public static IReadOnlyList<RackRow> Rows(IEnumerable<HsmTile> tiles, IEnumerable<SiteRecord> bolted)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        ArgumentNullException.ThrowIfNull(bolted);
        var records = bolted.ToDictionary(b => b.Serial);
        var live = tiles.ToList();
        var filled = live.Select(t => new RackRow(t.Location.Slot, t.Location.Slot, t, records.GetValueOrDefault(t.Serial)))
            .Concat(records.Values.Where(r => live.TrueForAll(t => t.Serial != r.Serial)).Select(r => new RackRow(r.Racked!.Place.Slot, r.Racked.Place.Slot, null, r)))
            .OrderByDescending(r => r.From).ThenBy(r => (r.Tile?.Serial ?? r.Bolted!.Serial).ToString(), StringComparer.Ordinal).ToList();
        var top = Math.Max(Units, filled.Count == 0 ? 0 : filled[0].From);
        List<RackRow> rows = [];
        var next = top;
        foreach (var row in filled)
        {
            rows.AddRange(Empty(next, row.From + 1));
            rows.Add(row);
            next = Math.Min(next, row.To - 1);
        }

        return [.. rows, .. Empty(next, 1)];
    }

    private static IEnumerable<RackRow> Empty(int from, int to) => from - to + 1 >= Collapse
        ? [new RackRow(from, to, null, null)]
        : Enumerable.Range(0, Math.Max(0, from - to + 1)).Select(i => new RackRow(from - i, from - i, null, null));
}
