using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Approvals;

/// <summary>What is particular to one kind of act that needs a quorum: how its binding is computed afresh, and what hangs on its approval.</summary>
internal interface IApprovalAction
{
    /// <summary>Name in the binding, for example <c>ForceDelete</c>.</summary>
    string Action { get; }

    /// <summary>Quorum and clocks.</summary>
    ApprovalOptions Options { get; }

    /// <summary>
    /// Reads, outside the store, what the binding needs as classes: link down, tamper none. It may take seconds and is called before the transaction. A device that
    /// cannot be read is a class too, never an exception. Null while the portal cannot know what it would read: then nothing is judged.
    /// </summary>
    Task<IReadOnlyDictionary<string, string>?> ObserveAsync(ApprovalRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// What the request would bind now, from what is stored and from <paramref name="observed"/>. Called inside the transaction of a change; it only reads. What is gone is bound as gone,
    /// so that it counts as drift.
    /// </summary>
    Task<ApprovalBinding> BindAsync(PortalDb db, ApprovalRequest request, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken);

    /// <summary>
    /// Called in the transaction of every change after the submission, with the request before and after: moves what hangs on it (an operation that waits), so that both change together or
    /// not at all.
    /// </summary>
    Task<ApprovalEffects> FollowAsync(PortalDb db, ApprovalRequest before, ApprovalRequest after, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What followed from a change of an approval.</summary>
/// <param name="Notes">For the audit log, in the same transaction.</param>
/// <param name="AfterCommit">Done when the transaction is durable: tell readers, wake a driver. Lost when the process dies in between, so it may only hurry what goes on anyway.</param>
internal sealed record ApprovalEffects(IReadOnlyList<AuditNote> Notes, Func<Task>? AfterCommit = null)
{
    /// <summary>Nothing follows.</summary>
    public static ApprovalEffects None { get; } = new([]);
}
