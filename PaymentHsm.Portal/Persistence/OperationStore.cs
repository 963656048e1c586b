using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <inheritdoc cref="IOperationStore"/>
internal sealed class OperationStore(IPortalDbs dbs, Ledger ledger, StoredChanges<Operation> changes) : IOperationStore
{
    public async Task<Operation?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return (await db.Operations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancellationToken))?.ToOperation();
    }

    public async Task<Operation?> HoldingAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        return (await db.Operations.AsNoTracking().FirstOrDefaultAsync(o => o.Serial == text && o.State != OperationState.Finished, cancellationToken))?.ToOperation();
    }

    public async Task<bool> HasEverAsync(HsmSerial serial, OperationKind kind, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        return await db.Operations.AnyAsync(o => o.Serial == text && o.Kind == kind, cancellationToken);
    }

    public Task<Operation?> AddAsync(Operation operation, AuditNote note, CancellationToken cancellationToken) =>
        GuardedAsync(
            db =>
            {
                var row = OperationRow.Of(operation);
                row.Version = 1;
                db.Operations.Add(row);
                return Task.FromResult((row, (IReadOnlyList<AuditNote>)[note]));
            },
            cancellationToken);

    public Task<Operation?> SaveAsync(Operation operation, AuditNote? note, CancellationToken cancellationToken) =>
        GuardedAsync(
            async db =>
            {
                var row = await db.Operations.FirstAsync(o => o.Id == operation.Id, cancellationToken);
                row.Take(operation);
                db.Entry(row).Property(o => o.Version).OriginalValue = operation.Version;
                row.Version = operation.Version + 1;
                if (operation.State == OperationState.Finished && row.TicketId is { } ticket)
                {
                    // Whoever reads the ticket learns how it ended, in the same transaction (W2 step 6).
                    db.TicketNotes.Add(new TicketNoteRow
                    {
                        TicketId = ticket,
                        Author = Domain.People.Actor.Portal.Id,
                        At = operation.FinishedAt ?? operation.RequestedAt,
                        Text = $"{operation.Kind} {operation.ShortName}, {operation.Outcome}: {operation.OutcomeDetail}",
                        OperationId = operation.Id,
                    });
                }

                return (row, note is null ? [] : [note]);
            },
            cancellationToken);

    private async Task<Operation?> GuardedAsync(Func<PortalDb, Task<(OperationRow Row, IReadOnlyList<AuditNote> Notes)>> change, CancellationToken cancellationToken)
    {
        try
        {
            var stored = (await ledger.WriteAsync(change, cancellationToken)).ToOperation();
            changes.Publish(stored);
            return stored;
        }
        catch (DbUpdateException e) when (Guard.Held(e))
        {
            // The guard held: another writer was first, or another operation holds the device. The caller reads again and asks the rules.
            return null;
        }
    }
}
