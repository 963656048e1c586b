using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Approvals;

/// <summary>
/// Who may sign, and what the signatures add up to. Deny beats wait beats allow, and what is not known denies. People are told apart by their id, never
/// by their role: the same person under another role is the same person (R10).
/// </summary>
public static class ApprovalPolicy
{
    /// <summary>Longest comment, in characters.</summary>
    public const int MaxComment = 2000;

    /// <summary>Why this signature is not accepted; null when it is.</summary>
    public static Refusal? MaySign(ApprovalRequest request, Decision decision, ApprovalOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(options);
        return Closed(request, decision.By) ?? Signature(request, decision, options);
    }

    /// <summary>Why this person may not sign this request at all, whatever they type; null when they may. It says whose inbox a request belongs into.</summary>
    public static Refusal? Closed(ApprovalRequest request, Actor by)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(by);
        return Eligible(request, by)
            ?? (HasSigned(request, by) ? new Refusal("R75", RefusalKind.NotThisPerson, $"{by.Id} has signed this request already.", "Another engineer may.") : null);
    }

    /// <summary>True when the person has signed it, in whatever role.</summary>
    public static bool HasSigned(ApprovalRequest request, Actor by)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(by);
        return request.Decisions.Any(d => Same(d.By.Id, by.Id));
    }

    /// <summary>How many of these people could sign: the quorum must be smaller (R75).</summary>
    /// <param name="people">Everybody with a vote.</param>
    /// <param name="requestedBy">Who asks.</param>
    /// <param name="excluded">Others who may not sign.</param>
    public static int Eligible(IEnumerable<Actor> people, string requestedBy, IReadOnlyList<string> excluded) => people
        .Where(p => p.Role == Role.Engineering && !Same(p.Id, requestedBy) && !excluded.Any(e => Same(e, p.Id)))
        .Select(p => p.Id)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Count();

    /// <summary>
    /// R10: whoever acts on an armed approval is none of those who asked for it or signed it. A program that acts for the customer is nobody of the case.
    /// </summary>
    public static Refusal? MayExecute(ApprovalRequest request, Actor by)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(by);
        return by.Role is not (Role.Engineering or Role.Automation) ? new("R72", RefusalKind.NotThisPerson, $"The customer or Engineering carries it out; {by.Id} is {by.Role}.", "An engineer who did not sign may.")
            : HasSigned(request, by) ? new("R10", RefusalKind.NotThisPerson, $"{by.Id} signed {request.Id}. Whoever signs may not carry it out.", "The customer, or an engineer who did not sign, may.")
            : Same(by.Id, request.RequestedBy) ? new("R10", RefusalKind.NotThisPerson, $"{by.Id} asked for {request.Id}. Whoever asks may not carry it out.", "The customer, or an engineer who did not sign, may.")
            : null;
    }

    /// <summary>What the signatures of a request add up to. They are judged afresh, so that a stored signature that breaks a rule denies.</summary>
    public static Verdict Judge(ApprovalRequest request, ApprovalOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var decision in request.Decisions)
        {
            if ((Eligible(request, decision.By) ?? Signature(request, decision, options)) is { } broken)
            {
                return new Verdict.Deny(broken);
            }

            if (decision.Kind != DecisionKind.Approve)
            {
                return new Verdict.Deny(new Refusal("R75", RefusalKind.NotInThisState, $"{decision.By.Id} rejected it: {decision.Comment}"));
            }
        }

        var people = request.Decisions.Select(d => d.By.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        var needed = options.Needed;
        return people >= needed ? new Verdict.Allow() : new Verdict.Wait(needed - people);
    }

    /// <summary>I6: nobody who asked, owns the ticket, executes or witnesses may sign; and only Engineering may.</summary>
    private static Refusal? Eligible(ApprovalRequest request, Actor by) =>
        string.IsNullOrWhiteSpace(by.Id) ? new("R10", RefusalKind.NotThisPerson, "The person is not known.")
        : Same(by.Id, request.RequestedBy) ? new("R75", RefusalKind.NotThisPerson, $"{by.Id} asked for this. Whoever asks may not sign.", "Another engineer may.")
        : request.Excluded.Any(e => Same(e, by.Id)) ? new("I6", RefusalKind.NotThisPerson, $"{by.Id} owns the ticket, executes or witnesses this case and may not sign it.", "Another engineer may.")
        : by.Role != Role.Engineering ? new("R75", RefusalKind.NotThisPerson, $"Engineering signs; {by.Id} is {by.Role}.", "An engineer may.")
        : null;

    /// <summary>An approval must show that the whole page was read and the person is present; a no needs a reason only.</summary>
    private static Refusal? Signature(ApprovalRequest request, Decision decision, ApprovalOptions options) =>
        string.IsNullOrWhiteSpace(decision.Comment) ? new("R84", RefusalKind.BadInput, "A comment is missing.", "Say in a sentence why.")
        : decision.Comment.Length > MaxComment ? new("R84", RefusalKind.BadInput, $"The comment has {decision.Comment.Length} characters; {MaxComment} is the most.")
        : decision.Kind == DecisionKind.Reject ? null
        : !string.Equals(decision.Digest, request.Digest, StringComparison.Ordinal) ? new("R74", RefusalKind.BadInput, "The page that was signed shows another digest; something has changed since.", "Reload and read it again.")
        : !string.Equals(decision.TypedSerial.Trim(), request.Binding.Serial.ToString(), StringComparison.Ordinal) ? new("R76", RefusalKind.BadInput, $"The serial typed is not {request.Binding.Serial}.", "Type or scan the whole serial.")
        : decision.StepUpAt is not { } proved || decision.At - proved > options.StepUpAge || proved > decision.At
            ? new("R75", RefusalKind.NotThisPerson, $"A second factor not older than {options.StepUpAge.TotalMinutes:0} minutes is needed to sign.", "Sign in again with your second factor.")
        : null;

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
