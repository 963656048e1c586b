using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Opening, reading and working on tickets. Every command is refused here, in the application, when a rule or the actor's role stands against it.</summary>
public interface ITicketDesk
{
    /// <summary>Tickets, newest first; overdue ones by how long they are.</summary>
    Task<TicketPage> PageAsync(TicketFilter filter, CancellationToken cancellationToken);

    /// <summary>One ticket with its conversation, operations and documents; null when there is none.</summary>
    Task<TicketDetail?> FindAsync(string number, CancellationToken cancellationToken);

    /// <summary>What the severity guard says of a device, for the form; null when there is no such device.</summary>
    SeverityJudgement? Judge(string? serial, Severity asked);

    /// <summary>Opens a ticket.</summary>
    Task<Outcome<Ticket>> OpenAsync(Actor actor, OpenTicket request, CancellationToken cancellationToken);

    /// <summary>Opens a ticket unless one with the same reference is there already; then that one is returned as it is.</summary>
    Task<Outcome<OpenedTicket>> OpenOnceAsync(Actor actor, OpenTicket request, CancellationToken cancellationToken);

    /// <summary>Adds a message.</summary>
    Task<Outcome<TicketNote>> CommentAsync(Actor actor, string number, string text, CancellationToken cancellationToken);

    /// <summary>Moves the ticket: waiting for the customer, open again. <paramref name="revision"/> is the one the actor saw.</summary>
    Task<Outcome<Ticket>> MoveAsync(Actor actor, string number, TicketState state, long revision, CancellationToken cancellationToken);

    /// <summary>Closes the ticket with a reason.</summary>
    Task<Outcome<Ticket>> CloseAsync(Actor actor, string number, TicketClosing closing, string? reason, long revision, CancellationToken cancellationToken);

    /// <summary>Gives the ticket to somebody of Support or Engineering; null takes it from its owner. Whoever has it ends an escalation.</summary>
    Task<Outcome<Ticket>> AssignAsync(Actor actor, string number, string? owner, long revision, CancellationToken cancellationToken);

    /// <summary>Gives the ticket another category, and with it another owner of the case (R6: the operator looks first).</summary>
    Task<Outcome<Ticket>> ReclassifyAsync(Actor actor, string number, TicketCategory category, long revision, CancellationToken cancellationToken);

    /// <summary>Calls the escalation target (R58).</summary>
    Task<Outcome<Ticket>> EscalateAsync(Actor actor, string number, string? reason, CancellationToken cancellationToken);

    /// <summary>One item at once and one for every change of the ticket from now on, until the token is cancelled.</summary>
    IAsyncEnumerable<bool> FollowAsync(string number, CancellationToken cancellationToken);
}

/// <summary>What the ticket list asks for.</summary>
/// <param name="Overdue">True: only tickets whose clock has run out.</param>
/// <param name="Owner">Only tickets of this person; <c>-</c> for those of nobody.</param>
public sealed record TicketFilter(string? Text = null, TicketState? State = null, int Skip = 0, int Take = 50, bool Overdue = false, string? Owner = null);

/// <summary>One page of tickets and how many there are in all.</summary>
public sealed record TicketPage(int Total, IReadOnlyList<Ticket> Rows);

/// <summary>A ticket with everything that hangs on it.</summary>
public sealed record TicketDetail(Ticket Ticket, IReadOnlyList<TicketNote> Notes, IReadOnlyList<Operation> Operations)
{
    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TicketDocument> Documents { get; init; } = [];

    /// <summary>What the severity guard says now; null when the device is not enrolled any more.</summary>
    public SeverityJudgement? Severity { get; init; }

    /// <summary>Known issues that it may be about (R57).</summary>
    public IReadOnlyList<KnownIssueMatch> KnownIssues { get; init; } = [];

    /// <summary>Evidence bundles that were sealed under it.</summary>
    public IReadOnlyList<TicketEvidence> Evidence { get; init; } = [];
}

/// <summary>A sealed evidence bundle in one line.</summary>
public sealed record TicketEvidence(string Digest, string Kind, DateTimeOffset At);

/// <summary>A ticket as asked for; nothing in it is trusted yet.</summary>
/// <param name="Reference">The ticket's own number in the system that opens it; unique.</param>
public sealed record OpenTicket(string? Subject, string? Serial, string? Category, string? Severity, string? Customer, string? Description, string? Reference = null);

/// <summary>An opened ticket.</summary>
/// <param name="IsNew">False when it was there already under that reference.</param>
/// <param name="Severity">What the severity guard gave and why.</param>
public sealed record OpenedTicket(Ticket Ticket, bool IsNew, SeverityJudgement? Severity);
