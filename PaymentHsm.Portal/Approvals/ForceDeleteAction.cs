using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Approvals;

/// <summary>What hangs on the approval of a force delete: the operation that waits for it and holds the device.</summary>
internal sealed class ForceDeleteAction(ForceDeleteFacts facts, ObservedClasses classes, ReclaimWait wait, PortalSettings settings) : IApprovalAction
{
    public string Action => ReclaimAuthority.Action;

    public ApprovalOptions Options { get; } = settings.Approvals.ForceDelete.ForApproval();

    public Task<IReadOnlyDictionary<string, string>?> ObserveAsync(ApprovalRequest request, CancellationToken cancellationToken) =>
        classes.ReadAsync(request.Binding.Serial, request.Binding.ObservedState, cancellationToken);

    public Task<ApprovalBinding> BindAsync(PortalDb db, ApprovalRequest request, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken) =>
        facts.BindAsync(db, request.Binding.Serial, request.Binding.Ticket, request.Binding.Parameters, observed, cancellationToken);

    public Task<ApprovalEffects> FollowAsync(PortalDb db, ApprovalRequest before, ApprovalRequest after, DateTimeOffset now, CancellationToken cancellationToken) =>
        wait.FollowAsync(db, before, after, now, cancellationToken);
}
