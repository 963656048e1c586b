using System.Globalization;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Operations;

/// <summary>Puts the impact of a restart into words, and into the evidence of the operation.</summary>
internal static class Impact
{
    public static ImpactPreview Of(DeviceStanding device, SoftRebootOptions options)
    {
        var tile = device.Tile;
        var pair = device.Standing.Pair;
        var others = string.Join(", ", pair.Select(p => $"{p.Serial} in {p.Stamp}, {p.Health}{(p.OperationRunning ? ", being worked on" : "")}"));
        var words = (tile.Customer, pair.Count) switch
        {
            (null, _) => "The operator's own device; no customer is affected.",
            (_, 0) => $"None in {tile.Location.Region}: the only HSM of this customer there. It is out of service during the restart.",
            _ when pair.All(p => p.Stamp == tile.Location.Stamp) => $"{others}. The same stamp: not a high-availability pair (R18).",
            _ => $"{others}. Whether traffic moves there is the customer's own load balancing.",
        };
        return new ImpactPreview(
            tile.Serial, tile.Customer, words, "Customer data should be unaffected. Keys may need loading again after a tamper.",
            KnownIssues.For(tile.Firmware), tile.ObservedAt, options.ConfirmWithin);
    }

    public static IEnumerable<Evidence> AsEvidence(this ImpactPreview preview, DateTimeOffset now) =>
    [
        new("customer", preview.Customer ?? "none", now),
        new("pair", preview.Pair, now),
        new("data", preview.Data, now),
        .. preview.KnownIssues.Select(i => new Evidence("known issue", i, now)),
        new("last answer", preview.TelemetryAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), preview.TelemetryAt),
    ];
}
