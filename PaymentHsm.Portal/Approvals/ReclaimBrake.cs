using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Approvals;

/// <summary>R89: so many devices of a region may be erased on somebody's behalf in an hour, whether by force delete or by a Reclaim again. Asked at the request and at the act itself.</summary>
internal sealed class ReclaimBrake(PortalSettings settings, TimeProvider clock)
{
    private static readonly string[] Erasing = [ReclaimAuthority.Action, ReclaimAuthority.AgainAction];
    private static readonly ApprovalState[] NotEndedUnused = [ApprovalState.Submitted, ApprovalState.Approved, ApprovalState.Armed, ApprovalState.Consumed];

    private readonly int _perHour = settings.Approvals.ForceDelete.PerHourAndRegion;

    /// <summary>Why no more may be asked for now; null when one may.</summary>
    public Task<Refusal?> AtRequestAsync(PortalDb db, HsmSerial serial, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - TimeSpan.FromHours(1);
        return CheckAsync(db, serial, db.Approvals.Where(a => a.SubmittedAt >= since && NotEndedUnused.Contains(a.State)), cancellationToken);
    }

    /// <summary>Why no more may be begun now: approvals that were collected over days are not used all at once.</summary>
    public Task<Refusal?> AtActAsync(PortalDb db, HsmSerial serial, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - TimeSpan.FromHours(1);
        return CheckAsync(db, serial, db.Approvals.Where(a => a.State == ApprovalState.Consumed && a.EndedAt >= since), cancellationToken);
    }

    private async Task<Refusal?> CheckAsync(PortalDb db, HsmSerial serial, IQueryable<Persistence.Rows.ApprovalRow> recent, CancellationToken cancellationToken)
    {
        var text = serial.ToString();
        var region = await db.Devices.Where(d => d.Serial == text).Select(d => d.Region).FirstOrDefaultAsync(cancellationToken);
        var count = await recent.CountAsync(a => Erasing.Contains(a.Action) && db.Devices.Any(d => d.Serial == a.Serial && d.Region == region), cancellationToken);
        return ForceDeleteRules.Brake(region ?? "", count, _perHour);
    }
}
