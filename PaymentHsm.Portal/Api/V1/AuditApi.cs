using PaymentHsm.Portal.Audit;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>The audit log.</summary>
internal static class AuditApi
{
    public static void MapAudit(this RouteGroupBuilder api)
    {
        api.MapGet("/audit", async (IAuditTrail trail, string? text, string? serial, string? ticket, Guid? correlation, int? skip, int? take, CancellationToken stop) =>
            Results.Ok(await trail.PageAsync(new AuditFilter(text, serial, ticket, correlation, skip ?? 0, Math.Clamp(take ?? 100, 1, 1000)), stop))).WithSummary("Audit entries, newest first.");
        api.MapGet("/audit/verification", async (IAuditTrail trail, CancellationToken stop) => Results.Ok(await trail.VerifyAsync(stop))).WithSummary("Walks the hash chain and says whether it holds.");
    }
}
