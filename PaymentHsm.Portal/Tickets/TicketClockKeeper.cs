using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Tickets;

/// <summary>
/// Looks at the clocks of the tickets and escalates each that has run out, once: until somebody takes the ticket. What stands in the store decides, so a
/// start after a crash goes on where the last one stopped.
/// </summary>
internal sealed class TicketClockKeeper(IPortalDbs dbs, Ledger ledger, NoticeWriter notices, NamedChanges<Ticket> changes, TicketSettings settings, TimeProvider clock, ILogger<TicketClockKeeper> log)
    : BackgroundService, ITicketClocks
{
    public async Task<IReadOnlyList<Ticket>> OverdueAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var now = clock.GetUtcNow();
        var rows = await db.Tickets.AsNoTracking().Where(t => t.Due != null && t.Due <= now).OrderBy(t => t.Due).ThenBy(t => t.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(t => t.ToTicket())];
    }

    /// <summary>Escalates every overdue ticket that is not escalated yet.</summary>
    internal async Task EscalateAsync(CancellationToken cancellationToken)
    {
        foreach (var ticket in (await OverdueAsync(cancellationToken)).Where(t => t.Clock.EscalatedAt is null))
        {
            await EscalateAsync(TicketNumber.Parse(ticket.Number)!.Value, cancellationToken);
            changes.Publish(ticket.Number);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Clocks.LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EscalateAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The store may be away for a while; the next look tries again.
                log.ClockLookFailed(e);
            }
        }
    }

    private Task<bool> EscalateAsync(long id, CancellationToken cancellationToken) => ledger.WriteAsync<bool>(
        async db =>
        {
            var now = clock.GetUtcNow();

            // Somebody may have moved or taken it since it was listed.
            if (await db.Tickets.FirstOrDefaultAsync(t => t.Id == id && t.Due != null && t.Due <= now && t.EscalatedAt == null, cancellationToken) is not { } row)
            {
                return (false, []);
            }

            var before = row.ToTicket();

            // The revision stays: approvals are bound to it, and a clock changes nothing of what was signed.
            row.EscalatedAt = now;
            var reason = $"{before.State} since {before.Clock.StateSince:yyyy-MM-dd HH:mm:ss}Z, due {before.Clock.Due:yyyy-MM-dd HH:mm:ss}Z.";
            db.TicketNotes.Add(new TicketNoteRow { TicketId = id, Author = Actor.Portal.Id, At = now, Text = $"Overdue, escalated to {settings.Clocks.EscalateTo}: {reason}" });
            await notices.AddAsync(db, TicketNotices.Escalated(before, settings.Clocks.EscalateTo, "The clock", reason, now), cancellationToken);
            return (true, [new AuditNote(Actor.Portal, "ticket.overdue", $"{before.Number} is overdue and escalated to {settings.Clocks.EscalateTo}: {reason}", before.Serial, before.Number)]);
        },
        cancellationToken);
}
