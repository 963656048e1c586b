using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Racks;

/// <summary>What a second failure would take with it.</summary>
/// <param name="Failure">What would have to fail.</param>
/// <param name="Takes">What goes down with it.</param>
/// <param name="Whose">Whose devices.</param>
/// <param name="Why">Why that is so.</param>
/// <param name="Rule">The requirement behind it.</param>
public sealed record RackRisk(string Failure, string Takes, string Whose, string Why, string Rule);

/// <summary>Finds, after a first failure, what the next one would take. Pure.</summary>
public static class RackRisks
{
    /// <summary>The risks of one stamp.</summary>
    /// <param name="region">Every device of the region.</param>
    /// <param name="stamp">The stamp that is looked at.</param>
    public static IReadOnlyList<RackRisk> Of(IReadOnlyCollection<HsmTile> region, string stamp)
    {
        ArgumentNullException.ThrowIfNull(region);
        var here = region.Where(t => t.Location.Stamp == stamp).ToList();
        return [.. here.GroupBy(t => t.Location.Rack).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(rack => Feeds(rack.Key, [.. rack])), .. Pairs(region, here, stamp)];
    }

    /// <summary>True while the rack's switch was last read as down.</summary>
    public static bool IsBehindDeadSwitch(HsmTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return tile.Readings.TryGetValue(ReadingName.Upstream, out var upstream) && upstream.Health == Health.Critical;
    }

    /// <summary>True while this supply was last read as not delivering.</summary>
    public static bool IsDark(HsmTile tile, string supply)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return tile.Readings.TryGetValue(supply, out var power) && power.Health is Health.Warning or Health.Critical;
    }

    private static IEnumerable<RackRisk> Feeds(string rack, List<HsmTile> devices)
    {
        foreach (var (name, other) in new[] { ("A", ReadingName.PowerPsu2), ("B", ReadingName.PowerPsu1) })
        {
            var alone = devices.Where(t => IsDark(t, other)).ToList();
            if (alone.Count > 0)
            {
                yield return new RackRisk($"Feed {name} of {rack}", $"{Count(alone.Count, "device")}: no second feed", Whose(alone), "Two supplies off is an outage", "R46");
            }
        }
    }

    /// <summary>Customers who count on the other stamp while a switch of this one is down (R18).</summary>
    private static IEnumerable<RackRisk> Pairs(IReadOnlyCollection<HsmTile> region, List<HsmTile> here, string stamp)
    {
        var cut = here.Where(t => t.Custody == CustodyState.Customer && IsBehindDeadSwitch(t)).Select(t => t.Customer).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var left = region.Where(t => t.Customer is { } customer && cut.Contains(customer) && t.Custody == CustodyState.Customer && !IsBehindDeadSwitch(t)).ToLookup(t => t.Customer!);
        return left.Where(c => c.Select(t => (t.Location.Stamp, t.Location.Rack)).Distinct().Count() == 1).GroupBy(c => (c.First().Location.Stamp, c.First().Location.Rack)).OrderBy(g => g.Key)
            .Select(g => new RackRisk(
                $"Switch of {g.Key.Rack} in {g.Key.Stamp}", Count(g.Sum(c => c.Count()), "device"),
                $"{string.Join(", ", g.Select(c => c.Key).Order(StringComparer.Ordinal))} would have no HSM left in the region", $"Their others are behind a switch of {stamp} that is down", "R18"));
    }

    private static string Whose(List<HsmTile> devices)
    {
        var customers = devices.Where(t => t.Custody == CustodyState.Customer).Select(t => t.Customer).Distinct().Count();
        var (moving, free) = (devices.Count(t => t.Custody is not (CustodyState.Customer or CustodyState.Operator)), devices.Count(t => t.Custody == CustodyState.Operator));
        return string.Join(", ", new[] { customers > 0 ? Count(customers, "customer") : null, moving > 0 ? $"{moving} changing hands" : null, free > 0 ? $"{free} of the operator" : null }.OfType<string>());
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
