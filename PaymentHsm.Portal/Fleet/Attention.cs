using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Overdue;

namespace PaymentHsm.Portal.Fleet;

/// <summary>What needs a person, most urgent first: tamper, critical causes, critical devices, stale, unknown, warning; then the oldest first.</summary>
public static class Attention
{
    /// <summary>A pure function of the picture and the time. Devices behind a switch that is down stand under one line, not one each (R51).</summary>
    public static IReadOnlyList<AttentionItem> Of(IEnumerable<HsmTile> tiles, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        // Whatever a destroyed unit still says, nobody has to act on it.
        List<HsmTile> all = [.. tiles.Where(t => t.Lifecycle != HsmState.Destroyed)];
        var down = all.Where(IsBehindDeadSwitch).ToLookup(Rack);
        var behind = down.SelectMany(rack => rack).Where(t => !t.IsTampered).Select(t => t.Serial).ToHashSet();
        return
        [
            .. down.Select(rack => (Rank: 1, Item: Root([.. rack])))
                .Concat(all.Where(t => !behind.Contains(t.Serial)).Select(t => (Tile: t, Status: t.StatusAt(now)))
                    .Where(t => t.Status is not (TileStatus.Ok or TileStatus.Maintenance or TileStatus.Destroyed))
                    .Select(t => (Rank: Rank(t.Status), Item: Single(t.Tile, t.Status))))
                .OrderBy(ranked => ranked.Rank).ThenBy(ranked => ranked.Item.Since).ThenBy(ranked => ranked.Item.Key, StringComparer.Ordinal)
                .Select(ranked => ranked.Item),
        ];
    }

    /// <summary>The same list with what is stuck, after what is critical or stale and before warnings.</summary>
    public static IReadOnlyList<AttentionItem> With(IReadOnlyList<AttentionItem> items, IReadOnlyList<OverdueItem> overdue, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(items);
        var stuck = overdue.Where(o => o.StandingAt(now) == OverdueStanding.Stuck).Select(o => new AttentionItem(
            $"overdue-{o.Kind}-{o.Id}", TileStatus.Warning, $"Stuck: {o.State.ToLowerInvariant()} past its deadline", o.What, $"{o.Owner} acts next", "", "operator", o.Deadline, "See the way out", "/overdue")).ToList();
        return stuck.Count == 0 ? items : [.. items.Where(i => i.Status != TileStatus.Warning), .. stuck, .. items.Where(i => i.Status == TileStatus.Warning)];
    }

    private static bool IsBehindDeadSwitch(HsmTile tile) =>
        tile.Readings.TryGetValue(ReadingName.Upstream, out var upstream) && upstream.Health == Health.Critical;

    private static (string Region, string Stamp, string Rack) Rack(HsmTile tile) => (tile.Location.Region, tile.Location.Stamp, tile.Location.Rack);

    private static int Rank(TileStatus status) => status switch
    {
        TileStatus.Tamper => 0,
        TileStatus.Critical => 2,
        TileStatus.Stale => 3,
        TileStatus.Unknown => 4,
        _ => 5,
    };

    private static AttentionItem Root(List<HsmTile> rack)
    {
        var place = rack[0].Location;
        var customers = rack.Where(t => t.Custody != CustodyState.Operator).Select(t => t.Customer).Distinct().Count();
        var free = rack.Count(t => t.Custody == CustodyState.Operator);
        var whose = customers == 0 ? "Operator" : free == 0 ? Count(customers, "customer") : $"{Count(customers, "customer")}, {free} of ours";
        return new AttentionItem(
            $"rack-{place.Region}-{place.Stamp}-{place.Rack}",
            TileStatus.Critical,
            $"Rack switch of {place.Rack} down",
            place.Rack,
            $"{place.Region}/{place.Stamp} · {Count(rack.Count, "device")} behind it; one alert",
            whose,
            customers == 0 ? "operator" : "customer",
            rack.Min(t => t.Readings[ReadingName.Upstream].Since),
            "See the devices behind it",
            Query.Address("/fleet", ("q", place.Rack), ("region", place.Region), ("stamp", place.Stamp)));
    }

    private static AttentionItem Single(HsmTile tile, TileStatus status)
    {
        var worst = ReadingWords.Worst(tile).ToList();
        var (what, since, next) = status switch
        {
            TileStatus.Tamper => ("Tamper latched", tile.Readings[ReadingName.Tamper].Since, "Open the device"),
            TileStatus.Stale => ("No reading in time", tile.ObservedAt, "Check the OOB path"),
            _ when worst.Count > 0 => (Said(worst), worst.Min(r => r.Since), status == TileStatus.Critical ? "Open a ticket" : "Look at the readings"),
            _ => ($"{status.Word()}: no reading says why", tile.ObservedAt, "Look at the readings"),
        };
        return new AttentionItem(
            tile.Serial.ToString(), status, what, tile.Serial.ToString(), tile.Location.ToString(), tile.Custody.Whose(tile.Customer), tile.Custody.Css(), since, next,
            status == TileStatus.Critical ? Query.Address("/tickets/new", ("serial", tile.Serial.ToString())) : $"/fleet/{tile.Serial}");
    }

    // Readings with one cause share its words: a line has to be readable at a glance.
    private static string Said(List<Reading> worst) =>
        string.Join("; ", worst.GroupBy(r => (r.Why ?? ReadingWords.Value(r)).TrimEnd('.')).Select(g => $"{string.Join(", ", g.Select(r => ReadingWords.Label(r.Name)))}: {g.Key}"));

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
