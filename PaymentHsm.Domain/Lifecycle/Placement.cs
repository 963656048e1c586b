using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Quota and placement of a customer's resource (R17 to R19, R23). Pure: the caller reads, this decides.</summary>
public static class Placement
{
    /// <summary>Devices per stamp, region and subscription (R19).</summary>
    public const int QuotaPerStamp = 2;

    /// <summary>The stamps of every region (R17).</summary>
    public static IReadOnlyList<string> Stamps { get; } = ["stamp1", "stamp2"];

    /// <summary>The stamp that a request means: by its stamp, or by its zone; null when it leaves the choice open.</summary>
    public static string? StampAsked(string? stamp, IReadOnlyList<string> zones)
    {
        ArgumentNullException.ThrowIfNull(zones);
        return stamp is { Length: > 0 } ? Stamps.FirstOrDefault(s => Same(s, stamp)) ?? stamp
            : zones is [{ Length: > 0 } zone, ..] && int.TryParse(zone, out var n) && n >= 1 && n <= Stamps.Count ? Stamps[n - 1]
            : null;
    }

    /// <summary>The stamp that has quota for one more, the customer's emptier one first (R18); null with the reason when none has.</summary>
    /// <param name="resource">The resource that is to be placed.</param>
    /// <param name="siblings">All resources of its subscription.</param>
    /// <param name="free">Free devices by stamp, in the resource's region.</param>
    public static (string? Stamp, string Reason) WithQuota(CustomerResource resource, IReadOnlyList<CustomerResource> siblings, IReadOnlyDictionary<string, int> free)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(siblings);
        ArgumentNullException.ThrowIfNull(free);
        int Used(string stamp) => siblings.Count(s => s.Id != resource.Id && Counts(s) && s.Location == resource.Location && Same(s.Stamp, stamp));
        var asked = StampAsked(resource.Stamp, resource.Zones);
        var candidates = Stamps.Where(s => asked is null || Same(s, asked)).ToList();
        var open = candidates.Where(s => Used(s) < QuotaPerStamp).OrderBy(s => free.GetValueOrDefault(s) == 0).ThenBy(Used).ThenByDescending(s => free.GetValueOrDefault(s)).ToList();
        if (open is [var chosen, ..])
        {
            return (chosen, $"{Used(chosen)} of {QuotaPerStamp} used in {resource.Location}/{chosen}");
        }

        var others = Stamps.Where(s => !candidates.Contains(s) && Used(s) < QuotaPerStamp).ToList();
        return (null, $"The subscription has its quota of {QuotaPerStamp} payment HSMs in {resource.Location}/{string.Join(" and ", candidates)}. "
            + (others.Count > 0 ? $"There is room in {string.Join(", ", others)}." : "Delete one, or use another region."));
    }

    /// <summary>The devices that may be given to the resource, best first (R23). The reservation itself reads the device and asks the guards once more.</summary>
    public static IReadOnlyList<HsmSerial> Candidates(CustomerResource resource, IEnumerable<HsmTile> fleet, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(fleet);
        return [.. fleet
            .Where(t => Same(t.Location.Region, resource.Location) && (resource.Stamp is null || Same(t.Location.Stamp, resource.Stamp)) && IsFit(t, now) && !resource.Tried.Contains(t.Serial))
            .OrderBy(t => t.Location.Rack, StringComparer.Ordinal).ThenBy(t => t.Location.Slot).ThenBy(t => t.Serial.ToString(), StringComparer.Ordinal)
            .Select(t => t.Serial)];
    }

    /// <summary>True for a device that could be reserved by what its tile shows.</summary>
    public static bool IsFit(HsmTile tile, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return tile is { Lifecycle: HsmState.Available, Custody: CustodyState.Operator, Health: Health.Ok, IsTampered: false, Operation: null } && !tile.IsStale(now);
    }

    /// <summary>R18: what the customer should know about high availability; null when there is nothing to say.</summary>
    public static string? Advice(CustomerResource resource, IEnumerable<CustomerResource> siblings)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(siblings);
        var inRegion = siblings.Where(s => s.Id != resource.Id && Counts(s) && s.Location == resource.Location).ToList();
        return inRegion.Count == 0 ? $"The only payment HSM of this subscription in {resource.Location}: high availability needs a second one on the other stamp (R18)."
            : inRegion.TrueForAll(s => Same(s.Stamp, resource.Stamp)) ? "All payment HSMs of this subscription in the region are on one stamp: that is no high availability (R18)."
            : null;
    }

    private static bool Counts(CustomerResource resource) => resource.State is not (ResourceState.CheckingQuota or ResourceState.Failed) || resource.Serial is not null;

    private static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
