namespace PaymentHsm.Domain.Firmware;

/// <summary>The images that are known, as of one read. Pure: the same list and time give the same answers.</summary>
/// <param name="Images">One per version.</param>
public sealed record FirmwareCatalogue(IReadOnlyList<FirmwareImage> Images)
{
    /// <summary>The image that devices of the pool are brought to; null when none is chosen, and then nothing counts as approved for a re-image.</summary>
    public FirmwareImage? BaseImage() => Images.FirstOrDefault(i => i.IsBase);

    /// <summary>The image of that version; null when the catalogue does not know it.</summary>
    public FirmwareImage? Find(string? version) => Images.FirstOrDefault(i => string.Equals(i.Version, version, StringComparison.Ordinal));

    /// <summary>True when a device with this firmware may be given to a customer: on the approved list, certificate and listing in force (R34, R37).</summary>
    public bool IsApproved(string? version, DateTimeOffset now) => Find(version) is { } image && image.Misses(now).Count == 0;

    /// <summary>How a device's firmware stands to the base image.</summary>
    public FirmwareDrift Drift(string? version, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(version))
        {
            return FirmwareDrift.NotRead;
        }

        if (FirmwareVersion.TryParse(version, out var at) && at < FirmwareVersion.Floor)
        {
            return FirmwareDrift.Unsupported;
        }

        if (!IsApproved(version, now))
        {
            return FirmwareDrift.NotApproved;
        }

        return BaseImage() is not { } image || !FirmwareVersion.TryParse(image.Version, out var wanted) ? FirmwareDrift.NoBase
            : at == wanted ? FirmwareDrift.OnBase
            : at < wanted ? FirmwareDrift.Behind
            : FirmwareDrift.Ahead;
    }

    /// <summary>Certificates and listings of approved images that end within <paramref name="ahead"/>, or have ended; the soonest first (R37).</summary>
    public IReadOnlyList<ListingExpiry> Expiring(DateTimeOffset now, TimeSpan ahead) =>
    [
        .. Images.Where(i => i.ApprovedBy is not null)
            .SelectMany(i => new[] { new ListingExpiry(i.Version, "FIPS 140-2 Level 3", i.Fips), new ListingExpiry(i.Version, "PCI PTS HSM v3", i.Pts) })
            .Where(e => e.Listing.ValidUntil - now <= ahead)
            .OrderBy(e => e.Listing.ValidUntil),
    ];
}

/// <summary>How a device's firmware stands to the base image.</summary>
public enum FirmwareDrift
{
    /// <summary>It was never read.</summary>
    NotRead,

    /// <summary>It is the base image.</summary>
    OnBase,

    /// <summary>Approved, older than the base image.</summary>
    Behind,

    /// <summary>Approved, newer than the base image: customers may go up (R41).</summary>
    Ahead,

    /// <summary>Not on the approved list: custom, withdrawn, or a certificate or listing has ended.</summary>
    NotApproved,

    /// <summary>Below the supported floor (R41).</summary>
    Unsupported,

    /// <summary>No base image is chosen.</summary>
    NoBase,
}

/// <summary>A certificate or listing that ends.</summary>
/// <param name="Version">Of which image.</param>
/// <param name="What">Which kind.</param>
/// <param name="Listing">The certificate or listing.</param>
public sealed record ListingExpiry(string Version, string What, Listing Listing);
