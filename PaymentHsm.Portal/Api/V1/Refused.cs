using PaymentHsm.Domain;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Turns refusals into problem details (RFC 9457) that carry the rule.</summary>
internal static class Refused
{
    /// <summary>403 not this person, 409 not in this state, 422 bad input, 404 no such thing.</summary>
    public static IResult AsProblem(this Refusal refusal) => Results.Problem(
        detail: refusal.Instead is null ? refusal.Reason : $"{refusal.Reason} {refusal.Instead}",
        title: $"{refusal.RuleId}: {refusal.Reason}",
        type: "about:blank",
        statusCode: refusal.Kind switch
        {
            RefusalKind.NotThisPerson => StatusCodes.Status403Forbidden,
            RefusalKind.NotInThisState => StatusCodes.Status409Conflict,
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        extensions: new Dictionary<string, object?> { ["ruleId"] = refusal.RuleId, ["instead"] = refusal.Instead });

    /// <summary>The answer of a command: <paramref name="done"/> makes the success, a refusal becomes its problem.</summary>
    public static IResult Answer<T>(this Outcome<T> outcome, Func<T, IResult> done) => outcome switch
    {
        Outcome<T>.Done(var value) => done(value),
        Outcome<T>.Refused(var why) => why.AsProblem(),
        _ => throw new InvalidOperationException("An outcome is either done or refused."),
    };

    /// <summary>There is no such thing.</summary>
    public static IResult NotFound(string kind, string id) =>
        Results.Problem(title: $"There is no {kind} {id}.", statusCode: StatusCodes.Status404NotFound, type: "about:blank");

    /// <summary>Signed in, but with none of the portal's roles.</summary>
    public static IResult NoRole() => new Refusal("R1", RefusalKind.NotThisPerson, "You are signed in, but have none of the portal's roles.", "Ask an administrator for one.").AsProblem();
}
