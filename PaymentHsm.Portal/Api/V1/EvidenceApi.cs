using System.Security.Claims;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Portal.Audit;
using PaymentHsm.Portal.Identity;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Sealed evidence bundles.</summary>
internal static class EvidenceApi
{
    public static void MapEvidence(this RouteGroupBuilder api)
    {
        api.MapGet("/evidence", async (IEvidenceDesk desk, string? serial, string? ticket, EvidenceKind? kind, int? skip, int? take, CancellationToken stop) =>
        {
            var page = await desk.PageAsync(new EvidenceFilter(serial, ticket, kind, Math.Max(0, skip ?? 0), Math.Clamp(take ?? 100, 1, 500)), stop);
            return Results.Ok(new EvidenceList(page.Total, [.. page.Rows.Select(EvidenceLine.Of)]));
        }).WithSummary("Evidence bundles, newest first.");
        api.MapGet("/evidence/{digest}", FindAsync).WithSummary("One bundle with what it says, verified at this moment.");
        api.MapGet("/evidence/{digest}/file", FileAsync).WithSummary("The bundle as a file with content, signature and public key; 'evidence verify FILE' verifies it.");
    }

    private static async Task<IResult> FindAsync(string digest, IEvidenceDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
        ? Refused.NoRole()
        : await desk.OpenAsync(actor, digest, stop) is { } opened
            ? Results.Ok(new EvidenceView(EvidenceLine.Of(opened.Bundle), opened.Fault is null, opened.Fault, opened.Content))
            : Refused.NotFound("evidence bundle", digest);

    private static async Task<IResult> FileAsync(string digest, IEvidenceDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
        ? Refused.NoRole()
        : await desk.DownloadAsync(actor, digest, stop) is { } file
            ? Results.File(file, "application/json", $"evidence-{digest}.json")
            : Refused.NotFound("evidence bundle", digest);
}

/// <summary>One page of bundles.</summary>
internal sealed record EvidenceList(int Total, IReadOnlyList<EvidenceLine> Bundles);

/// <summary>A bundle in a list.</summary>
/// <param name="SealedAt">When it was sealed; not part of what is signed.</param>
internal sealed record EvidenceLine(string Digest, EvidenceKind Kind, string Serial, string? Ticket, Guid? Operation, DateTimeOffset SealedAt, string KeyId)
{
    public static EvidenceLine Of(EvidenceBundle bundle) => new(bundle.Digest, bundle.Kind, bundle.Serial.ToString(), bundle.Ticket, bundle.Operation, bundle.At, bundle.KeyId);
}

/// <summary>A bundle with what it says.</summary>
/// <param name="Verified">True when digest and signature fit now.</param>
/// <param name="Content">Null when it does not verify.</param>
internal sealed record EvidenceView(EvidenceLine Bundle, bool Verified, string? Fault, EvidenceDraft? Content);
