using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Operations;

/// <summary>What hangs on the approval of a destruction: the operation that waits for it (D25).</summary>
internal sealed class DestructionApproval(StoredChanges<Operation> changes, IGrainFactory grains, PortalSettings settings) : IApprovalAction
{
    private static readonly IReadOnlyDictionary<string, string> Stored = new Dictionary<string, string> { ["read"] = "from the store" };

    public string Action => Destruction.Action;

    public ApprovalOptions Options { get; } = settings.Approvals.Destruction.ForApproval();

    /// <summary>A failed unit may not answer at all; what counts is stored.</summary>
    public Task<IReadOnlyDictionary<string, string>?> ObserveAsync(ApprovalRequest request, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyDictionary<string, string>?>(Stored);

    public Task<ApprovalBinding> BindAsync(PortalDb db, ApprovalRequest request, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken) =>
        DestructionBinding.BindAsync(db, Action, request.Binding.Serial.ToString(), request.Binding.Ticket, request.Binding.Parameters, request.Binding.RunbookVersion, cancellationToken);

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
            operation = Destruction.SignatureAdded(operation, signature.By.Id, signature.Comment, signature.At);
        }

        if (after.State == ApprovalState.Armed)
        {
            operation = Destruction.Armed(operation, [.. after.Decisions.Where(d => d.Kind == DecisionKind.Approve).Select(d => d.By.Id)]);
        }
        else if (after.IsTerminal && after.State != ApprovalState.Consumed)
        {
            operation = Destruction.Cancelled(operation, OperationOutcome.Cancelled, $"{after.Id} is {after.State}: {after.EndedBecause}", now);
        }

        row.Take(operation);
        row.Version++;
        var stored = operation with { Version = row.Version };
        AuditNote[] notes = operation.State == OperationState.Finished
            ? [new AuditNote(Actor.Portal, "operation.cancelled", operation.OutcomeDetail ?? "", operation.Serial, operation.Ticket, operation.Id)]
            : [];
        return new ApprovalEffects(notes, () =>
        {
            changes.Publish(stored);
            return grains.GetGrain<IHsmGrain>(stored.Serial.ToString()).DriveAsync(stored.Id);
        });
    }
}
