using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Approvals;

/// <summary>
/// A request for a destructive act, and its whole history (DOMAIN 2.3). Immutable: every step gives a new value or a refusal. It runs nothing; when it is
/// armed, a later, explicit act consumes it once.
/// </summary>
/// <param name="Id">For people and addresses: <c>APR-0117</c>.</param>
/// <param name="RequestedBy">Id of the person who asked.</param>
/// <param name="Excluded">Ids of others who may not sign: ticket owner, executors, witnesses (I6).</param>
/// <param name="Binding">What is signed.</param>
/// <param name="Digest">Its digest, fixed at submission.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Decisions">Signatures in order; never shortened.</param>
/// <param name="ApproveBefore">First clock; null before submission.</param>
/// <param name="ExecuteBefore">Second clock; null before approval.</param>
/// <param name="EndedAt">When it reached a terminal state.</param>
/// <param name="EndedBecause">Why, in words; for Invalidated: what changed.</param>
/// <param name="Version">Rises with every change.</param>
/// <param name="SubmittedAt">When it was opened for signatures; null before.</param>
/// <param name="ArmAfter">End of the cooling-off; null before approval.</param>
public sealed record ApprovalRequest(
    string Id,
    string RequestedBy,
    IReadOnlyList<string> Excluded,
    ApprovalBinding Binding,
    string Digest,
    ApprovalState State,
    IReadOnlyList<Decision> Decisions,
    DateTimeOffset? ApproveBefore,
    DateTimeOffset? ExecuteBefore,
    DateTimeOffset? EndedAt,
    string? EndedBecause,
    long Version,
    DateTimeOffset? SubmittedAt = null,
    DateTimeOffset? ArmAfter = null)
{
    /// <summary>True when nothing can change any more (I9).</summary>
    public bool IsTerminal => State is ApprovalState.Consumed or ApprovalState.Rejected or ApprovalState.Withdrawn or ApprovalState.Expired
        or ApprovalState.Revoked or ApprovalState.Invalidated;

    /// <summary>A new request; nobody can sign it before <see cref="Submit"/>.</summary>
    public static ApprovalRequest Draft(string id, string requestedBy, IReadOnlyList<string> excluded, ApprovalBinding binding)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return new(id, requestedBy, excluded, binding, binding.Digest(), ApprovalState.Draft, [], null, null, null, null, 1);
    }

    /// <summary>Opens it for signatures and starts the first clock.</summary>
    /// <param name="eligible">How many people could sign; the quorum must be smaller (R75).</param>
    /// <param name="options">Quorum and clocks.</param>
    /// <param name="now">Present time.</param>
    public Outcome<ApprovalRequest> Submit(int eligible, ApprovalOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (NotIn("submitted", ApprovalState.Draft) ?? options.Check(eligible)) is { } no
            ? no
            : Changed(ApprovalState.Submitted) with { SubmittedAt = now, ApproveBefore = now + options.ApproveWithin };
    }

    /// <summary>Adds a signature. A rejection ends it; the last approval starts the second clock.</summary>
    public Outcome<ApprovalRequest> Decide(Decision decision, ApprovalOptions options)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(options);
        if ((NotIn("signed", ApprovalState.Submitted) ?? Late(ApproveBefore, decision.At) ?? ApprovalPolicy.MaySign(this, decision, options)) is { } no)
        {
            return no;
        }

        var signed = this with { Decisions = [.. Decisions, decision] };
        return ApprovalPolicy.Judge(signed, options) switch
        {
            Verdict.Allow => signed.Changed(ApprovalState.Approved) with
            {
                ArmAfter = decision.At + options.CoolingOff,
                ExecuteBefore = decision.At + options.CoolingOff + options.ExecuteWithin,
            },
            Verdict.Wait => signed.Changed(ApprovalState.Submitted),
            Verdict.Deny(var why) => signed.Ended(ApprovalState.Rejected, why.Reason, decision.At),
            _ => throw new InvalidOperationException("A verdict is allow, wait or deny."),
        };
    }

    /// <summary>Sets the flag. What is bound is computed afresh; if it differs, the request is voided instead.</summary>
    public Outcome<ApprovalRequest> Arm(ApprovalBinding fresh, ApprovalOptions options, DateTimeOffset now) =>
        (NotIn("armed", ApprovalState.Approved) ?? Late(ExecuteBefore, now) ?? Cooling(now)) is { } no ? no
        : Drifted(fresh, now) is { } voided ? voided
        : ApprovalPolicy.Judge(this, options) is Verdict.Allow ? Changed(ApprovalState.Armed)
        : Ended(ApprovalState.Invalidated, "The signatures no longer satisfy the policy.", now);

    /// <summary>Uses the flag: once, and only for what was signed. The caller stores this together with the act's first step.</summary>
    public Outcome<ApprovalRequest> Consume(ApprovalBinding fresh, DateTimeOffset now) =>
        (NotIn("consumed", ApprovalState.Armed) ?? Late(ExecuteBefore, now)) is { } no ? no
        : Drifted(fresh, now) ?? Ended(ApprovalState.Consumed, "Used.", now);

    /// <summary>Takes it back before it is approved; only the requester may.</summary>
    public Outcome<ApprovalRequest> Withdraw(Actor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        return NotIn("withdrawn", ApprovalState.Draft, ApprovalState.Submitted) is { } no ? no
            : by.Id != RequestedBy ? new Refusal("R74", RefusalKind.NotThisPerson, $"Only {RequestedBy} withdraws this.", "An engineer may reject it.")
            : Ended(ApprovalState.Withdrawn, $"Withdrawn by {by.Id}.", now);
    }

    /// <summary>Takes it back at any time before it is used (R74); any engineer or the requester may.</summary>
    public Outcome<ApprovalRequest> Revoke(Actor by, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        return NotIn("revoked", ApprovalState.Submitted, ApprovalState.Approved, ApprovalState.Armed) is { } no ? no
            : by.Id != RequestedBy && by.Role != Role.Engineering ? new Refusal("R74", RefusalKind.NotThisPerson, $"{by.Id} may not revoke this.", $"{RequestedBy} or an engineer may.")
            : Ended(ApprovalState.Revoked, string.IsNullOrWhiteSpace(reason) ? $"Revoked by {by.Id}." : $"Revoked by {by.Id}: {reason.Trim()}", now);
    }

    /// <summary>Ends it because what it was asked for is no longer wanted or possible, for example since the customer released the device after all.</summary>
    public Outcome<ApprovalRequest> Void(string because, DateTimeOffset now) =>
        NotIn("voided", ApprovalState.Submitted, ApprovalState.Approved, ApprovalState.Armed) is { } no ? no : Ended(ApprovalState.Invalidated, because, now);

    /// <summary>Looks at the clocks: the request as it is at <paramref name="now"/>, expired if one of them ran out.</summary>
    public ApprovalRequest AsOf(DateTimeOffset now)
    {
        var clock = State switch
        {
            ApprovalState.Submitted => ApproveBefore,
            ApprovalState.Approved or ApprovalState.Armed => ExecuteBefore,
            _ => null,
        };
        return clock is { } end && now >= end
            ? Ended(ApprovalState.Expired, State == ApprovalState.Submitted ? "The time to approve ran out." : "The time to execute ran out.", end)
            : this;
    }

    /// <summary>The request as voided because <paramref name="fresh"/> is not what was signed; null while nothing has changed, or when it has ended anyway.</summary>
    public ApprovalRequest? Drifted(ApprovalBinding fresh, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        return IsTerminal || (fresh.Digest() == Digest && Binding.Digest() == Digest)
            ? null
            : Ended(ApprovalState.Invalidated, $"Changed since it was signed: {string.Join(", ", fresh.ChangesFrom(Binding))}.", now);
    }

    private Refusal? Cooling(DateTimeOffset now) => ArmAfter is { } end && now < end
        ? new Refusal("W5", RefusalKind.NotInThisState, $"{Id} cools off until {end:yyyy-MM-dd HH:mm:ss}Z.", "It arms by itself then; until then it can be revoked.")
        : null;

    private Refusal? NotIn(string verb, params ReadOnlySpan<ApprovalState> states) => states.Contains(State)
        ? null
        : new Refusal(IsTerminal ? "I9" : "R74", RefusalKind.NotInThisState, $"{Id} is {State} and cannot be {verb}.", IsTerminal ? "Ask for a new one; an ended request is never reopened." : null);

    private Refusal? Late(DateTimeOffset? clock, DateTimeOffset now) => now < clock
        ? null
        : new Refusal("R74", RefusalKind.NotInThisState, $"The time of {Id} ran out at {clock:yyyy-MM-dd HH:mm:ss}Z.", "Ask for a new one.");

    private ApprovalRequest Changed(ApprovalState state) => this with { State = state, Version = Version + 1 };

    private ApprovalRequest Ended(ApprovalState state, string because, DateTimeOffset at) => Changed(state) with { EndedAt = at, EndedBecause = because };
}
