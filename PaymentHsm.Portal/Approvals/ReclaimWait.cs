using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Approvals;

/// <summary>The operation that waits for the approval of a force delete or of a Reclaim again: it changes with the approval, in the same transaction.</summary>
internal sealed class ReclaimWait(StoredChanges<Operation> operationChanges, IGrainFactory grains)
{
    /// <inheritdoc cref="IApprovalAction.FollowAsync"/>
    public async Task<ApprovalEffects> FollowAsync(PortalDb db, ApprovalRequest before, ApprovalRequest after, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = ApprovalBook.Operation(after);
        if (await db.Operations.FirstOrDefaultAsync(o => o.Id == id, cancellationToken) is not { State: OperationState.AwaitingConfirmation } row)
        {
            return ApprovalEffects.None;
        }

        var operation = row.ToOperation();
        foreach (var signature in after.Decisions.Skip(before.Decisions.Count).Where(d => d.Kind == DecisionKind.Approve))
        {
            operation = ForceDelete.SignatureAdded(operation, signature.By.Id, signature.Comment, signature.At);
        }

        if (after.State == ApprovalState.Armed)
        {
            operation = ForceDelete.Armed(operation, after.Decisions.Where(d => d.Kind == DecisionKind.Approve).Select(d => d.By.Id), after.ExecuteBefore, now);
        }
        else if (after.IsTerminal && after.State != ApprovalState.Consumed)
        {
            operation = ForceDelete.Cancelled(operation, $"{after.Id} is {after.State}: {after.EndedBecause}", now);
        }

        row.Take(operation);
        row.Version++;
        var stored = operation with { Version = row.Version };
        AuditNote[] notes = operation.State == OperationState.Finished
            ? [new AuditNote(Actor.Portal, "operation.cancelled", operation.OutcomeDetail ?? "", operation.Serial, operation.Ticket, operation.Id)]
            : [];
        return new ApprovalEffects(notes, () => GoOnAsync(stored));
    }

    /// <summary>After the commit: tells the readers and wakes the driver.</summary>
    public Task GoOnAsync(Operation stored)
    {
        operationChanges.Publish(stored);
        return grains.GetGrain<IHsmGrain>(stored.Serial.ToString()).DriveAsync(stored.Id);
    }
}
