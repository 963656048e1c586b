using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Overdue;

/// <summary>Approvals on one of their two clocks. They end by themselves; whoever should sign or use them sees that time runs out.</summary>
internal sealed class OverdueApprovals(IPortalDbs dbs, TimeProvider clock) : IOverdueSource
{
    public string Kind => "approval";

    public async Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = await db.Approvals.AsNoTracking().Where(a => a.State == ApprovalState.Submitted || a.State == ApprovalState.Approved || a.State == ApprovalState.Armed).ToListAsync(cancellationToken);
        return [.. rows.Select(r => r.ToRequest().AsOf(clock.GetUtcNow())).Where(r => !r.IsTerminal).Select(Item).OfType<OverdueItem>()];
    }

    private OverdueItem? Item(ApprovalRequest request) => (request.State == ApprovalState.Submitted ? request.ApproveBefore : request.ExecuteBefore) is { } by
        ? new OverdueItem(
            Kind, request.Id, $"{request.Act()} of {request.Binding.Serial}", request.State == ApprovalState.Submitted ? "Waits for signatures" : request.State.Spaced(), "Engineering",
            request.Decisions is [.., var last] ? last.At : request.SubmittedAt ?? by, by, $"/approvals/{request.Id}")
        : null;
}
