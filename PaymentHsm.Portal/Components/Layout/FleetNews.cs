using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Components.Layout;

/// <summary>One sentence about what changed since it was last told.</summary>
internal static class FleetNews
{
    /// <summary>Null when nothing worth a sentence happened.</summary>
    public static string? Sentence(IReadOnlyDictionary<HsmSerial, TileStatus> told, IEnumerable<HsmTile> now)
    {
        var moved = now.Select(t => (Before: told.GetValueOrDefault(t.Serial, TileStatus.Ok), Now: t.FreshStatus())).Where(m => m.Before != m.Now).ToList();
        string[] parts =
        [
            Part(moved.Count(m => m.Now == TileStatus.Critical), "became critical"),
            Part(moved.Count(m => m.Now == TileStatus.Warning), "became warning"),
            Part(moved.Count(m => m.Now == TileStatus.Unknown), "became unknown"),
            Part(moved.Count(m => m.Now == TileStatus.Ok), "recovered"),
        ];
        var said = string.Join(", ", parts.Where(p => p.Length > 0));
        return said.Length == 0 ? null : said + ".";
    }

    private static string Part(int count, string what) => count switch
    {
        0 => "",
        1 => $"1 device {what}",
        _ => $"{count} devices {what}",
    };
}
