namespace PaymentHsm.Portal.Timeline;

/// <summary>What happened to a thing: every intent, decision, command, answer and piece of evidence in order, and how the thing stood at any instant.</summary>
public interface ITimelines
{
    /// <summary>The newest lines that match, and the state at the instant that was asked for.</summary>
    Task<TimelineView> ReadAsync(TimelineSubject subject, TimelineFilter filter, CancellationToken cancellationToken);
}

/// <summary>Whose timeline: a line belongs to it when any of these matches.</summary>
/// <param name="Serial">A device.</param>
/// <param name="Ticket">A ticket.</param>
/// <param name="Operations">Operations that belong to the subject whatever device or ticket they name, for example those of a customer's resource.</param>
public sealed record TimelineSubject(string? Serial = null, string? Ticket = null, IReadOnlyList<Guid>? Operations = null);

/// <summary>Which lines.</summary>
/// <param name="Kind">Only lines of this kind.</param>
/// <param name="Text">Only lines in which these words stand.</param>
/// <param name="At">As things stood at this instant (UTC); null for now.</param>
public sealed record TimelineFilter(TimelineKind? Kind = null, string? Text = null, DateTimeOffset? At = null, int Take = 60);

/// <summary>A timeline.</summary>
/// <param name="Total">How many lines match.</param>
/// <param name="Lines">The newest of them, newest first.</param>
/// <param name="State">The facts as they stood at the instant; empty when no instant was asked for.</param>
public sealed record TimelineView(int Total, IReadOnlyList<TimelineLine> Lines, IReadOnlyList<TimelineFact> State);

/// <summary>One line.</summary>
/// <param name="Id">Stable, for the address of the line: <c>#a118</c> for entry 118 of the audit log.</param>
/// <param name="Icon">Shape of the sprite.</param>
/// <param name="RuleId">The rule that refused; null when nothing was refused.</param>
/// <param name="Link">Where the line leads; null when nowhere.</param>
/// <param name="Changes">Facts that it changed: name, before, after.</param>
public sealed record TimelineLine(
    string Id, DateTimeOffset At, TimelineKind Kind, string Icon, string Title, string Who, string What, string? RuleId, string? Link, IReadOnlyList<TimelineChange> Changes);

/// <summary>One fact before and after.</summary>
public sealed record TimelineChange(string Name, string? Before, string? After);

/// <summary>One fact as it stood, and the line that made it so.</summary>
public sealed record TimelineFact(string Name, string Value, DateTimeOffset? Since, string? Line);

/// <summary>What a line is.</summary>
public enum TimelineKind
{
    /// <summary>Somebody wants something.</summary>
    Intent,

    /// <summary>Somebody said yes or no.</summary>
    Decision,

    /// <summary>The portal is about to act on a device.</summary>
    Command,

    /// <summary>What came back, and how it ended.</summary>
    Answer,

    /// <summary>Something seen or filed that proves a step.</summary>
    Evidence,

    /// <summary>A state that changed.</summary>
    Change,

    /// <summary>Something said.</summary>
    Message,

    /// <summary>A rule said no.</summary>
    Refusal,
}
