using System.Globalization;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>A region that has devices, with its failure domains (R17).</summary>
/// <param name="Name">Lower case without spaces.</param>
/// <param name="Stamps">Its stamps, in order; stamp n stands in zone n.</param>
/// <param name="ByZone">True: a request names the zone and leaves the stamp out.</param>
public sealed record ServedRegion(string Name, IReadOnlyList<string> Stamps, bool ByZone)
{
    /// <summary>Regions that are asked for by zone.</summary>
    private static readonly string[] Zoned = ["centralus"];

    /// <summary>The zones that a request can name.</summary>
    public IReadOnlyList<string> Zones => [.. Enumerable.Range(1, Stamps.Count).Select(n => n.ToString(CultureInfo.InvariantCulture))];

    /// <summary>The regions that these devices stand in, in order of their names.</summary>
    public static IReadOnlyList<ServedRegion> Of(IEnumerable<Location> locations) =>
    [
        .. locations.GroupBy(l => Normalise(l.Region)).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ServedRegion(g.Key, [.. g.Select(l => l.Stamp).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)], Zoned.Contains(g.Key))),
    ];

    /// <summary>Clients write a region as <c>eastus</c>, <c>EastUS</c> or <c>East US</c>; answers use the first form.</summary>
    public static string Normalise(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return new string([.. location.Where(c => !char.IsWhiteSpace(c)).Select(char.ToLowerInvariant)]);
    }
}
