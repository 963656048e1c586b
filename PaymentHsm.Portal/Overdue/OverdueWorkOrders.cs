using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Overdue;

/// <summary>Work at the rack whose present step has a deadline: its people are told once. The way out is the order's own: release, problem or cancel.</summary>
internal sealed class OverdueWorkOrders(IPortalDbs dbs, IWorkOrderStore store, TimeProvider clock) : IOverdueSource
{
    public string Kind => "work order";

    public async Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken)
    {
        return
        [
            .. (await OpenAsync(cancellationToken)).Where(o => o.DueAt is not null).Select(o => new OverdueItem(
                Kind, o.Number, $"{o.Kind.Spaced()} of {o.Serial} ({o.Place})", $"{o.State.Spaced()}, step {o.Step.Spaced()}", o.Assignee ?? "Datacenter",
                o.Acts is [.., var last] ? last.At : o.OpenedAt, o.DueAt!.Value, $"/work-orders/{o.Number}")),
        ];
    }

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var told = 0;

        // The portal's own step, watching for signs, ends by its own judgement. An order that somebody changes at this moment is looked at again.
        foreach (var order in (await OpenAsync(cancellationToken)).Where(o => o.IsOverdue(clock.GetUtcNow()) && !o.Escalated && o.Step != WorkStep.Verify))
        {
            var words = $"'{WorkOrderActs.Words(order.Step)}' was due {order.DueAt:yyyy-MM-dd HH:mm:ss}Z";
            var note = new AuditNote(Actor.Portal, "workorder.overdue", words, order.Serial, order.Ticket, order.Operation);
            told += await store.SaveAsync(WorkOrderActs.Escalate(order), note, $"overdue: {words}. Its people are told.", cancellationToken) is null ? 0 : 1;
        }

        return told;
    }

    private async Task<IReadOnlyList<WorkOrder>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = await db.WorkOrders.AsNoTracking().Where(o => o.State != WorkOrderState.Done && o.State != WorkOrderState.Cancelled).ToListAsync(cancellationToken);
        return [.. rows.Select(r => r.ToOrder())];
    }
}
