using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Tickets;

/// <inheritdoc cref="ITicketDesk"/>
internal sealed class TicketDesk(IPortalDbs dbs, Ledger ledger, IFleetFeed feed, TimeProvider clock) : ITicketDesk
{
    public async Task<TicketPage> PageAsync(TicketFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = db.Tickets.AsNoTracking();
        if (filter.State is { } state)
        {
            rows = rows.Where(t => t.State == state);
        }

        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var text = $"%{filter.Text.Trim()}%";
            var id = TicketNumber.Parse(filter.Text.Trim());
            rows = rows.Where(t => EF.Functions.Like(t.Subject, text) || EF.Functions.Like(t.Serial, text) || EF.Functions.Like(t.Customer!, text) || t.Id == id);
        }

        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(t => t.Id).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancellationToken);
        return new TicketPage(total, [.. page.Select(t => t.ToTicket())]);
    }

    public async Task<TicketDetail?> FindAsync(string number, CancellationToken cancellationToken)
    {
        if (TicketNumber.Parse(number) is not { } id)
        {
            return null;
        }

        await using var db = dbs.Open();
        if (await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellationToken) is not { } row)
        {
            return null;
        }

        var notes = await db.TicketNotes.AsNoTracking().Where(n => n.TicketId == id).OrderBy(n => n.Id).ToListAsync(cancellationToken);
        var operations = await db.Operations.AsNoTracking().Where(o => o.TicketId == id).OrderByDescending(o => o.RequestedAt).ToListAsync(cancellationToken);
        return new TicketDetail(row.ToTicket(), [.. notes.Select(n => n.ToNote())], [.. operations.Select(o => o.ToOperation())]);
    }

    public async Task<Outcome<Ticket>> OpenAsync(Actor actor, OpenTicket request, CancellationToken cancellationToken)
    {
        if (TicketRules.MayWrite(actor) is { } refusal)
        {
            return await RefusedAsync(actor, "ticket.open", refusal, cancellationToken);
        }

        if (Faults(request, out var serial, out var severity) is { } faults)
        {
            return faults;
        }

        var tile = feed.Current.Tiles[serial];
        var now = clock.GetUtcNow();
        return await ledger.WriteAsync<Outcome<Ticket>>(
            async db =>
            {
                var row = new TicketRow
                {
                    Subject = request.Subject!.Trim(),
                    Serial = serial.ToString(),
                    Customer = string.IsNullOrWhiteSpace(request.Customer) ? tile.Customer : request.Customer.Trim(),
                    Category = TicketRules.Category(request.Category),
                    Severity = severity,
                    Description = request.Description?.Trim(),
                    State = TicketState.Open,
                    OpenedBy = actor.Id,
                    OpenedAt = now,
                    StateSince = now,
                    Owner = actor.Id,
                    Version = 1,
                };
                db.Tickets.Add(row);
                await db.SaveChangesAsync(cancellationToken);
                var ticket = row.ToTicket();
                return (ticket, [new AuditNote(actor, "ticket.opened", $"{ticket.Number} opened: {ticket.Subject}", serial, ticket.Number)]);
            },
            cancellationToken);
    }

    public async Task<Outcome<TicketNote>> CommentAsync(Actor actor, string number, string text, CancellationToken cancellationToken)
    {
        if (TicketRules.MayWrite(actor) is { } refusal)
        {
            return await RefusedAsync(actor, "ticket.comment", refusal, cancellationToken);
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > TicketRules.MaxText)
        {
            return new Refusal("R53", RefusalKind.BadInput, string.IsNullOrWhiteSpace(text) ? "The message is empty." : $"The message has {text.Length} characters; {TicketRules.MaxText} is the most.");
        }

        if (await FindAsync(number, cancellationToken) is not { Ticket: var ticket })
        {
            return NoSuch(number);
        }

        var row = new TicketNoteRow { TicketId = TicketNumber.Parse(ticket.Number)!.Value, Author = actor.Id, At = clock.GetUtcNow(), Text = text.Trim() };
        return await ledger.WriteAsync<Outcome<TicketNote>>(
            db =>
            {
                db.TicketNotes.Add(row);
                return Task.FromResult(((Outcome<TicketNote>)row.ToNote(), (IReadOnlyList<AuditNote>)[new AuditNote(actor, "ticket.noted", $"Message on {ticket.Number}", ticket.Serial, ticket.Number)]));
            },
            cancellationToken);
    }

    public async Task<Outcome<Ticket>> MoveAsync(Actor actor, string number, TicketState state, long revision, CancellationToken cancellationToken)
    {
        if (TicketRules.MayWrite(actor) is { } refusal)
        {
            return await RefusedAsync(actor, "ticket.move", refusal, cancellationToken);
        }

        if (TicketNumber.Parse(number) is not { } id)
        {
            return NoSuch(number);
        }

        return await ledger.WriteAsync<Outcome<Ticket>>(
            async db =>
            {
                if (await db.Tickets.FirstOrDefaultAsync(t => t.Id == id, cancellationToken) is not { } row)
                {
                    return (NoSuch(number), []);
                }

                if (row.Version != revision)
                {
                    return (new Refusal("R84", RefusalKind.NotInThisState, $"{number} was changed since you opened it (revision {row.Version}, you saw {revision}).", "Look at it again, then repeat."), []);
                }

                if (state == TicketState.Closed && await db.Operations.AnyAsync(o => o.TicketId == id && o.State != Domain.Operations.OperationState.Finished, cancellationToken))
                {
                    return (new Refusal("R85", RefusalKind.NotInThisState, $"{number} has an operation that has not ended.", "Wait for it, or withdraw it."), []);
                }

                row.State = state;
                row.Version++;
                return (row.ToTicket(), [new AuditNote(actor, "ticket.moved", $"{number} is now {state}", HsmSerial.Parse(row.Serial), number)]);
            },
            cancellationToken);
    }

    private static Refusal NoSuch(string number) => new("R53", RefusalKind.NotFound, $"There is no ticket {number}.", "Check the number in the list of tickets.");

    /// <summary>All faults of the request at once; null when there is none.</summary>
    private Refusal? Faults(OpenTicket request, out HsmSerial serial, out Severity severity)
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(request.Subject))
        {
            faults.Add("The subject is missing.");
        }
        else if (request.Subject.Trim().Length > TicketRules.MaxSubject)
        {
            faults.Add($"The subject has {request.Subject.Trim().Length} characters; {TicketRules.MaxSubject} is the most.");
        }

        if (!HsmSerial.TryParse(request.Serial?.Trim(), out serial))
        {
            faults.Add(string.IsNullOrWhiteSpace(request.Serial) ? "The serial is missing." : $"'{request.Serial}' is not an HSM serial number (a letter, ten digits, a letter).");
        }
        else if (!feed.Current.Tiles.ContainsKey(serial))
        {
            faults.Add($"No device with the serial {serial} is enrolled.");
        }

        if (TicketRules.SeverityOf(request.Severity) is { } known)
        {
            severity = known;
        }
        else
        {
            severity = default;
            faults.Add($"'{request.Severity}' is not a severity; use Critical, High, Medium or Low.");
        }

        if (request.Description?.Length > TicketRules.MaxText)
        {
            faults.Add($"The description has {request.Description.Length} characters; {TicketRules.MaxText} is the most.");
        }

        return faults.Count == 0 ? null : new Refusal("R53", RefusalKind.BadInput, string.Join(" ", faults));
    }

    private async Task<Refusal> RefusedAsync(Actor actor, string action, Refusal refusal, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(new AuditNote(actor, action, refusal.ToString(), RuleId: refusal.RuleId), cancellationToken);
        return refusal;
    }
}
