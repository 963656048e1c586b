using PaymentHsm.Domain;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Overdue;

/// <summary>Something that has a deadline, and how it stands (R88, I10).</summary>
/// <param name="Kind">Which source named it: <c>device</c>, <c>resource</c>, <c>operation</c> and the like.</param>
/// <param name="Id">Its id within the source.</param>
/// <param name="What">What it is, in words.</param>
/// <param name="State">The state that has the deadline, in words.</param>
/// <param name="Owner">Who acts next.</param>
/// <param name="Since">When the time began to run (UTC).</param>
/// <param name="Deadline">When it is over (UTC).</param>
/// <param name="Link">The page where it is followed.</param>
/// <param name="Escape">The targeted way out; null when there is none besides what its page offers.</param>
public sealed record OverdueItem(string Kind, string Id, string What, string State, string Owner, DateTimeOffset Since, DateTimeOffset Deadline, string Link, OverdueEscape? Escape = null)
{
    /// <summary>How the deadline stands.</summary>
    public OverdueStanding StandingAt(DateTimeOffset now) => OverdueRules.Judge(Since, Deadline, now);
}

/// <summary>The way out of one overdue thing: one confirmed act of an engineer.</summary>
/// <param name="Label">The verb, for a button.</param>
/// <param name="Consequence">What it does, in one sentence.</param>
/// <param name="Closed">Why it cannot be done now, whoever asks; null when it can.</param>
public sealed record OverdueEscape(string Label, string Consequence, Refusal? Closed = null);
