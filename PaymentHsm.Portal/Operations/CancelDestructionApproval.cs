using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Operations;

/// <summary>The approval that calls an ordered destruction off (D26). The driver carries it out.</summary>
internal sealed class CancelDestructionApproval(IGrainFactory grains, PortalSettings settings) : IApprovalAction
{
    private static readonly IReadOnlyDictionary<string, string> Stored = new Dictionary<string, string> { ["read"] = "from the store" };

    public string Action => Destruction.CancelAction;

    public ApprovalOptions Options { get; } = settings.Approvals.Destruction.ForApproval();

    public Task<IReadOnlyDictionary<string, string>?> ObserveAsync(ApprovalRequest request, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyDictionary<string, string>?>(Stored);

    public Task<ApprovalBinding> BindAsync(PortalDb db, ApprovalRequest request, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken) =>
        DestructionBinding.BindAsync(db, Action, request.Binding.Serial.ToString(), request.Binding.Ticket, request.Binding.Parameters, request.Binding.RunbookVersion, cancellationToken);

    public Task<ApprovalEffects> FollowAsync(PortalDb db, ApprovalRequest before, ApprovalRequest after, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(after.State == ApprovalState.Armed && ApprovalBook.Operation(after) is { } operation
            ? new ApprovalEffects([], () => grains.GetGrain<IHsmGrain>(after.Binding.Serial.ToString()).DriveAsync(operation))
            : ApprovalEffects.None);
}
