using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Approvals;

/// <summary>What hangs on the approval of a force delete: the operation that waits for it and holds the device.</summary>
internal sealed class ForceDeleteAction(ForceDeleteFacts facts, ObservedClasses classes, StoredChanges<Operation> operationChanges, IGrainFactory grains, PortalSettings settings) : IApprovalAction
{
    public string Action => ReclaimAuthority.Action;

    public ApprovalOptions Options { get; } = settings.Approvals.ForceDelete.ForApproval();

    public Task<IReadOnlyDictionary<string, string>> ObserveAsync(ApprovalRequest request, CancellationToken cancellationToken) =>
        classes.ReadAsync(request.Binding.Serial, request.Binding.ObservedState, cancellationToken);

    public Task<ApprovalBinding> BindAsync(PortalDb db, ApprovalRequest request, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken) =>
        facts.BindAsync(db, request.Binding.Serial, request.Binding.Ticket, request.Binding.Parameters, observed, cancellationToken);

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
        return new ApprovalEffects(notes, () =>
        {
            operationChanges.Publish(stored);
            return grains.GetGrain<IHsmGrain>(stored.Serial.ToString()).DriveAsync(stored.Id);
        });
    }
}
