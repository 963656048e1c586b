using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Portal.Audit;
using PaymentHsm.Portal.Identity;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>The audit log.</summary>
internal static class AuditApi
{
    public static void MapAudit(this RouteGroupBuilder api)
    {
        api.MapGet("/audit", async (IAuditTrail trail, string? text, string? serial, string? ticket, Guid? correlation, int? skip, int? take, CancellationToken stop) =>
            Results.Ok(await trail.PageAsync(new AuditFilter(text, serial, ticket, correlation, skip ?? 0, Math.Clamp(take ?? 100, 1, 1000)), stop))).WithSummary("Audit entries, newest first.");
        api.MapGet("/audit/export", ExportAsync).WithSummary("Entries by filter as CSV or JSON lines, oldest first, with a signed checkpoint; 'audit verify FILE' verifies it.");
        api.MapGet("/audit/verification", async (IAuditTrail trail, CancellationToken stop) => Results.Ok(await trail.VerifyAsync(stop))).WithSummary("Walks the hash chain and says whether it holds.");
    }

    private static async Task<IResult> ExportAsync(
        HttpContext http, IAuditExports exports, TimeProvider clock, string? format, string? text, string? serial, string? ticket, Guid? correlation, CancellationToken stop)
    {
        if (http.User.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        if (!Enum.TryParse<AuditExportForm>(format ?? "jsonl", ignoreCase: true, out var form) || !Enum.IsDefined(form))
        {
            return new Refusal("R84", RefusalKind.BadInput, $"'{format}' is not a form of export.", "Use csv or jsonl.").AsProblem();
        }

        var name = $"audit-{clock.GetUtcNow():yyyyMMdd-HHmmss}Z.{AuditExport.Extension(form)}";
        return Results.Stream(
            output => exports.WriteAsync(actor, new AuditFilter(text, serial, ticket, correlation), form, output, stop),
            form == AuditExportForm.Csv ? "text/csv; charset=utf-8" : "application/jsonl",
            name);
    }
}
