namespace PaymentHsm.Domain.Tickets;

/// <summary>
/// The clock of a ticket (R58). The operator's time runs while the ticket is open; while it waits for the customer that time pauses and another, longer
/// clock runs, so that no ticket is ever forgotten; a closed ticket has none.
/// </summary>
/// <param name="StateSince">When the present state was entered (UTC).</param>
/// <param name="Due">When the present state is overdue; null once closed.</param>
/// <param name="Left">What is left of the operator's time while it pauses; negative when it had run out already.</param>
/// <param name="EscalatedAt">When it was escalated; null when it was not, or when somebody took it since.</param>
public sealed record TicketClock(DateTimeOffset StateSince, DateTimeOffset? Due, TimeSpan? Left = null, DateTimeOffset? EscalatedAt = null)
{
    /// <summary>The clock of a new ticket.</summary>
    public static TicketClock Start(Severity severity, TicketClockOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TicketClock(now, now + options.WorkTime(severity));
    }

    /// <summary>True when the present state has lasted longer than it may.</summary>
    public bool IsOverdue(DateTimeOffset now) => Due <= now;

    /// <summary>The clock after the ticket moved.</summary>
    public TicketClock Move(TicketState from, TicketState next, Severity severity, TicketClockOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (from == next)
        {
            return this;
        }

        return next switch
        {
            TicketState.WaitingForCustomer => new TicketClock(now, now + options.CustomerTime, Due - now ?? options.WorkTime(severity), EscalatedAt),
            TicketState.Open => new TicketClock(now, now + (Left ?? options.WorkTime(severity)), null, from == TicketState.Closed ? null : EscalatedAt),
            _ => new TicketClock(now, null, null, EscalatedAt),
        };
    }
}

/// <summary>How long a ticket may stay in a state, and who is told when it stays longer.</summary>
public sealed record TicketClockOptions
{
    /// <summary>The operator's time for the highest severity.</summary>
    public TimeSpan Critical { get; init; } = TimeSpan.FromHours(2);

    public TimeSpan High { get; init; } = TimeSpan.FromHours(8);

    public TimeSpan Medium { get; init; } = TimeSpan.FromDays(2);

    public TimeSpan Low { get; init; } = TimeSpan.FromDays(5);

    /// <summary>The customer's time (W5: the customer's document, 5 d).</summary>
    public TimeSpan CustomerTime { get; init; } = TimeSpan.FromDays(5);

    /// <summary>The operator's time for a ticket of this severity.</summary>
    public TimeSpan WorkTime(Severity severity) => severity switch
    {
        Severity.Critical => Critical,
        Severity.High => High,
        Severity.Medium => Medium,
        _ => Low,
    };
}
