using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Approvals;

/// <summary>Signing, taking back and reading approval requests. The same rules stand behind the pages and the API; every refused try is logged.</summary>
public interface IApprovalDesk
{
    /// <summary>
    /// Adds a signature. What is bound is computed afresh before an approval is taken: if it differs, the request is voided and the signature refused. The last
    /// signature arms the request, at once or after the cooling-off.
    /// </summary>
    Task<Outcome<ApprovalRequest>> DecideAsync(Actor actor, string id, Signature signature, CancellationToken cancellationToken);

    /// <summary>Takes a request back before it is approved; only its requester.</summary>
    Task<Outcome<ApprovalRequest>> WithdrawAsync(Actor actor, string id, CancellationToken cancellationToken);

    /// <summary>Takes a request or an approval back before it is used; its requester or any engineer.</summary>
    Task<Outcome<ApprovalRequest>> RevokeAsync(Actor actor, string id, string? reason, CancellationToken cancellationToken);

    /// <summary>One request as it stands now; null when there is none.</summary>
    Task<ApprovalRequest?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Requests, newest first.</summary>
    Task<ApprovalPage> PageAsync(ApprovalFilter filter, CancellationToken cancellationToken);

    /// <summary>Requests that wait for this person's signature, the most urgent first. Only who may sign sees one here.</summary>
    Task<IReadOnlyList<ApprovalRequest>> WaitingForAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>What the request would bind now, and where that differs from what is signed. Reads the device; null when there is no such request or nothing can be known of the device yet.</summary>
    Task<ApprovalCheck?> CheckAsync(string id, CancellationToken cancellationToken);

    /// <summary>Quorum and clocks of an action.</summary>
    ApprovalOptions OptionsOf(string action);

    /// <summary>Ids of the people who could sign this request and have not.</summary>
    Task<IReadOnlyList<string>> CouldSignAsync(ApprovalRequest request, CancellationToken cancellationToken);

    /// <summary>The request now and after every stored change, until it has ended or the token is cancelled.</summary>
    IAsyncEnumerable<ApprovalRequest> FollowAsync(string id, CancellationToken cancellationToken);

    /// <summary>Every change of any request from now on, until the token is cancelled.</summary>
    IAsyncEnumerable<ApprovalRequest> ChangesAsync(CancellationToken cancellationToken);
}

/// <summary>What a person hands in; nothing in it is trusted yet.</summary>
/// <param name="Kind">Yes or no.</param>
/// <param name="Digest">The binding digest on the page that was read.</param>
/// <param name="Serial">The serial as typed or scanned.</param>
/// <param name="Comment">In the person's words.</param>
/// <param name="SignedInAt">When the person last proved who they are, by their sign-in; null when it does not say.</param>
public sealed record Signature(DecisionKind Kind, string? Digest, string? Serial, string? Comment, DateTimeOffset? SignedInAt);

/// <summary>Which requests.</summary>
/// <param name="State">In that state.</param>
/// <param name="Serial">About that device.</param>
/// <param name="Ticket">Under that ticket.</param>
/// <param name="RequestedBy">Asked for by that person.</param>
/// <param name="Person">Asked for or signed by that person.</param>
public sealed record ApprovalFilter(ApprovalState? State = null, string? Serial = null, string? Ticket = null, string? RequestedBy = null, string? Person = null, int Skip = 0, int Take = 50);

/// <summary>One page of requests and how many there are in all.</summary>
public sealed record ApprovalPage(int Total, IReadOnlyList<ApprovalRequest> Rows);

/// <summary>What was bound against what would be bound now.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Changes">Where they differ; empty while nothing has changed.</param>
public sealed record ApprovalCheck(DateTimeOffset At, IReadOnlyList<BindingChange> Changes);
