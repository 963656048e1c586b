using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Audit;

/// <inheritdoc cref="IAuditTrail"/>
internal sealed class AuditTrail(IPortalDbs dbs, TimeProvider clock) : IAuditTrail
{
    public async Task<AuditPage> PageAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = Matching(db, filter);
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(a => a.Sequence).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancellationToken);
        return new AuditPage(total, [.. page.Select(View)]);
    }

    public async Task<AuditCheck> VerifyAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var entries = db.Audit.AsNoTracking().OrderBy(a => a.Sequence).AsEnumerable().Select(a => a.ToLink());
        var verdict = await Task.Run(() => AuditVerifier.Verify(entries), cancellationToken);
        return verdict switch
        {
            AuditVerdict.Broken broken => new AuditCheck(await db.Audit.LongCountAsync(cancellationToken), broken.Sequence, broken.Why, clock.GetUtcNow()),
            AuditVerdict.Intact intact => new AuditCheck(intact.Count, null, null, clock.GetUtcNow()),
            _ => throw new InvalidOperationException("A verdict is either intact or broken."),
        };
    }

    /// <summary>The entries that a filter asks for, without its paging.</summary>
    internal static IQueryable<AuditRow> Matching(PortalDb db, AuditFilter filter)
    {
        var rows = db.Audit.AsNoTracking()
            .Where(a => (filter.Serial == null || a.Serial == filter.Serial) && (filter.Ticket == null || a.Ticket == filter.Ticket) && (filter.Correlation == null || a.Correlation == filter.Correlation));
        if (string.IsNullOrWhiteSpace(filter.Text))
        {
            return rows;
        }

        var like = $"%{filter.Text.Trim()}%";
        return rows.Where(a => EF.Functions.Like(a.Actor, like) || EF.Functions.Like(a.Action, like) || EF.Functions.Like(a.Serial!, like) || EF.Functions.Like(a.Ticket!, like));
    }

    internal static AuditView View(AuditRow row) => new(
        row.Sequence, row.At, row.Actor, row.Role.ToString(), row.Action, row.Serial, row.Ticket, row.Correlation, row.RuleId, row.Detail ?? "", row.Hash);
}
