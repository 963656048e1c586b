using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tickets;

/// <summary>Moving, giving and escalating tickets (R58).</summary>
public static class TicketMoves
{
    /// <summary>Why the ticket may not move there; null when it may.</summary>
    public static Refusal? Move(Ticket ticket, TicketState next, TicketClosing? closing, string? reason)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        if (ticket.State == next)
        {
            return new("R58", RefusalKind.NotInThisState, $"{ticket.Number} is {next} already.");
        }

        if (next == TicketState.WaitingForCustomer && ticket.State == TicketState.Closed)
        {
            return new("R58", RefusalKind.NotInThisState, $"{ticket.Number} is closed.", "Open it again first.");
        }

        if (next != TicketState.Closed)
        {
            return null;
        }

        return Closing(ticket, closing ?? TicketClosing.Solved, reason);
    }

    /// <summary>Why this person may not have the ticket; null when they may.</summary>
    public static Refusal? Owner(string owner, IEnumerable<Actor> workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        var known = workers.Select(w => w.Id).Order(StringComparer.Ordinal).ToList();
        return known.Count == 0 || known.Contains(owner)
            ? null
            : new("R58", RefusalKind.BadInput, $"'{owner}' is nobody of Support or Engineering.", $"Give it to one of {string.Join(", ", known)}.");
    }

    /// <summary>Why it may not be escalated; null when it may.</summary>
    public static Refusal? Escalate(Ticket ticket, string? reason)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return (ticket, string.IsNullOrWhiteSpace(reason)) switch
        {
            ({ State: TicketState.Closed }, _) => new("R58", RefusalKind.NotInThisState, $"{ticket.Number} is closed.", "Open it again first."),
            ({ Clock.EscalatedAt: { } at }, _) => new("R58", RefusalKind.NotInThisState, $"{ticket.Number} was escalated at {at:yyyy-MM-dd HH:mm:ss}Z and nobody has taken it since.", "Give it to somebody."),
            (_, true) => new("R58", RefusalKind.BadInput, "A reason is missing.", "Say in a sentence what is needed from whom."),
            _ => null,
        };
    }

    private static Refusal? Closing(Ticket ticket, TicketClosing closing, string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return new("R58", RefusalKind.BadInput, "A reason for closing is missing.", "Say in a sentence how it ended; it stays in the record.");
        }

        if (reason.Length > TicketRules.MaxText)
        {
            return new("R58", RefusalKind.BadInput, $"The reason has {reason.Length} characters; {TicketRules.MaxText} is the most.");
        }

        return closing == TicketClosing.RoutedToThales && Triage.OwnerOf(ticket) != CaseOwner.Thales
            ? new("R5", RefusalKind.BadInput, $"{Triage.Of(ticket.Category).Word} is not Thales support's case.", "Give the ticket the right category first, or close it as solved.")
            : null;
    }
}
