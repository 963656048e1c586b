using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Tickets whose clock has run out (R58).</summary>
public interface ITicketClocks
{
    /// <summary>Every open or waiting ticket that is overdue now, the longest first.</summary>
    Task<IReadOnlyList<Ticket>> OverdueAsync(CancellationToken cancellationToken);
}
