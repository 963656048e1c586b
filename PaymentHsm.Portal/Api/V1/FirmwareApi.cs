using System.Security.Claims;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Firmware;
using PaymentHsm.Portal.Identity;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>The firmware catalogue, drift, and patch waves over devices of the pool.</summary>
internal static class FirmwareApi
{
    public static void MapFirmware(this RouteGroupBuilder api)
    {
        api.MapGet("/firmware", OverviewAsync).WithSummary("Images, listings that end soon, and every device's drift from the base image.");
        api.MapPost("/firmware/images", (StageImage body, IFirmwareDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            AsAsync(user, async actor => (await desk.StageAsync(actor, body, stop)).Answer(i => Results.Created("/api/v1/firmware", i)))).WithSummary("Stages an image; another engineer approves it.");
        api.MapPost("/firmware/images/{version}/approve", (string version, ApproveImageBody body, IFirmwareDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            AsAsync(user, async actor => (await desk.ApproveImageAsync(actor, version, body.Digest, body.MakeBase, stop)).Answer(i => Results.Ok(i)))).WithSummary("Puts a staged image on the approved list.");
        api.MapGet("/firmware/waves", async (IFirmwareDesk desk, CancellationToken stop) =>
            Results.Ok(new WaveList([.. (await desk.WavesAsync(stop)).Select(WaveView.Of)]))).WithSummary("Patch waves, newest first.");
        api.MapGet("/firmware/waves/{id}", async (string id, IFirmwareDesk desk, CancellationToken stop) =>
            Guid.TryParse(id, out var guid) && await desk.WaveAsync(guid, stop) is { } wave ? Results.Ok(WaveView.Of(wave)) : Refused.NotFound("wave", id)).WithSummary("One wave with its members.");
        api.MapPost("/firmware/waves", (PlanWave body, IFirmwareDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            AsAsync(user, async actor => (await desk.PlanAsync(actor, body, stop)).Answer(w => Results.Created($"/api/v1/firmware/waves/{w.Id}", WaveView.Of(w))))).WithSummary("Plans a wave; another engineer signs its digest.");
        api.MapPost("/firmware/waves/{id}/approve", (string id, SignWaveBody body, IFirmwareDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            AsAsync(user, async actor => Guid.TryParse(id, out var guid) ? (await desk.ApproveAsync(actor, guid, body.Digest, stop)).Answer(w => Results.Ok(WaveView.Of(w))) : Refused.NotFound("wave", id))).WithSummary("Signs a plan; the wave then runs by itself.");
        api.MapPost("/firmware/waves/{id}/abort", (string id, StopWaveBody body, IFirmwareDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            AsAsync(user, async actor => Guid.TryParse(id, out var guid) ? (await desk.AbortAsync(actor, guid, body.Reason, stop)).Answer(w => Results.Ok(WaveView.Of(w))) : Refused.NotFound("wave", id))).WithSummary("Stops a wave: nothing new begins.");
    }

    private static async Task<IResult> OverviewAsync(IFirmwareDesk desk, CancellationToken stop)
    {
        var all = await desk.OverviewAsync(stop);
        return Results.Ok(new FirmwareView(all.Catalogue.BaseImage()?.Version, all.Catalogue.Images, all.Expiring, [.. all.Devices.Select(DriftView.Of)]));
    }

    private static async Task<IResult> AsAsync(ClaimsPrincipal user, Func<Actor, Task<IResult>> act) => user.ToActor() is { } actor ? await act(actor) : Refused.NoRole();
}

/// <summary>Body of POST /firmware/images/{version}/approve.</summary>
/// <param name="Digest">SHA-256 of the image, from another source than the portal.</param>
/// <param name="MakeBase">True to bring the fleet to it.</param>
internal sealed record ApproveImageBody(string? Digest, bool MakeBase);

/// <summary>Body of POST /firmware/waves/{id}/approve.</summary>
internal sealed record SignWaveBody(string? Digest);

/// <summary>Body of POST /firmware/waves/{id}/abort.</summary>
internal sealed record StopWaveBody(string? Reason);

/// <summary>Catalogue and drift.</summary>
internal sealed record FirmwareView(string? Base, IReadOnlyList<FirmwareImage> Images, IReadOnlyList<ListingExpiry> Expiring, IReadOnlyList<DriftView> Devices);

/// <summary>A device's drift.</summary>
internal sealed record DriftView(string Serial, string Region, string Stamp, string? Firmware, FirmwareDrift Drift, string Lifecycle, CustodyState Custody, string? Customer)
{
    public static DriftView Of(DeviceDrift d) => new(d.Serial.ToString(), d.Location.Region, d.Location.Stamp, d.Firmware, d.Drift, d.Lifecycle, d.Custody, d.Customer);
}

/// <summary>Waves.</summary>
internal sealed record WaveList(IReadOnlyList<WaveView> Waves);

/// <summary>A wave as the API shows it.</summary>
internal sealed record WaveView(
    Guid Id, string Target, string ImageDigest, WaveState State, string Digest, string Reason, string PlannedBy, DateTimeOffset PlannedAt, DateTimeOffset ApproveBefore, string? ApprovedBy, DateTimeOffset? ApprovedAt,
    DateTimeOffset? RunBefore, DateTimeOffset? SoakUntil, string? Ending, DateTimeOffset? EndedAt, WaveScope Scope, WaveLimits Limits, IReadOnlyList<WaveMember> Members)
{
    public static WaveView Of(PatchWave w) => new(
        w.Id, w.Target, w.ImageDigest, w.State, w.Digest, w.Reason, w.PlannedBy, w.PlannedAt, w.ApproveBefore, w.ApprovedBy, w.ApprovedAt, w.RunBefore, w.SoakUntil, w.Ending, w.EndedAt, w.Scope, w.Limits, w.Members);
}
