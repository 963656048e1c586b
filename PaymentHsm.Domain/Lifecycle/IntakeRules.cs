using System.Globalization;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What an arrival and a racking need (R11, D1, D2). Pure; says all faults at once.</summary>
public static class IntakeRules
{
    /// <summary>Longest number, name or label.</summary>
    public const int LongestText = 60;

    /// <summary>Highest rack unit.</summary>
    public const int HighestSlot = 60;

    /// <summary>Columns of an imported file, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["serial", "manifest", "seal", "photo_sha256", "second_person", "region", "stamp", "rack", "slot", "feed_a", "feed_b", "oob_port", "host1_port", "host2_port", "mgmt_port"];

    /// <summary>Why <paramref name="by"/> may not record arrivals and rackings; null when they may.</summary>
    public static Refusal? MayRecord(Actor by, string rule)
    {
        ArgumentNullException.ThrowIfNull(by);
        return by.Role is Role.Datacenter or Role.Engineering ? null : new Refusal(rule, RefusalKind.NotThisPerson, $"Devices are taken in by the data centre or by Engineering; {by.Id} is {by.Role}.", "Ask the people at the site.");
    }

    /// <summary>D1: the serial on the manifest, the seal, the photo's digest, two names.</summary>
    public static (HsmSerial Serial, SiteArrival? Arrival, IReadOnlyList<IntakeFault> Faults) Check(ArrivalForm form, Actor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        List<IntakeFault> faults = [];
        if (!HsmSerial.TryParse(form.Serial?.Trim(), out var serial))
        {
            faults.Add(new("serial", $"'{form.Serial}' is not an HSM serial number: a capital letter, ten digits, a capital letter."));
        }

        var manifest = Text(form.Manifest, "manifest", "The number of the delivery manifest", faults);
        var seal = Text(form.Seal, "seal", "The number on the seal", faults);
        var second = Text(form.SecondPerson, "second_person", "The name of the second person", faults);
        if (second.Length > 0 && string.Equals(second, by.Id, StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(new("second_person", $"{second} records it; the second person is somebody else."));
        }

        var photo = form.PhotoSha256?.Trim().ToLowerInvariant() ?? "";
        if (photo.Length != 64 || !photo.All(char.IsAsciiHexDigit))
        {
            faults.Add(new("photo_sha256", photo.Length == 0 ? "The SHA-256 of the photo of the seal is missing." : "This is not a SHA-256: 64 hexadecimal digits."));
        }

        return (serial, faults.Count > 0 ? null : new SiteArrival(manifest, seal, photo, second, by.Id, now), faults);
    }

    /// <summary>D2: slot, two different feeds, four different ports.</summary>
    public static (SiteRacking? Racking, IReadOnlyList<IntakeFault> Faults) Check(RackingForm form, Actor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(by);
        List<IntakeFault> faults = [];
        var region = ServedRegion.Normalise(form.Region ?? "");
        if (region.Length is < 2 or > LongestText || !region.All(char.IsAsciiLetterOrDigit))
        {
            faults.Add(new("region", region.Length == 0 ? "The region is missing." : $"'{form.Region}' is not a region, such as eastus."));
        }

        var stamp = Placement.Stamps.FirstOrDefault(s => string.Equals(s, form.Stamp?.Trim(), StringComparison.OrdinalIgnoreCase));
        if (stamp is null)
        {
            faults.Add(new("stamp", string.IsNullOrWhiteSpace(form.Stamp) ? "The stamp is missing." : $"'{form.Stamp}' is not a stamp: {string.Join(" or ", Placement.Stamps)}."));
        }

        var rack = Text(form.Rack, "rack", "The rack", faults);
        var slot = Slot(form.Slot, rack, faults);
        string[] feeds = [Text(form.FeedA, "feed_a", "The outlet of feed A", faults), Text(form.FeedB, "feed_b", "The outlet of feed B", faults)];
        if (feeds[0].Length > 0 && Same(feeds[0], feeds[1]))
        {
            faults.Add(new("feed_b", $"Both power supplies are on {feeds[1]}; two different feeds are needed."));
        }

        (string Column, string Value)[] ports =
        [
            ("oob_port", Text(form.OobPort, "oob_port", "The port of the out-of-band controller", faults)), ("host1_port", Text(form.Host1Port, "host1_port", "The port of host interface 1", faults)),
            ("host2_port", Text(form.Host2Port, "host2_port", "The port of host interface 2", faults)), ("mgmt_port", Text(form.ManagementPort, "mgmt_port", "The port of the management interface", faults)),
        ];
        foreach (var (column, value) in ports.Where(p => p.Value.Length > 0 && Array.Find(ports, q => Same(q.Value, p.Value)).Column != p.Column))
        {
            faults.Add(new(column, $"{value} is used for another interface of the same device."));
        }

        return (faults.Count > 0 ? null : new SiteRacking(new Location(region, stamp!, rack, slot), feeds[0], feeds[1], ports[0].Value, ports[1].Value, ports[2].Value, ports[3].Value, by.Id, now), faults);
    }

    /// <summary>D2: what of a racking is taken already: the slot, an outlet, a port.</summary>
    /// <param name="racking">What is to be recorded.</param>
    /// <param name="others">Other devices' rackings, by serial.</param>
    /// <param name="places">Where other devices stand, by serial.</param>
    public static IReadOnlyList<IntakeFault> Conflicts(SiteRacking racking, IEnumerable<KeyValuePair<HsmSerial, SiteRacking>> others, IEnumerable<KeyValuePair<HsmSerial, Location>> places)
    {
        ArgumentNullException.ThrowIfNull(racking);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(places);
        List<IntakeFault> faults = [.. places.Where(p => SamePlace(p.Value, racking.Place)).Take(1).Select(p => new IntakeFault("slot", $"{p.Key} stands in {racking.Place}."))];
        foreach (var (serial, other) in others.Where(o => Same(o.Value.Place.Region, racking.Place.Region) && Same(o.Value.Place.Stamp, racking.Place.Stamp)))
        {
            faults.AddRange(Feeds(racking).Where(f => Feeds(other).Any(g => Same(f.Value, g.Value))).Select(f => new IntakeFault(f.Column, $"Outlet {f.Value} feeds {serial}.")));
            faults.AddRange(Ports(racking).Where(f => Ports(other).Any(g => Same(f.Value, g.Value))).Select(f => new IntakeFault(f.Column, $"Port {f.Value} is used by {serial}.")));
        }

        return faults;
    }

    /// <summary>True when both are the same slot, however it was written.</summary>
    public static bool SamePlace(Location a, Location b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Same(a.Region, b.Region) && Same(a.Stamp, b.Stamp) && Same(a.Rack, b.Rack) && a.Slot == b.Slot;
    }

    private static (string Column, string Value)[] Feeds(SiteRacking racking) => [("feed_a", racking.FeedA), ("feed_b", racking.FeedB)];

    private static (string Column, string Value)[] Ports(SiteRacking racking) =>
        [("oob_port", racking.OobPort), ("host1_port", racking.Host1Port), ("host2_port", racking.Host2Port), ("mgmt_port", racking.ManagementPort)];

    private static string Text(string? value, string column, string what, List<IntakeFault> faults)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0)
        {
            faults.Add(new(column, $"{what} is missing."));
        }
        else if (text.Length > LongestText || text.Any(char.IsControl))
        {
            faults.Add(new(column, $"{what} is longer than {LongestText} characters or holds control characters."));
        }

        return text;
    }

    /// <summary>A scanned label says <c>U21</c> or <c>R12/U21</c>; the rack on it must be the rack that was named.</summary>
    private static int Slot(string? scan, string rack, List<IntakeFault> faults)
    {
        var text = scan?.Trim() ?? "";
        var parts = text.Split('/');
        var unit = parts[^1].TrimStart('U', 'u');
        if (text.Length == 0)
        {
            faults.Add(new("slot", "The scan of the slot's label is missing."));
        }
        else if (parts.Length > 2 || !int.TryParse(unit, NumberStyles.None, CultureInfo.InvariantCulture, out var slot) || slot is < 1 or > HighestSlot)
        {
            faults.Add(new("slot", $"'{text}' is not a slot's label, such as U21 or R12/U21; units go from 1 to {HighestSlot}."));
        }
        else if (parts.Length == 2 && !Same(parts[0], rack))
        {
            faults.Add(new("slot", $"The label says rack {parts[0]}; the form says {rack}."));
        }
        else
        {
            return slot;
        }

        return 0;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
