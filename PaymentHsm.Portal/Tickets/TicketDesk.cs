using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Redaction;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Tickets;

/// <inheritdoc cref="ITicketDesk"/>
internal sealed class TicketDesk(
    IPortalDbs dbs, Ledger ledger, NoticeWriter notices, NamedChanges<Ticket> changes, IFleetFeed feed, IPeople people, TicketSettings settings, TimeProvider clock, IEnumerable<IEvidenceBundles> bundles) : ITicketDesk
{
    public async Task<TicketPage> PageAsync(TicketFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = db.Tickets.AsNoTracking();
        if (filter.State is { } state)
        {
            rows = rows.Where(t => t.State == state);
        }

        if (filter.Overdue)
        {
            var now = clock.GetUtcNow();
            rows = rows.Where(t => t.Due != null && t.Due <= now);
        }

        if (!string.IsNullOrWhiteSpace(filter.Owner))
        {
            var owner = filter.Owner.Trim() is "-" ? null : filter.Owner.Trim();
            rows = rows.Where(t => t.Owner == owner);
        }

        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var text = $"%{filter.Text.Trim()}%";
            var id = TicketNumber.Parse(filter.Text.Trim());
            rows = rows.Where(t => EF.Functions.Like(t.Subject, text) || EF.Functions.Like(t.Serial, text) || EF.Functions.Like(t.Customer!, text) || EF.Functions.Like(t.Reference!, text) || t.Id == id);
        }

        var total = await rows.CountAsync(cancellationToken);
        var sorted = filter.Overdue ? rows.OrderBy(t => t.Due).ThenBy(t => t.Id) : rows.OrderByDescending(t => t.Id);
        var page = await sorted.Skip(filter.Skip).Take(filter.Take).ToListAsync(cancellationToken);
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

        var ticket = row.ToTicket();
        var notes = await db.TicketNotes.AsNoTracking().Where(n => n.TicketId == id).OrderBy(n => n.Id).ToListAsync(cancellationToken);
        var operations = await db.Operations.AsNoTracking().Where(o => o.TicketId == id).OrderByDescending(o => o.RequestedAt).ToListAsync(cancellationToken);
        var documents = await db.TicketDocuments.AsNoTracking().Where(d => d.TicketId == id).OrderBy(d => d.Id).ToListAsync(cancellationToken);
        return new TicketDetail(ticket, [.. notes.Select(n => n.ToNote())], [.. operations.Select(o => o.ToOperation())])
        {
            Documents = [.. documents.Select(d => d.ToDocument())],
            Severity = Judge(row.Serial, row.AskedSeverity ?? row.Severity),
            KnownIssues = KnownIssues.Match(feed.Current.Tiles.GetValueOrDefault(ticket.Serial)?.Firmware, [ticket.Subject, ticket.Description, .. notes.Where(n => n.OperationId == null).Select(n => n.Text)]),
            Evidence = await EvidenceAsync(ticket.Number, cancellationToken),
        };
    }

    public SeverityJudgement? Judge(string? serial, Severity asked)
    {
        var tiles = feed.Current.Tiles;
        return HsmSerial.TryParse(serial?.Trim(), out var parsed) && tiles.TryGetValue(parsed, out var tile)
            ? SeverityGuard.Judge(asked, tile, tiles.Values, settings.SeverityWording)
            : null;
    }

    public async Task<Outcome<Ticket>> OpenAsync(Actor actor, OpenTicket request, CancellationToken cancellationToken) => await OpenOnceAsync(actor, request, cancellationToken) switch
    {
        Outcome<OpenedTicket>.Done(var opened) => opened.Ticket,
        Outcome<OpenedTicket>.Refused(var why) => why,
        _ => throw new InvalidOperationException("An outcome is either done or refused."),
    };

    public async Task<Outcome<OpenedTicket>> OpenOnceAsync(Actor actor, OpenTicket request, CancellationToken cancellationToken)
    {
        // Before anything else looks at the words: what is refused is logged too.
        var words = FreeText.Clean(actor, "a new ticket", null, null, request.Subject?.Trim(), request.Description?.Trim(), request.Customer?.Trim(), request.Category, request.Severity, request.Reference?.Trim(), request.Serial?.Trim());
        request = new OpenTicket(words.Texts[0], words.Texts[6], words.Texts[3], words.Texts[4], words.Texts[2], words.Texts[1], words.Texts[5] is { Length: > 0 } reference ? reference : null);
        if (TicketRules.MayWrite(actor) is { } refusal)
        {
            return await RefusedAsync(actor, "ticket.open", refusal, null, cancellationToken);
        }

        if (Faults(request, out var serial, out var asked) is { } faults)
        {
            return await RefusedAsync(actor, "ticket.open", faults, null, cancellationToken);
        }

        var tiles = feed.Current.Tiles;
        var judged = SeverityGuard.Judge(asked, tiles[serial], tiles.Values, settings.SeverityWording);
        var now = clock.GetUtcNow();
        return await ledger.WriteAsync<Outcome<OpenedTicket>>(
            async db =>
            {
                if (request.Reference is not null && await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Reference == request.Reference, cancellationToken) is { } existing)
                {
                    return (new OpenedTicket(existing.ToTicket(), false, null), []);
                }

                var row = NewRow(actor, request, tiles[serial], judged, now);
                db.Tickets.Add(row);
                await db.SaveChangesAsync(cancellationToken);
                var ticket = row.ToTicket();
                return (new OpenedTicket(ticket, true, judged), [.. OpeningNotes(actor, ticket, judged), .. words.Notes.Select(n => n with { Serial = serial, Ticket = ticket.Number })]);
            },
            cancellationToken);
    }

    public async Task<Outcome<TicketNote>> CommentAsync(Actor actor, string number, string text, CancellationToken cancellationToken)
    {
        if (TicketRules.MayWrite(actor) is { } refusal)
        {
            return await RefusedAsync(actor, "ticket.comment", refusal, null, cancellationToken);
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > TicketRules.MaxText)
        {
            var unfit = new Refusal("R53", RefusalKind.BadInput, string.IsNullOrWhiteSpace(text) ? "The message is empty." : $"The message has {text.Length} characters; {TicketRules.MaxText} is the most.");
            return await RefusedAsync(actor, "ticket.comment", unfit, null, cancellationToken);
        }

        if (TicketNumber.Parse(number) is not { } id)
        {
            return NoSuch(number);
        }

        var answer = await ledger.WriteAsync<Outcome<TicketNote>>(
            async db =>
            {
                if (await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellationToken) is not { } of)
                {
                    return (NoSuch(number), []);
                }

                var ticket = of.ToTicket();
                var words = FreeText.Clean(actor, "a ticket note", ticket.Serial, ticket.Number, text.Trim());
                var row = new TicketNoteRow { TicketId = id, Author = actor.Id, At = clock.GetUtcNow(), Text = words.Text! };
                db.TicketNotes.Add(row);
                return (row.ToNote(), [new AuditNote(actor, "ticket.noted", $"Message on {ticket.Number}", ticket.Serial, ticket.Number), .. words.Notes]);
            },
            cancellationToken);
        changes.Publish(TicketNumber.Of(id));
        return answer;
    }

    public Task<Outcome<Ticket>> MoveAsync(Actor actor, string number, TicketState state, long revision, CancellationToken cancellationToken) =>
        MoveAsync(actor, number, state, null, null, revision, cancellationToken);

    public Task<Outcome<Ticket>> CloseAsync(Actor actor, string number, TicketClosing closing, string? reason, long revision, CancellationToken cancellationToken) =>
        MoveAsync(actor, number, TicketState.Closed, closing, reason, revision, cancellationToken);

    public async Task<Outcome<Ticket>> AssignAsync(Actor actor, string number, string? owner, long revision, CancellationToken cancellationToken)
    {
        owner = string.IsNullOrWhiteSpace(owner) ? null : owner.Trim();
        IReadOnlyList<Actor> workers = [.. await people.WithRoleAsync(Role.Support, cancellationToken), .. await people.WithRoleAsync(Role.Engineering, cancellationToken)];
        return await ChangeAsync(actor, number, "ticket.assign", revision, null, async (db, row, ticket) =>
        {
            if (owner is not null && TicketMoves.Owner(owner, workers) is { } refusal)
            {
                return refusal;
            }

            row.Owner = owner;
            row.EscalatedAt = owner is null ? row.EscalatedAt : null;
            if (owner is not null && owner != actor.Id)
            {
                await notices.AddAsync(db, TicketNotices.Assigned(ticket, owner, actor.Id, row.Version + 1), cancellationToken);
            }

            return Changed(actor, "ticket.assigned", owner is null ? $"{ticket.Number} has no owner now" : $"{ticket.Number} given to {owner}", ticket, row);
        }, cancellationToken);
    }

    public Task<Outcome<Ticket>> ReclassifyAsync(Actor actor, string number, TicketCategory category, long revision, CancellationToken cancellationToken) =>
        ChangeAsync(actor, number, "ticket.reclassify", revision, null, (_, row, ticket) =>
        {
            row.Category = category;
            return Task.FromResult<Outcome<AuditNote>>(Changed(actor, "ticket.reclassified", $"{ticket.Number} is about {Triage.Of(category).Word}: {Triage.Of(category).OwnerWord}", ticket, row));
        }, cancellationToken);

    public async Task<Outcome<Ticket>> EscalateAsync(Actor actor, string number, string? reason, CancellationToken cancellationToken)
    {
        var words = FreeText.Clean(actor, "the reason of an escalation", null, number, reason?.Trim());
        return await ChangeAsync(actor, number, "ticket.escalate", null, words, async (db, row, ticket) =>
        {
            if (TicketMoves.Escalate(ticket, words.Text) is { } refusal)
            {
                return refusal;
            }

            var now = clock.GetUtcNow();
            row.EscalatedAt = now;
            db.TicketNotes.Add(new TicketNoteRow { TicketId = row.Id, Author = actor.Id, At = now, Text = $"Escalated to {settings.Clocks.EscalateTo}: {words.Text}" });
            await notices.AddAsync(db, TicketNotices.Escalated(ticket, settings.Clocks.EscalateTo, actor.Id, words.Text!, now), cancellationToken);
            return Changed(actor, "ticket.escalated", $"{ticket.Number} escalated to {settings.Clocks.EscalateTo}: {words.Text}", ticket, row);
        }, cancellationToken);
    }

    public IAsyncEnumerable<bool> FollowAsync(string number, CancellationToken cancellationToken) => changes.FollowAsync(number, cancellationToken);

    private async Task<Outcome<Ticket>> MoveAsync(Actor actor, string number, TicketState state, TicketClosing? closing, string? reason, long revision, CancellationToken cancellationToken)
    {
        var words = FreeText.Clean(actor, "the reason for closing a ticket", null, number, reason?.Trim());
        return await ChangeAsync(actor, number, "ticket.move", revision, words, async (db, row, ticket) =>
        {
            if (TicketMoves.Move(ticket, state, closing, words.Text) is { } refusal)
            {
                return refusal;
            }

            if (state == TicketState.Closed && await db.Operations.AnyAsync(o => o.TicketId == row.Id && o.State != OperationState.Finished, cancellationToken))
            {
                return new Refusal("R85", RefusalKind.NotInThisState, $"{number} has an operation that has not ended.", "Wait for it, or withdraw it.");
            }

            var now = clock.GetUtcNow();
            row.State = state;
            row.Take(ticket.Clock.Move(ticket.State, state, ticket.Severity, settings.Clocks.Options, now));
            row.Closing = state == TicketState.Closed ? closing ?? TicketClosing.Solved : null;
            row.CloseReason = state == TicketState.Closed ? words.Text : null;
            if (state == TicketState.Closed)
            {
                db.TicketNotes.Add(new TicketNoteRow { TicketId = row.Id, Author = actor.Id, At = now, Text = $"Closed, {TicketWords.Word(row.Closing!.Value).ToLowerInvariant()}: {words.Text}" });
            }

            return Changed(actor, state == TicketState.Closed ? "ticket.closed" : "ticket.moved", $"{ticket.Number} is now {state}{(state == TicketState.Closed ? $", {row.Closing}: {words.Text}" : "")}", ticket, row);
        }, cancellationToken);
    }

    /// <summary>One guarded change of a ticket: the role, the revision, the rule, the change and its note in one transaction; a refusal is logged.</summary>
    private async Task<Outcome<Ticket>> ChangeAsync(
        Actor actor, string number, string action, long? revision, FreeText? words, Func<PortalDb, TicketRow, Ticket, Task<Outcome<AuditNote>>> change, CancellationToken cancellationToken)
    {
        if (TicketRules.MayWrite(actor) is { } refusal)
        {
            return await RefusedAsync(actor, action, refusal, null, cancellationToken);
        }

        if (TicketNumber.Parse(number) is not { } id)
        {
            return NoSuch(number);
        }

        var answer = await ledger.WriteAsync<Outcome<Ticket>>(
            async db =>
            {
                if (await db.Tickets.FirstOrDefaultAsync(t => t.Id == id, cancellationToken) is not { } row)
                {
                    return (NoSuch(number), []);
                }

                var ticket = row.ToTicket();
                var stale = revision is { } seen && row.Version != seen
                    ? new Refusal("R84", RefusalKind.NotInThisState, $"{ticket.Number} was changed since you opened it (revision {row.Version}, you saw {seen}).", "Look at it again, then repeat.")
                    : null;
                switch (stale is null ? await change(db, row, ticket) : stale)
                {
                    case Outcome<AuditNote>.Done(var note):
                        row.Version++;
                        return (row.ToTicket(), [note, .. words?.Notes ?? []]);
                    case Outcome<AuditNote>.Refused(var why):
                        db.ChangeTracker.Clear();
                        return (why, [new AuditNote(actor, action, why.ToString(), ticket.Serial, ticket.Number, RuleId: why.RuleId)]);
                    default:
                        throw new InvalidOperationException("An outcome is either done or refused.");
                }
            },
            cancellationToken);
        changes.Publish(TicketNumber.Of(id));
        return answer;
    }

    private static AuditNote Changed(Actor actor, string action, string detail, Ticket before, TicketRow row)
    {
        var (was, now) = (TicketFacts.Of(before), TicketFacts.Of(row.ToTicket()));
        var changed = now.Where(f => was[f.Key] != f.Value).Select(f => f.Key).ToList();
        return new AuditNote(
            actor, action, detail, before.Serial, before.Number, Before: changed.ToDictionary(k => k, k => was[k]), After: changed.ToDictionary(k => k, k => now[k]));
    }

    private TicketRow NewRow(Actor actor, OpenTicket request, HsmTile tile, SeverityJudgement judged, DateTimeOffset now)
    {
        var row = new TicketRow
        {
            Subject = request.Subject!,
            Serial = tile.Serial.ToString(),
            Customer = string.IsNullOrWhiteSpace(request.Customer) ? tile.Customer : request.Customer,
            Category = TicketRules.Category(request.Category),
            Severity = judged.Given,
            AskedSeverity = judged.Lowered ? judged.Asked : null,
            Description = request.Description,
            State = TicketState.Open,
            OpenedBy = actor.Id,
            OpenedAt = now,
            // Another system opens tickets for people; who works on one is decided here.
            Owner = request.Reference is null ? actor.Id : null,
            Reference = request.Reference,
            Version = 1,
        };
        row.Take(TicketClock.Start(judged.Given, settings.Clocks.Options, now));
        return row;
    }

    private static IEnumerable<AuditNote> OpeningNotes(Actor actor, Ticket ticket, SeverityJudgement judged)
    {
        yield return new AuditNote(actor, "ticket.opened", $"{ticket.Number} opened: {ticket.Subject}", ticket.Serial, ticket.Number, After: TicketFacts.Of(ticket));
        if (judged.Lowered)
        {
            yield return new AuditNote(Actor.Portal, "ticket.severity", $"{ticket.Number} gets {judged.Given}, not {judged.Asked} (R55). {judged.Why} {judged.Topology}", ticket.Serial, ticket.Number);
        }
    }

    private async Task<IReadOnlyList<TicketEvidence>> EvidenceAsync(string ticket, CancellationToken cancellationToken)
    {
        List<TicketEvidence> found = [];
        foreach (var source in bundles)
        {
            found.AddRange((await source.PageAsync(new EvidenceFilter(Ticket: ticket), cancellationToken)).Rows.Select(b => new TicketEvidence(b.Digest, b.Kind.ToString(), b.At)));
        }

        return found;
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
        else if (request.Subject.Length > TicketRules.MaxSubject)
        {
            faults.Add($"The subject has {request.Subject.Length} characters; {TicketRules.MaxSubject} is the most.");
        }

        if (!HsmSerial.TryParse(request.Serial, out serial))
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

        if (request.Reference?.Length > TicketRules.MaxSubject || request.Customer?.Length > TicketRules.MaxSubject)
        {
            faults.Add($"The reference and the customer have at most {TicketRules.MaxSubject} characters each.");
        }

        return faults.Count == 0 ? null : new Refusal("R53", RefusalKind.BadInput, string.Join(" ", faults));
    }

    private async Task<Refusal> RefusedAsync(Actor actor, string action, Refusal refusal, Ticket? ticket, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(new AuditNote(actor, action, refusal.ToString(), ticket?.Serial, ticket?.Number, RuleId: refusal.RuleId), cancellationToken);
        return refusal;
    }
}
