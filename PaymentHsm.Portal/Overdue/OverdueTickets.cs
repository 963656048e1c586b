using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Overdue;

/// <summary>Tickets on their clock (R58). An overdue one escalates by itself; the way out is to work on it.</summary>
internal sealed class OverdueTickets(IPortalDbs dbs) : IOverdueSource
{
    public string Kind => "ticket";

    public async Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = await db.Tickets.AsNoTracking().Where(t => t.State != TicketState.Closed).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => r.ToTicket()).Where(t => t.Clock.Due is not null).Select(t => new OverdueItem(
                Kind, t.Number, $"{t.Subject} ({t.Severity})", t.State.Spaced(), t.Owner ?? "Support", t.Clock.StateSince, t.Clock.Due!.Value, $"/tickets/{t.Number}")),
        ];
    }
}
