namespace PaymentHsm.Domain.Tickets;

/// <summary>Finds documents of tickets, for rules that need one (W5 step 2).</summary>
public interface ITicketDocuments
{
    /// <summary>The document of that ticket; null when the ticket has none with that id.</summary>
    Task<TicketDocument?> FindAsync(string ticketNumber, string documentId, CancellationToken cancellationToken);
}
