using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Operations;

/// <summary>Asking for a destruction (W6). It knows the details <c>hddSerial</c> and <c>retires</c> (yes: a clean unit leaves service, D31); the reason is the diagnosis.</summary>
internal sealed class DestructionDesk(
    IOperationStore store, StoredChanges<Operation> changes, IDeviceStore devices, IResourceDesk resources, ITicketDesk tickets, IWorkOrderStore orders, ApprovalBook book, Ledger ledger, PortalSettings settings, TimeProvider clock)
    : IOperationKindDesk, IDestructionDesk
{
    public OperationKind Kind => OperationKind.Destruction;

    public async Task<Outcome<RequestedOperation>> RequestAsync(Actor actor, Ticket ticket, OperationWish wish, CancellationToken cancellationToken)
    {
        if (await devices.FindAsync(ticket.Serial, cancellationToken) is not { } device)
        {
            return new Refusal("R45", RefusalKind.NotFound, $"{ticket.Serial} is no longer enrolled.");
        }

        var gone = await resources.OfDeviceAsync(ticket.Serial, cancellationToken) is null && await devices.AllocationAsync(ticket.Serial, cancellationToken) is null;
        var disk = wish.Detail("hddSerial")?.ToUpperInvariant();
        if (Retires(wish) is not { } retires)
        {
            return new Refusal("D31", RefusalKind.BadInput, $"'{wish.Detail("retires")}' is no answer to retires.", "Say yes when a clean unit is taken out of service; leave it out, or say no, for a failed one.");
        }

        if (Destruction.Request(actor, ticket, device.Record, gone, await store.HoldingAsync(ticket.Serial, cancellationToken), retires, wish.Reason, disk) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var tried = (await tickets.FindAsync(ticket.Number, cancellationToken))!.Operations.Where(o => o.Outcome is not null).OrderBy(o => o.RequestedAt);
        Evidence[] ladder = [.. tried.Select(o => new Evidence("ladder", $"{o.Kind} {o.ShortName}: {o.Outcome}. {o.OutcomeDetail}", o.FinishedAt ?? o.RequestedAt))];
        var operation = Destruction.Requested(
            Guid.CreateVersion7(now), ticket, wish.Reason!.Trim(), disk!, settings.Operations.Destruction.Runbook, actor.Id, device.Record.HardwareFailed, retires,
            ladder.Length == 0 ? [new Evidence("ladder", "no operation was tried under this ticket; the findings say why", now)] : ladder, now);
        string[] excluded = ticket.Owner is { } owner ? [owner] : [];
        return await SubmitAsync(
            actor, operation, Destruction.Action, excluded,
            (db, approval) =>
            {
                var row = OperationRow.Of(operation with { Approval = approval.Id, ConfirmBefore = approval.ApproveBefore });
                row.Version = 1;
                db.Operations.Add(row);
                return Task.FromResult(row);
            },
            new AuditNote(actor, "operation.requested", $"Destruction of {ticket.Serial}, disk {disk}: {operation.Reason}", ticket.Serial, ticket.Number, operation.Id), cancellationToken) switch
        {
            Outcome<(Operation Operation, string Approval)>.Done(var done) => new RequestedOperation(done.Operation, done.Approval),
            Outcome<(Operation Operation, string Approval)>.Refused(var why) => why,
            _ => throw new InvalidOperationException("An outcome is either done or refused."),
        };
    }

    private static bool? Retires(OperationWish wish) => wish.Detail("retires")?.ToUpperInvariant() switch
    {
        null or "" or "NO" => false,
        "YES" => true,
        _ => null,
    };

    public Refusal? MayConfirm(Actor actor, Operation operation, DateTimeOffset now) =>
        new("D25", RefusalKind.NotInThisState, operation.State == OperationState.AwaitingConfirmation ? $"A destruction is ordered by two signatures on {operation.Approval}." : $"This operation is {operation.State}.", $"Sign on the page of {operation.Approval}.");

    public Operation Confirmed(Operation operation, Actor by, DateTimeOffset now) => throw new InvalidOperationException("A destruction is never confirmed by one person.");

    public Refusal? MayWithdraw(Actor actor, Operation operation, DateTimeOffset now) =>
        new("D26", RefusalKind.NotInThisState, operation.State == OperationState.AwaitingConfirmation ? $"The request is withdrawn on {operation.Approval}." : "An ordered destruction is called off by the same quorum.", operation.State == OperationState.AwaitingConfirmation ? $"Withdraw {operation.Approval}." : "Ask for a cancellation.");

    public Operation Withdrawn(Operation operation, Actor by, DateTimeOffset now) => throw new InvalidOperationException("A destruction is withdrawn by its approval.");

    public async Task<Outcome<string>> CancelAsync(Actor actor, Guid operation, string? reason, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(operation, cancellationToken) is not { } found)
        {
            return new Refusal("R85", RefusalKind.NotFound, $"There is no operation {operation}.");
        }

        reason = (await ledger.CleanAsync(actor, "the reason of a cancellation", found.Serial, found.Ticket, [reason], cancellationToken)).Text;
        if (await WhyNotCancelAsync(actor, found, reason, cancellationToken) is { } refusal)
        {
            await ledger.NoteAsync(new AuditNote(actor, "destruction.cancel", refusal.ToString(), found.Serial, found.Ticket, found.Id, refusal.RuleId), cancellationToken);
            return refusal;
        }

        var wish = found with { Reason = reason!.Trim() };
        return await SubmitAsync(
            actor, wish, Destruction.CancelAction, [found.RequestedBy],
            async (db, approval) =>
            {
                var row = await db.Operations.FirstAsync(o => o.Id == operation, cancellationToken);
                var present = row.ToOperation();
                row.Take(present with { Progress = (OperationProgress.Destroy)present.Progress with { CancelApproval = approval.Id } });
                row.Version++;
                return row;
            },
            new AuditNote(actor, "destruction.cancel.requested", $"Cancellation asked for: {reason.Trim()}", found.Serial, found.Ticket, found.Id), cancellationToken) switch
        {
            Outcome<(Operation Operation, string Approval)>.Done(var done) => done.Approval,
            Outcome<(Operation Operation, string Approval)>.Refused(var why) => why,
            _ => throw new InvalidOperationException("An outcome is either done or refused."),
        };
    }

    private async Task<Refusal?> WhyNotCancelAsync(Actor actor, Operation operation, string? reason, CancellationToken cancellationToken)
    {
        if (operation is not { Kind: OperationKind.Destruction, State: OperationState.Running })
        {
            return new Refusal("D26", RefusalKind.NotInThisState, $"{operation.ShortName} is no ordered destruction under way.");
        }

        if (actor.Role is not (Role.Support or Role.Engineering))
        {
            return new Refusal("D26", RefusalKind.NotThisPerson, $"Support and Engineering ask for a cancellation; {actor.Id} is {actor.Role}.");
        }

        if (await orders.OfOperationAsync(operation.Id, cancellationToken) is { Work: WorkDetails.Destruction { RemovedAt: not null } })
        {
            return new Refusal("D26", RefusalKind.NotInThisState, "The unit is out of the rack; from there is no way back.", "The destruction is carried through.");
        }

        return string.IsNullOrWhiteSpace(reason) || reason.Length > WorkOrderActs.MaxNote ? new Refusal("D26", RefusalKind.BadInput, "The reason is missing or too long.", "Say in a sentence why it is called off.") : null;
    }

    /// <summary>One transaction: the approval and the operation that hangs on it, or neither.</summary>
    private async Task<Outcome<(Operation Operation, string Approval)>> SubmitAsync(
        Actor actor, Operation operation, string action, IReadOnlyList<string> excluded, Func<PortalDb, ApprovalRequest, Task<OperationRow>> change, AuditNote note, CancellationToken cancellationToken)
    {
        var eligible = await book.EligibleAsync(actor.Id, excluded, cancellationToken);
        ApprovalRequest? submitted = null;
        try
        {
            var answer = await ledger.WriteAsync<Outcome<(Operation, string)>>(
                async db =>
                {
                    var bound = await DestructionBinding.BindAsync(db, action, operation, cancellationToken);
                    switch (await book.SubmitAsync(db, actor, excluded, bound, eligible, settings.Approvals.Destruction.ForApproval(), cancellationToken))
                    {
                        case Outcome<Written>.Refused(var why):
                            return (why, []);
                        case Outcome<Written>.Done(var written):
                            submitted = written.Request;
                            var row = await change(db, written.Request);
                            await db.SaveChangesAsync(cancellationToken);
                            return ((row.ToOperation(), written.Request.Id), [note, .. written.Notes]);
                        default:
                            throw new InvalidOperationException("An outcome is either done or refused.");
                    }
                },
                cancellationToken);
            if (submitted is not null && answer is Outcome<(Operation Operation, string Approval)>.Done(var done))
            {
                book.Publish(submitted);
                changes.Publish(done.Operation);
            }

            return answer;
        }
        catch (DbUpdateException e) when (Guard.Held(e))
        {
            return new Refusal("R67", RefusalKind.NotInThisState, "Somebody else began an operation on this device at this moment.", "Look at it again, then repeat.");
        }
    }
}
