using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Audit;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Fleet;

/// <summary>What happened to a device, from the audit log, newest first.</summary>
internal sealed class DeviceTimeline(IPortalDbs dbs)
{
    private const int Most = 30;

    public async Task<IReadOnlyList<TimelineItem>> ReadAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        var rows = await db.Audit.AsNoTracking().Where(a => a.Serial == text).OrderByDescending(a => a.Sequence).Take(Most).ToListAsync(cancellationToken);
        return [.. rows.Select(AuditTrail.View).Select(v => new TimelineItem(v.At, Icon(v.Action, v.RuleId), v.Detail, $"{v.Actor} · {v.Action}", Link(v)))];
    }

    private static string Icon(string action, string? rule) => (rule, action) switch
    {
        (not null, _) => "ban",
        (_, "operation.verified") => "ok",
        (_, "operation.notDelivered") => "notdelivered",
        (_, "operation.notObserved") => "notobserved",
        (_, "operation.contradictory") => "contradictory",
        (_, "device.handover") => "handing-over",
        (_, "device.accessdisabled") => "customer",
        (_, var a) when a.StartsWith("ticket", StringComparison.Ordinal) => "ticket",
        (_, var a) when a.StartsWith("operation", StringComparison.Ordinal) => "operation",
        (_, var a) when a.StartsWith("device.restart", StringComparison.Ordinal) => "operation",
        _ => "fleet",
    };

    private static string? Link(AuditView view) =>
        view.Correlation is { } operation ? $"/operations/{operation}" : view.Ticket is { } ticket ? $"/tickets/{ticket}" : null;
}
