using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Overdue;

/// <summary>Work at the rack whose present step has a deadline. The way out is the order's own: release, problem or cancel.</summary>
internal sealed class OverdueWorkOrders(IPortalDbs dbs) : IOverdueSource
{
    public string Kind => "work order";

    public async Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = await db.WorkOrders.AsNoTracking().Where(o => o.State != WorkOrderState.Done && o.State != WorkOrderState.Cancelled).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => r.ToOrder()).Where(o => o.DueAt is not null).Select(o => new OverdueItem(
                Kind, o.Number, $"{o.Kind.Spaced()} of {o.Serial} ({o.Place})", $"{o.State.Spaced()}, step {o.Step.Spaced()}", o.Assignee ?? "Datacenter",
                o.Acts is [.., var last] ? last.At : o.OpenedAt, o.DueAt!.Value, $"/work-orders/{o.Number}")),
        ];
    }
}
