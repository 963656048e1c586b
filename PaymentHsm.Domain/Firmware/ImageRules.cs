using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Firmware;

/// <summary>The rules of the catalogue: what an image must name, and who may put it on the approved list (W7 step 1).</summary>
public static class ImageRules
{
    /// <summary>The staged image, or everything that is missing from it.</summary>
    public static Outcome<FirmwareImage> Stage(
        Actor actor, string? version, string? image, string? digest, string? vendorSignature, Listing? fips, Listing? pts, DateTimeOffset now)
    {
        if (Engineer(actor, "stages an image") is { } no)
        {
            return no;
        }

        List<string> faults = [];
        if (!FirmwareVersion.TryParse(version?.Trim(), out var release) || release < FirmwareVersion.Floor)
        {
            faults.Add($"version: a base release from {FirmwareVersion.Floor} on, such as 2.2b");
        }

        if (!Uri.TryCreate(image?.Trim(), UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || !string.IsNullOrEmpty(address.UserInfo))
        {
            faults.Add("image: an https address without a user name");
        }

        var hash = digest?.Trim().ToLowerInvariant();
        if (hash is not { Length: 64 } || !hash.All(char.IsAsciiHexDigitLower))
        {
            faults.Add("digest: SHA-256 in 64 hex digits");
        }

        if (vendorSignature?.Trim() is not { Length: > 0 and <= 200 } signature)
        {
            faults.Add("vendorSignature: the reference of the vendor's signature, at most 200 characters");
            signature = "";
        }

        faults.AddRange(Faults(fips, "fips: id, first and last day of the FIPS 140-2 Level 3 certificate", now));
        faults.AddRange(Faults(pts, "pts: id, first and last day of the PCI PTS HSM v3 listing", now));
        return faults.Count > 0
            ? new Refusal("R37", RefusalKind.BadInput, $"The image is not described: {string.Join("; ", faults)}.", "Take them from the vendor's release note and the public listings.")
            : new FirmwareImage(release.ToString(), address!, hash!, signature, fips!, pts!, actor.Id, now);
    }

    /// <summary>Why this person may not approve it; null when they may. The digest is typed again from another source than the catalogue.</summary>
    public static Refusal? MayApprove(Actor actor, FirmwareImage? image, string version, string? digest, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Engineer(actor, "approves an image") is { } no ? no
            : image is null ? new Refusal("R37", RefusalKind.NotFound, $"The catalogue has no image of version {version}.")
            : image.ApprovedBy is not null ? new Refusal("I9", RefusalKind.NotInThisState, $"{version} is approved already, by {image.ApprovedBy}.")
            : image.StagedBy == actor.Id ? new Refusal("R10", RefusalKind.NotThisPerson, "You staged this image; another engineer approves it.", "Ask another engineer.")
            : !string.Equals(digest?.Trim(), image.Digest, StringComparison.OrdinalIgnoreCase) ? new Refusal("R37", RefusalKind.BadInput, "The digest you give is not the staged one.", "Take it from the vendor's release note, not from this portal.")
            : (image with { ApprovedBy = actor.Id }).Misses(now) is { Count: > 0 } misses ? new Refusal("R34", RefusalKind.NotInThisState, $"It may not be approved: {string.Join("; ", misses)}.")
            : null;
    }

    private static IEnumerable<string> Faults(Listing? listing, string words, DateTimeOffset now) =>
        listing is null || listing.Id.Length > 100 || listing.ValidUntil <= listing.ValidFrom || listing.ValidUntil <= now ? [words + ", not ended"] : [];

    private static Refusal? Engineer(Actor actor, string act) => actor.Role == Role.Engineering
        ? null
        : new Refusal("R2", RefusalKind.NotThisPerson, $"Engineering {act}; {actor.Id} is {actor.Role}.", "Ask an engineer.");
}
