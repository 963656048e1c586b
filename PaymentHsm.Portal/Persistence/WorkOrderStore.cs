using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <inheritdoc cref="IWorkOrderStore"/>
internal sealed class WorkOrderStore(IPortalDbs dbs, Ledger ledger, StoredChanges<WorkOrder> changes, NoticeWriter notices, TimeProvider clock) : IWorkOrderStore
{
    public async Task<WorkOrder?> FindAsync(string number, CancellationToken cancellationToken)
    {
        if (WorkOrderNumber.Parse(number) is not { } id)
        {
            return null;
        }

        await using var db = dbs.Open();
        return (await db.WorkOrders.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancellationToken))?.ToOrder();
    }

    public async Task<WorkOrder?> OfOperationAsync(Guid operation, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return (await db.WorkOrders.AsNoTracking().FirstOrDefaultAsync(o => o.OperationId == operation, cancellationToken))?.ToOrder();
    }

    public Task<WorkOrder?> AddAsync(WorkOrder order, AuditNote note, string? tell, CancellationToken cancellationToken) => GuardedAsync(
        async db =>
        {
            var row = WorkOrderRow.Of(order);
            row.Version = 1;
            db.WorkOrders.Add(row);
            await db.SaveChangesAsync(cancellationToken);
            var number = WorkOrderNumber.Of(row.Id);
            Tell(db, row, tell is null ? null : $"{number}: {tell}");
            await notices.AddAsync(db, About(row.ToOrder(), "open", $"{number} waits at the rack: {Words(order.Kind)} of {order.Serial}", Role.Datacenter), cancellationToken);
            return (row, [note with { Detail = $"{number}: {note.Detail}" }]);
        },
        cancellationToken);

    public Task<WorkOrder?> SaveAsync(WorkOrder order, AuditNote note, string? tell, CancellationToken cancellationToken) => GuardedAsync(
        async db =>
        {
            var id = WorkOrderNumber.Parse(order.Number);
            var row = await db.WorkOrders.FirstAsync(o => o.Id == id, cancellationToken);
            var told = row.ToOrder().Escalated;
            row.Take(order);
            db.Entry(row).Property(o => o.Version).OriginalValue = order.Version;
            row.Version = order.Version + 1;
            Tell(db, row, tell is null ? null : $"{order.Number}: {tell}");
            if (order.State == WorkOrderState.OnHold)
            {
                await notices.AddAsync(db, About(order, $"hold/{order.Version}", $"{order.Number} is on hold: {Words(order.Kind)} of {order.Serial}", Role.Engineering), cancellationToken);
            }

            if (order.Escalated && !told)
            {
                await notices.AddAsync(db, WorkOrderNotices.Overdue(order), cancellationToken);
            }

            return (row, [note with { Detail = $"{order.Number}: {note.Detail}" }]);
        },
        cancellationToken);

    /// <summary>Whoever reads the ticket learns of it, in the same transaction.</summary>
    private void Tell(PortalDb db, WorkOrderRow row, string? text)
    {
        if (text is not null && row.TicketId is { } ticket)
        {
            db.TicketNotes.Add(new TicketNoteRow { TicketId = ticket, Author = Actor.Portal.Id, At = clock.GetUtcNow(), Text = text });
        }
    }

    private static Notice About(WorkOrder order, string key, string title, Role onCall) => new(
        $"work/{order.Number}/{key}", "work.waiting", NoticeLevel.Action, title, $"{order.Place}. Nobody touches anything before the label was scanned.", $"/work-orders/{order.Number}",
        new Audience([], onCall), order.Serial, order.Ticket);

    private async Task<WorkOrder?> GuardedAsync(Func<PortalDb, Task<(WorkOrderRow Row, IReadOnlyList<AuditNote> Notes)>> change, CancellationToken cancellationToken)
    {
        try
        {
            var stored = (await ledger.WriteAsync(change, cancellationToken)).ToOrder();
            changes.Publish(stored);
            return stored;
        }
        catch (DbUpdateException e) when (Guard.Held(e))
        {
            // The guard held: somebody else was first. The caller reads again and asks the rules.
            return null;
        }
    }

    private static string Words(WorkOrderKind kind) => kind switch
    {
        WorkOrderKind.HardReboot => "hard reboot",
        WorkOrderKind.Destruction => "destruction",
        _ => "replacement of a part",
    };
}
