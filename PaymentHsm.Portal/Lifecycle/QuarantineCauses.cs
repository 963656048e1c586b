using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>What brought devices into quarantine or on hold, and what kept them there: read from the audit log.</summary>
internal static class QuarantineCauses
{
    /// <summary>Audit action of a Reclaim again that proved no erasure: the device stays where it is.</summary>
    public const string StillDirty = "device.reclaimagain.failed";

    /// <summary>The audit actions that end in quarantine or on hold: one for each such row of the table.</summary>
    private static readonly string[] Actions =
    [
        .. HsmLifecycle.Table.Rows.Where(r => r.To == HsmState.Quarantined).Select(r => r.Trigger).Append(HsmEvent.TamperOrMismatch).Distinct().Select(e => $"device.{e.ToString().ToLowerInvariant()}"),
        StillDirty,
    ];

    /// <summary>The entries of these devices, newest first.</summary>
    public static IQueryable<AuditRow> Of(PortalDb db, IReadOnlyCollection<string> serials) =>
        db.Audit.AsNoTracking().Where(a => serials.Contains(a.Serial!) && Actions.Contains(a.Action) && a.RuleId == null).OrderByDescending(a => a.Sequence);
}
