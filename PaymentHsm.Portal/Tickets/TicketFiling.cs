using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Redaction;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Tickets;

/// <inheritdoc cref="ITicketFiling"/>
internal sealed class TicketFiling(IPortalDbs dbs, Ledger ledger, DocumentFiles files, NamedChanges<Ticket> changes, TicketSettings settings, TimeProvider clock) : ITicketFiling, ITicketDocuments
{
    public long MaxBytes => settings.Documents.MaxBytes;

    public IReadOnlyList<string> Endings { get; } = settings.Documents.Endings;

    public async Task<Outcome<TicketDocument>> FileAsync(Actor actor, string number, FileDocument request, CancellationToken cancellationToken)
    {
        var name = DocumentRules.PlainName(request.FileName);
        var words = FreeText.Clean(actor, "the words about a document", null, number, name, request.Sender?.Trim(), request.Channel?.Trim(), request.Verification?.Trim(), request.ReceivedAt?.Trim());
        (name, request) = (words.Texts[0]!, request with { Sender = words.Texts[1], Channel = words.Texts[2], Verification = words.Texts[3], ReceivedAt = words.Texts[4] });
        if (TicketRules.MayWrite(actor) is { } refusal)
        {
            return await RefusedAsync(actor, "ticket.document.file", refusal, null, cancellationToken);
        }

        if (await TicketAsync(number, cancellationToken) is not { } ticket)
        {
            return NoSuch(number);
        }

        if (ticket.State == TicketState.Closed)
        {
            return await RefusedAsync(actor, "ticket.document.file", new Refusal("R53", RefusalKind.NotInThisState, $"{ticket.Number} is closed; it takes no more documents.", "Open it again first."), ticket, cancellationToken);
        }

        var faults = DocumentRules.Faults(name, request.Sender, request.ReceivedAt, request.Channel, request.Verification, Endings, clock.GetUtcNow())
            ?? (request.Length > MaxBytes ? TooLarge(name) : request.Content is null ? Unfit("The file is missing.") : null);
        if (faults is not null)
        {
            return await RefusedAsync(actor, "ticket.document.file", faults, ticket, cancellationToken);
        }

        return await files.AddAsync(request.Content!, MaxBytes, first => DocumentRules.Contradiction(name, first.Span), cancellationToken) switch
        {
            StoredContent.Kept kept => await StoreAsync(actor, ticket, name, kept, request, words, cancellationToken),
            StoredContent.Empty => await RefusedAsync(actor, "ticket.document.file", Unfit($"'{name}' is empty."), ticket, cancellationToken),
            StoredContent.TooLarge => await RefusedAsync(actor, "ticket.document.file", TooLarge(name), ticket, cancellationToken),
            StoredContent.Unacceptable(var why) => await RefusedAsync(actor, "ticket.document.file", Unfit(why), ticket, cancellationToken),
            _ => throw new InvalidOperationException("A content is kept or it is not."),
        };
    }

    public async Task<IReadOnlyList<TicketDocument>?> ListAsync(string number, CancellationToken cancellationToken)
    {
        if (await TicketAsync(number, cancellationToken) is null || TicketNumber.Parse(number) is not { } id)
        {
            return null;
        }

        await using var db = dbs.Open();
        return [.. (await db.TicketDocuments.AsNoTracking().Where(d => d.TicketId == id).OrderBy(d => d.Id).ToListAsync(cancellationToken)).Select(d => d.ToDocument())];
    }

    public async Task<TicketDocument?> FindAsync(string ticketNumber, string documentId, CancellationToken cancellationToken)
    {
        if (TicketNumber.Parse(ticketNumber) is not { } ticket || DocumentNumber.Parse(documentId) is not { } id)
        {
            return null;
        }

        await using var db = dbs.Open();
        return (await db.TicketDocuments.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id && d.TicketId == ticket, cancellationToken))?.ToDocument();
    }

    public async Task<Outcome<OpenDocument>> ReadAsync(Actor actor, string number, string document, CancellationToken cancellationToken)
    {
        if (await TicketAsync(number, cancellationToken) is not { } ticket || await FindAsync(number, document, cancellationToken) is not { } found)
        {
            return new Refusal("R59", RefusalKind.NotFound, $"There is no such document on that ticket.", "Look at the documents of the ticket.");
        }

        if (DocumentRules.MayRead(actor) is { } refusal)
        {
            return await RefusedAsync(actor, "ticket.document.read", refusal, ticket, cancellationToken);
        }

        if (files.Open(found.Sha256, found.Size) is not { } content)
        {
            return await RefusedAsync(
                actor, "ticket.document.read", new Refusal("R59", RefusalKind.NotInThisState, $"The bytes of {found.Id} ({found.Sha256}) are not in the store of documents.", "Restore the documents folder from its backup; ask whoever filed it."), ticket, cancellationToken);
        }

        try
        {
            await ledger.NoteAsync(new AuditNote(actor, "ticket.document.read", $"{found.Id} {found.FileName} read, SHA-256 {found.Sha256}", ticket.Serial, ticket.Number), cancellationToken);
            return new OpenDocument(found, content);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    private async Task<Outcome<TicketDocument>> StoreAsync(
        Actor actor, Ticket ticket, string name, StoredContent.Kept kept, FileDocument request, FreeText words, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var row = new TicketDocumentRow
        {
            TicketId = TicketNumber.Parse(ticket.Number)!.Value,
            Sha256 = kept.Sha256,
            FileName = name,
            ContentType = DocumentRules.MediaType(name, Endings)!,
            Size = kept.Size,
            Sender = request.Sender!,
            ReceivedAt = DocumentRules.MomentOf(request.ReceivedAt)!.Value,
            Channel = request.Channel!,
            Verification = DocumentRules.VerificationOf(request.Verification)!.Value,
            UploadedBy = actor.Id,
            UploadedAt = now,
        };
        var document = await ledger.WriteAsync<TicketDocument>(
            async db =>
            {
                db.TicketDocuments.Add(row);
                var of = await db.Tickets.FirstAsync(t => t.Id == row.TicketId, cancellationToken);
                of.Version++;
                await db.SaveChangesAsync(cancellationToken);
                var stored = row.ToDocument();
                var filed = new AuditNote(
                    actor, "ticket.document.filed", $"{stored.Id} {stored.FileName} from {stored.Sender} by {stored.Channel}, verified by {stored.Verification}", ticket.Serial, ticket.Number,
                    After: new Dictionary<string, string> { ["document"] = stored.Id, ["sha256"] = stored.Sha256 });
                return (stored, [filed, .. words.Notes]);
            },
            cancellationToken);
        changes.Publish(ticket.Number);
        return document;
    }

    private async Task<Ticket?> TicketAsync(string number, CancellationToken cancellationToken)
    {
        if (TicketNumber.Parse(number) is not { } id)
        {
            return null;
        }

        await using var db = dbs.Open();
        return (await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellationToken))?.ToTicket();
    }

    private Refusal TooLarge(string name) => Unfit($"'{name}' has more than {MaxBytes} bytes, the most that is taken.");

    private static Refusal Unfit(string why) => new("R59", RefusalKind.BadInput, why, "File the customer's document itself, whole and in one of the types that are taken.");

    private static Refusal NoSuch(string number) => new("R53", RefusalKind.NotFound, $"There is no ticket {number}.", "Check the number in the list of tickets.");

    private async Task<Refusal> RefusedAsync(Actor actor, string action, Refusal refusal, Ticket? ticket, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(new AuditNote(actor, action, refusal.ToString(), ticket?.Serial, ticket?.Number, RuleId: refusal.RuleId), cancellationToken);
        return refusal;
    }
}
