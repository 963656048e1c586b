namespace PaymentHsm.Domain.Firmware;

/// <summary>One base image and what makes it fit for a hosted device (R34, R37).</summary>
/// <param name="Version">Base release, for example <c>2.2b</c>: what a device reports once it runs the image.</param>
/// <param name="Image">Where a device fetches it.</param>
/// <param name="Digest">SHA-256 of the image, 64 lower-case hex digits.</param>
/// <param name="VendorSignature">Reference of the vendor's signature over the image, for example the name of its signature file.</param>
/// <param name="Fips">FIPS 140-2 Level 3 certificate.</param>
/// <param name="Pts">PCI PTS HSM v3 listing.</param>
/// <param name="StagedBy">The engineer who put it into the catalogue.</param>
/// <param name="StagedAt">When (UTC).</param>
/// <param name="ApprovedBy">The other engineer who put it on the approved list; null while nobody has.</param>
/// <param name="ApprovedAt">When (UTC).</param>
/// <param name="IsBase">The image that the fleet is brought to (R41); one at most.</param>
/// <param name="IsSample">Sample data of a development fleet: its ids are made up.</param>
public sealed record FirmwareImage(
    string Version,
    Uri Image,
    string Digest,
    string VendorSignature,
    Listing Fips,
    Listing Pts,
    string StagedBy,
    DateTimeOffset StagedAt,
    string? ApprovedBy = null,
    DateTimeOffset? ApprovedAt = null,
    bool IsBase = false,
    bool IsSample = false)
{
    /// <summary>Why the image may not be put on a device at <paramref name="now"/>; empty when it may.</summary>
    public IReadOnlyList<string> Misses(DateTimeOffset now) =>
    [
        .. ApprovedBy is null ? new[] { $"{Version} is staged, not approved" } : [],
        .. !FirmwareVersion.TryParse(Version, out var parsed) || parsed < FirmwareVersion.Floor ? new[] { $"{Version} is below the supported {FirmwareVersion.Floor}" } : [],
        .. Fips.CoversWords(now, "FIPS 140-2 certificate"),
        .. Pts.CoversWords(now, "PCI PTS HSM listing"),
    ];
}

/// <summary>A certificate or listing with its time.</summary>
/// <param name="Id">As published.</param>
/// <param name="ValidFrom">First moment (UTC).</param>
/// <param name="ValidUntil">From then on it no longer holds (UTC): certificates sunset.</param>
public sealed record Listing(string Id, DateTimeOffset ValidFrom, DateTimeOffset ValidUntil)
{
    /// <summary>True while it holds.</summary>
    public bool Covers(DateTimeOffset now) => ValidFrom <= now && now < ValidUntil;

    internal IEnumerable<string> CoversWords(DateTimeOffset now, string name) =>
        Covers(now) ? [] : now < ValidFrom ? [$"{name} {Id} holds only from {ValidFrom:yyyy-MM-dd}"] : [$"{name} {Id} expired on {ValidUntil:yyyy-MM-dd}"];
}
