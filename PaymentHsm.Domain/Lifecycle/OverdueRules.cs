namespace PaymentHsm.Domain.Lifecycle;

/// <summary>When something that has a deadline needs a person (I10, R88).</summary>
public static class OverdueRules
{
    /// <summary>How a deadline stands: past, or past three quarters of the time that there was.</summary>
    /// <param name="since">When the time began to run.</param>
    /// <param name="deadline">When it is over.</param>
    /// <param name="now">Present time (UTC).</param>
    public static OverdueStanding Judge(DateTimeOffset since, DateTimeOffset deadline, DateTimeOffset now) =>
        now >= deadline ? OverdueStanding.Stuck
        : now - since >= (deadline - since) * 0.75 ? OverdueStanding.StuckSoon
        : OverdueStanding.InTime;

    /// <summary>Why <paramref name="by"/> may not use the way out of something overdue; null when they may.</summary>
    public static Refusal? MayEscape(People.Actor by, OverdueStanding standing)
    {
        ArgumentNullException.ThrowIfNull(by);
        return by.Role != People.Role.Engineering ? new Refusal("R88", RefusalKind.NotThisPerson, $"The way out of a stuck state is an engineer's; {by.Id} is {by.Role}.", "Ask an engineer.")
            : standing != OverdueStanding.Stuck ? new Refusal("R88", RefusalKind.NotInThisState, "It is not past its deadline.", "Wait; it is still being worked on.")
            : null;
    }
}

/// <summary>How a deadline stands.</summary>
public enum OverdueStanding
{
    /// <summary>Less than three quarters of the time are gone.</summary>
    InTime,

    /// <summary>Three quarters are gone.</summary>
    StuckSoon,

    /// <summary>The deadline is past.</summary>
    Stuck,
}
