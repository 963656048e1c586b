using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.Notifications;

/// <summary>What people are told about a ticket.</summary>
public static class TicketNotices
{
    /// <summary>The new owner learns that the ticket is theirs. <paramref name="revision"/> tells one giving from the next.</summary>
    public static Notice Assigned(Ticket ticket, string owner, string by, long revision)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return new Notice(
            $"ticket:{ticket.Number}:assigned:{revision}", "ticket.assigned", ticket.Severity == Severity.Critical ? NoticeLevel.Critical : NoticeLevel.Action,
            $"{ticket.Number} is yours", $"{by} gave you {ticket.Number}, {ticket.Severity}: {ticket.Subject}", Link(ticket), Audience.Of(owner), ticket.Serial, ticket.Number);
    }

    /// <summary>The escalation target is called; the owner and whoever escalated know too.</summary>
    public static Notice Escalated(Ticket ticket, Role target, string by, string reason, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        string[] told = [.. new[] { ticket.Owner, by }.OfType<string>().Where(p => p != "The clock")];
        return new Notice(
            $"ticket:{ticket.Number}:escalated:{at.UtcTicks}", "ticket.escalated", NoticeLevel.Critical,
            $"{ticket.Number} is escalated", $"{by} escalated {ticket.Number}, {ticket.Severity}: {ticket.Subject.TrimEnd('.')}. Reason: {reason}", Link(ticket), new Audience(told, target), ticket.Serial, ticket.Number);
    }

    private static string Link(Ticket ticket) => $"/tickets/{ticket.Number}";
}
