using System.Globalization;

namespace PaymentHsm.Domain.Tickets;

/// <summary>The facts of a ticket that change, as the audit log keeps them before and after.</summary>
public static class TicketFacts
{
    public static IReadOnlyDictionary<string, string> Of(Ticket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return new Dictionary<string, string>
        {
            ["ticketState"] = ticket.State.ToString(),
            ["owner"] = ticket.Owner ?? "nobody",
            ["category"] = ticket.Category.ToString(),
            ["severity"] = ticket.Severity.ToString(),
            ["due"] = Moment(ticket.Clock.Due),
            ["escalated"] = Moment(ticket.Clock.EscalatedAt),
            ["closing"] = ticket.Closing?.ToString() ?? "none",
        };
    }

    private static string Moment(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "none";
}
