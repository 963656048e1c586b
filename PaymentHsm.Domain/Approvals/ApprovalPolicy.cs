using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Approvals;

/// <summary>
/// Who may sign, and what the signatures add up to. Deny beats wait beats allow, and what is not known denies. People are told apart by their id, never
/// by their role: the same person under another role is the same person (R10).
/// </summary>
public static class ApprovalPolicy
{
    /// <summary>Why this signature is not accepted; null when it is.</summary>
    public static Refusal? MaySign(ApprovalRequest request, Decision decision, ApprovalOptions options)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(options);
        return Eligible(request, decision.By)
            ?? (request.Decisions.Any(d => Same(d.By.Id, decision.By.Id)) ? new Refusal("R75", RefusalKind.NotThisPerson, $"{decision.By.Id} has signed this request already.", "Another engineer may.") : null)
            ?? Signature(request, decision, options);
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
        var needed = Math.Max(options.Quorum, ApprovalOptions.SmallestQuorum);
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
        : decision.Kind == DecisionKind.Reject ? null
        : !string.Equals(decision.Digest, request.Digest, StringComparison.Ordinal) ? new("R74", RefusalKind.BadInput, "The page that was signed shows another digest; something has changed since.", "Reload and read it again.")
        : !string.Equals(decision.TypedSerial.Trim(), request.Binding.Serial.ToString(), StringComparison.Ordinal) ? new("R76", RefusalKind.BadInput, $"The serial typed is not {request.Binding.Serial}.", "Type or scan the whole serial.")
        : decision.StepUpAt is not { } proved || decision.At - proved > options.StepUpAge || proved > decision.At
            ? new("R75", RefusalKind.NotThisPerson, $"A second factor not older than {options.StepUpAge.TotalMinutes:0} minutes is needed to sign.", "Sign in again with your second factor.")
        : null;

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
