using PaymentHsm.Domain;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Firmware;

/// <summary>The firmware catalogue, the fleet's drift from it, and patch waves. The same rules stand behind the pages and the API.</summary>
public interface IFirmwareDesk
{
    /// <summary>Catalogue, warnings, drift and waves at one moment.</summary>
    Task<FirmwareOverview> OverviewAsync(CancellationToken cancellationToken);

    /// <summary>Puts an image into the catalogue; it is not approved yet (W7 step 1).</summary>
    Task<Outcome<FirmwareImage>> StageAsync(Actor actor, StageImage wish, CancellationToken cancellationToken);

    /// <summary>Puts a staged image on the approved list, and makes it the base image if asked; another engineer than the one who staged it.</summary>
    Task<Outcome<FirmwareImage>> ApproveImageAsync(Actor actor, string version, string? digest, bool makeBase, CancellationToken cancellationToken);

    /// <summary>What a wave would be: its members and why it could not be planned. Stores nothing.</summary>
    Task<WavePreview> PreviewAsync(Actor actor, PlanWave wish, CancellationToken cancellationToken);

    /// <summary>Plans a wave over the free devices of now (W7 step 2).</summary>
    Task<Outcome<PatchWave>> PlanAsync(Actor actor, PlanWave wish, CancellationToken cancellationToken);

    /// <summary>Signs a plan by its digest; then the wave runs by itself.</summary>
    Task<Outcome<PatchWave>> ApproveAsync(Actor actor, Guid wave, string? digest, CancellationToken cancellationToken);

    /// <summary>Stops a wave: nothing new begins.</summary>
    Task<Outcome<PatchWave>> AbortAsync(Actor actor, Guid wave, string? reason, CancellationToken cancellationToken);

    /// <summary>Why this person may not sign this plan now; null when they may.</summary>
    Refusal? ClosedToApprove(Actor actor, PatchWave wave);

    /// <summary>Why this person may not stop it now; null when they may.</summary>
    Refusal? ClosedToAbort(Actor actor, PatchWave wave);

    /// <summary>One wave; null when there is none.</summary>
    Task<PatchWave?> WaveAsync(Guid wave, CancellationToken cancellationToken);

    /// <summary>Waves, newest first.</summary>
    Task<IReadOnlyList<PatchWave>> WavesAsync(CancellationToken cancellationToken);
}

/// <summary>An image to stage; texts as they were typed.</summary>
public sealed record StageImage(
    string? Version, string? Image, string? Digest, string? VendorSignature, string? FipsId, DateTimeOffset? FipsFrom, DateTimeOffset? FipsUntil, string? PtsId, DateTimeOffset? PtsFrom, DateTimeOffset? PtsUntil);

/// <summary>A wave to plan; what is null takes the configured value.</summary>
/// <param name="Target">Version of an approved image.</param>
/// <param name="Region">Only this region.</param>
/// <param name="Stamp">Only this stamp.</param>
/// <param name="Versions">Only devices that run one of these.</param>
/// <param name="Reason">Why.</param>
/// <param name="Soak">How long the canary is watched.</param>
/// <param name="PerStamp">Devices of one stamp at a time.</param>
/// <param name="AbortAtPercent">Share of failures that stops it.</param>
public sealed record PlanWave(
    string? Target, string? Region = null, string? Stamp = null, IReadOnlyList<string>? Versions = null, string? Reason = null, TimeSpan? Soak = null, int? PerStamp = null, int? AbortAtPercent = null);

/// <summary>What a wave would be.</summary>
/// <param name="Members">In the order of the work.</param>
/// <param name="Limits">What it would keep to.</param>
/// <param name="Closed">Why it cannot be planned; null when it can.</param>
public sealed record WavePreview(IReadOnlyList<WaveMember> Members, WaveLimits Limits, Refusal? Closed);

/// <summary>Everything that the firmware page shows.</summary>
/// <param name="Catalogue">Images.</param>
/// <param name="Expiring">Certificates and listings that end soon or have ended (R37).</param>
/// <param name="Devices">Every device with its drift.</param>
/// <param name="Waves">Newest first.</param>
public sealed record FirmwareOverview(FirmwareCatalogue Catalogue, IReadOnlyList<ListingExpiry> Expiring, IReadOnlyList<DeviceDrift> Devices, IReadOnlyList<PatchWave> Waves);

/// <summary>One device and how it stands to the base image.</summary>
/// <param name="Customer">Who has it; null for the operator's own.</param>
/// <param name="IsOurs">True when the operator patches it: custody is the operator's (R40).</param>
public sealed record DeviceDrift(HsmSerial Serial, Location Location, string? Firmware, FirmwareDrift Drift, string Lifecycle, CustodyState Custody, string? Customer, bool IsOurs);
