namespace PaymentHsm.Domain;

/// <summary>A rule said no. Refusals are answers, never exceptions: they name the rule, what was wrong, and what to do instead.</summary>
/// <param name="RuleId">The requirement or invariant, for example <c>R67</c>.</param>
/// <param name="Kind">What the refusal is about.</param>
/// <param name="Reason">What was wrong, in one sentence for the person who asked. Nothing was changed.</param>
/// <param name="Instead">What to do, or who may; null when nothing helps.</param>
public sealed record Refusal(string RuleId, RefusalKind Kind, string Reason, string? Instead = null)
{
    /// <summary>The words shown to people: rule first.</summary>
    public override string ToString() => Instead is null ? $"{RuleId}: {Reason}" : $"{RuleId}: {Reason} {Instead}";
}

/// <summary>What a refusal is about; the APIs map it to 403, 409, 422 and 404.</summary>
public enum RefusalKind
{
    /// <summary>This person may not do it; somebody else may.</summary>
    NotThisPerson,

    /// <summary>Not in the present state of the thing.</summary>
    NotInThisState,

    /// <summary>The input is wrong or incomplete.</summary>
    BadInput,

    /// <summary>There is no such thing.</summary>
    NotFound,
}

/// <summary>Outcome of a command: done with a value, or refused by a rule.</summary>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    public sealed record Done(T Value) : Outcome<T>;

    public sealed record Refused(Refusal Why) : Outcome<T>;

    public static implicit operator Outcome<T>(T value) => new Done(value);

    public static implicit operator Outcome<T>(Refusal why) => new Refused(why);
}
