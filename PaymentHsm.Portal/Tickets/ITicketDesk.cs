using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Opening, reading and working on tickets. Every command is refused here, in the application, when a rule or the actor's role stands against it.</summary>
public interface ITicketDesk
{
    /// <summary>Tickets, newest first.</summary>
    Task<TicketPage> PageAsync(TicketFilter filter, CancellationToken cancellationToken);

    /// <summary>One ticket with its conversation and operations; null when there is none.</summary>
    Task<TicketDetail?> FindAsync(string number, CancellationToken cancellationToken);

    /// <summary>Opens a ticket.</summary>
    Task<Outcome<Ticket>> OpenAsync(Actor actor, OpenTicket request, CancellationToken cancellationToken);

    /// <summary>Adds a message.</summary>
    Task<Outcome<TicketNote>> CommentAsync(Actor actor, string number, string text, CancellationToken cancellationToken);

    /// <summary>Moves the ticket: waiting for the customer, open again, closed. <paramref name="revision"/> is the one the actor saw.</summary>
    Task<Outcome<Ticket>> MoveAsync(Actor actor, string number, TicketState state, long revision, CancellationToken cancellationToken);
}

/// <summary>What the ticket list asks for.</summary>
public sealed record TicketFilter(string? Text = null, TicketState? State = null, int Skip = 0, int Take = 50);

/// <summary>One page of tickets and how many there are in all.</summary>
public sealed record TicketPage(int Total, IReadOnlyList<Ticket> Rows);

/// <summary>A ticket with everything that hangs on it.</summary>
public sealed record TicketDetail(Ticket Ticket, IReadOnlyList<TicketNote> Notes, IReadOnlyList<Operation> Operations)
{
    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TicketDocument> Documents { get; init; } = [];
}

/// <summary>A ticket as asked for; nothing in it is trusted yet.</summary>
public sealed record OpenTicket(string? Subject, string? Serial, string? Category, string? Severity, string? Customer, string? Description);
