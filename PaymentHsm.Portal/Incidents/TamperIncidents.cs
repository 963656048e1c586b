using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Incidents;

/// <inheritdoc cref="ITamperIncidents"/>
internal sealed class TamperIncidents(
    IPortalDbs dbs, Ledger ledger, IDeviceStore devices, DeviceMoves moves, DeviceReader reader, IGrainFactory grains, NoticeWriter notices, EvidenceBundles bundles, TicketSettings tickets, TimeProvider clock, ILogger<TamperIncidents> log) : ITamperIncidents
{
    private const int MaxText = 1000;

    public async Task<TamperIncident?> RaiseAsync(HsmSerial serial, DateTimeOffset readAt, string occasion, string? ticket, CancellationToken cancellationToken)
    {
        var last = await FindAsync(serial, cancellationToken);
        if (last is { ClosedAt: { } closed } && closed >= readAt)
        {
            return null;
        }

        await FreezeAsync(serial, cancellationToken);
        if (last is { ClosedAt: null })
        {
            return last;
        }

        var device = await devices.FindAsync(serial, cancellationToken);
        var now = clock.GetUtcNow();
        var what = $"Tamper latched, read {readAt:yyyy-MM-dd HH:mm:ss}Z {occasion}.";
        var raised = await ledger.WriteAsync<TamperIncident>(
            async db =>
            {
                var text = serial.ToString();
                if (await db.TamperIncidents.FirstOrDefaultAsync(i => i.Serial == text && i.ClosedAt == null, cancellationToken) is { } open)
                {
                    return (ToIncident(open), []);
                }

                var row = new TicketRow
                {
                    Subject = $"Tamper on {serial}",
                    Serial = text,
                    Customer = device?.Customer,
                    Category = TicketCategory.Tamper,
                    Severity = Severity.Critical,
                    Description = $"{what} The device is frozen: no allocation and no reboot before an engineer has reviewed it. Ask the customer whether the logs are to be recovered (R28).",
                    State = TicketState.Open,
                    OpenedBy = Actor.Portal.Id,
                    OpenedAt = now,
                    Version = 1,
                };
                row.Take(TicketClock.Start(row.Severity, tickets.Clocks.Options, now));
                db.Tickets.Add(row);
                await db.SaveChangesAsync(cancellationToken);
                var number = TicketNumber.Of(row.Id);
                var incident = new TamperIncidentRow { Serial = text, TicketId = row.Id, OpenedAt = now, What = what };
                db.TamperIncidents.Add(incident);
                if (TicketNumber.Parse(ticket) is { } other)
                {
                    db.TicketNotes.Add(new TicketNoteRow { TicketId = other, Author = Actor.Portal.Id, At = now, Text = $"{what} The device is frozen; the incident is {number}." });
                }

                await db.SaveChangesAsync(cancellationToken);
                await notices.AddAsync(
                    db,
                    new Notice($"tamper/{number}", "incident.tamper", NoticeLevel.Critical, $"Tamper on {serial}", $"{what} The device is frozen; {number} was opened.", $"/tickets/{number}", new Audience([], Role.Engineering), serial, number),
                    cancellationToken);
                return (ToIncident(incident), [new AuditNote(Actor.Portal, "incident.tamper", $"{what} Ticket {number} opened, device frozen", serial, number)]);
            },
            cancellationToken);
        log.TamperRaised(serial, raised.Ticket);
        return raised;
    }

    public async Task<TamperIncident?> FindAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        return await db.TamperIncidents.AsNoTracking().Where(i => i.Serial == text).OrderByDescending(i => i.Id).FirstOrDefaultAsync(cancellationToken) is { } row ? ToIncident(row) : null;
    }

    public async Task<Outcome<TamperIncident>> ChooseAsync(Actor actor, HsmSerial serial, string? choice, string? note, CancellationToken cancellationToken)
    {
        var typed = await ledger.CleanAsync(actor, "the customer's choice on the logs", serial, null, [choice, note], cancellationToken);
        (choice, note) = (typed.Texts[0], typed.Texts[1]);
        return await ChangeAsync(
            actor, serial, "incident.choice",
            _ => actor.Role is not (Role.Support or Role.Engineering) ? new Refusal("R28", RefusalKind.NotThisPerson, $"Support and Engineering ask the customer; {actor.Id} is {actor.Role}.")
                : !Enum.TryParse<LogChoice>(choice, ignoreCase: true, out var known) || !Enum.IsDefined(known) ? new Refusal("R28", RefusalKind.BadInput, $"'{choice}' is not a choice.", "Use Recover or Leave.")
                : TooLong(note),
            row => (row.Choice, row.ChosenBy) = (Enum.Parse<LogChoice>(choice!, ignoreCase: true).ToString(), actor.Id),
            $"The customer's choice on the logs: {choice}{(string.IsNullOrWhiteSpace(note) ? "" : $". {note.Trim()}")}",
            cancellationToken);
    }

    public async Task<Outcome<TamperIncident>> RecoveredAsync(Actor actor, HsmSerial serial, LogRecovery recovery, CancellationToken cancellationToken)
    {
        recovery = recovery with { HandedTo = (await ledger.CleanAsync(actor, "the record of recovered logs", serial, null, [recovery.HandedTo], cancellationToken)).Text };
        return await ChangeAsync(
            actor, serial, "incident.logs-recovered",
            incident => actor.Role != Role.Engineering ? new Refusal("R28", RefusalKind.NotThisPerson, $"Engineering recovers logs; {actor.Id} is {actor.Role}.", "Any engineer may.")
                : incident.Choice != LogChoice.Recover ? new Refusal("R28", RefusalKind.NotInThisState, "The customer did not ask for the logs; nobody reads them.", "Record the customer's choice first.")
                : incident.Recovery is not null ? new Refusal("R28", RefusalKind.NotInThisState, "The recovery is recorded already.")
                : !IsDigest(recovery.DocumentHash) ? new Refusal("R28", RefusalKind.BadInput, "The SHA-256 of the customer's document is missing or has not 64 hex digits.", "Logs are recovered only at a documented request.")
                : !IsDigest(recovery.LogHash) ? new Refusal("R28", RefusalKind.BadInput, "The SHA-256 of the encrypted logs is missing or has not 64 hex digits.", "The portal keeps the hash, never the logs.")
                : string.IsNullOrWhiteSpace(recovery.HandedTo) ? new Refusal("R28", RefusalKind.BadInput, "To whom at the customer the logs were handed over is missing.")
                : TooLong(recovery.HandedTo),
            _ => { },
            $"Logs recovered at the customer's request, SHA-256 {recovery.LogHash}; handed encrypted to {recovery.HandedTo}",
            cancellationToken,
            (db, row) => SealRecoveryAsync(
                db, row, new LogRecovery(recovery.DocumentHash!.ToLowerInvariant(), recovery.LogHash!.ToLowerInvariant(), recovery.HandedTo!.Trim(), actor.Id, clock.GetUtcNow()), cancellationToken));
    }

    public async Task<Outcome<TamperIncident>> LiftAsync(Actor actor, HsmSerial serial, string? note, CancellationToken cancellationToken)
    {
        if (await FindAsync(serial, cancellationToken) is not { ClosedAt: null } incident || await devices.FindAsync(serial, cancellationToken) is not { } device)
        {
            return await RefusedAsync(actor, "incident.lift", serial, null, new Refusal("R52", RefusalKind.NotFound, $"{serial} has no open tamper incident."), cancellationToken);
        }

        note = (await ledger.CleanAsync(actor, "the review of a tamper", serial, incident.Ticket, [note], cancellationToken)).Text;
        var refusal = actor.Role != Role.Engineering ? new Refusal("R52", RefusalKind.NotThisPerson, $"An engineer reviews the incident; {actor.Id} is {actor.Role}.", "Any engineer may.")
            : string.IsNullOrWhiteSpace(note) ? new Refusal("R52", RefusalKind.BadInput, "What the review found is missing.", "Say it in a sentence.")
            : TooLong(note) ?? (device.Record.Custody == CustodyState.Customer && incident.Choice is null ? new Refusal("R52", RefusalKind.NotInThisState, "The customer's choice on the logs is not recorded.", "Ask whether the logs are to be recovered, and record it.") : null);
        if (refusal is not null)
        {
            return await RefusedAsync(actor, "incident.lift", serial, incident.Ticket, refusal, cancellationToken);
        }

        DeviceFacts facts;
        try
        {
            facts = await reader.ReadAsync(serial, Health.Unknown, cancellationToken) with { EngineerSignatures = 1 };
        }
        catch (LinkException e)
        {
            return await RefusedAsync(actor, "incident.lift", serial, incident.Ticket, new Refusal("R52", RefusalKind.NotInThisState, $"{serial} could not be read: {e.Message}", "The latch must be read as re-armed first."), cancellationToken);
        }

        var now = clock.GetUtcNow();
        switch (device.Record.LiftHold(facts, now))
        {
            case Outcome<DeviceRecord>.Refused(var why):
                return await RefusedAsync(actor, "incident.lift", serial, incident.Ticket, why with { Instead = why.Instead ?? "A person re-arms the sensor on site; then lift the hold." }, cancellationToken);
            case Outcome<DeviceRecord>.Done(var free):
                var saved = await devices.SaveAsync(
                    device.Record, device with { Record = free }, null, new AuditNote(actor, "device.hold-lifted", $"Reviewed: {note!.Trim()}", serial, incident.Ticket, null, null, new Dictionary<string, string> { ["hold"] = "True" }, new Dictionary<string, string> { ["hold"] = "False" }), cancellationToken);
                if (!saved)
                {
                    return new Refusal("R74", RefusalKind.NotInThisState, $"{serial} was changed by somebody else at this moment.", "Look again, then repeat.");
                }

                break;
        }

        var closed = await ChangeAsync(actor, serial, "incident.closed", _ => null, row => (row.ClosedAt, row.ReviewedBy) = (now, actor.Id), $"Reviewed and closed: {note!.Trim()}", cancellationToken);
        await grains.GetGrain<IHsmGrain>(serial.ToString()).RefreshAsync();
        return closed;
    }

    /// <summary>D30, once: a frozen device stays as it is.</summary>
    private async Task FreezeAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        while (await devices.FindAsync(serial, cancellationToken) is { Record: { Hold: false, State: not HsmState.Destroyed } } device)
        {
            var customer = device.Record.State == HsmState.Reserved ? null : device.Customer;
            if (await moves.ApplyAsync(device, HsmEvent.TamperOrMismatch, DeviceFacts.None, customer, "A tamper latch was read; the device is frozen (R52)", null, null, cancellationToken) is Outcome<StoredDevice>.Done)
            {
                await grains.GetGrain<IHsmGrain>(serial.ToString()).RefreshAsync();
            }
        }
    }

    private async Task<Outcome<TamperIncident>> ChangeAsync(
        Actor actor, HsmSerial serial, string action, Func<TamperIncident, Refusal?> rule, Action<TamperIncidentRow> change, string words, CancellationToken cancellationToken,
        Func<PortalDb, TamperIncidentRow, Task<Outcome<IReadOnlyList<AuditNote>>>>? proof = null)
    {
        var text = serial.ToString();
        return await ledger.WriteAsync<Outcome<TamperIncident>>(
            async db =>
            {
                if (await db.TamperIncidents.FirstOrDefaultAsync(i => i.Serial == text && i.ClosedAt == null, cancellationToken) is not { } row)
                {
                    return (new Refusal("R52", RefusalKind.NotFound, $"{serial} has no open tamper incident."), []);
                }

                var number = TicketNumber.Of(row.TicketId);
                var sealing = rule(ToIncident(row)) is { } no ? no : proof is null ? new Outcome<IReadOnlyList<AuditNote>>.Done([]) : await proof(db, row);
                if (sealing is Outcome<IReadOnlyList<AuditNote>>.Refused(var refusal))
                {
                    return (refusal, [new AuditNote(actor, action, refusal.ToString(), serial, number, null, refusal.RuleId)]);
                }

                var sealedNotes = ((Outcome<IReadOnlyList<AuditNote>>.Done)sealing).Value;
                change(row);
                db.TicketNotes.Add(new TicketNoteRow { TicketId = row.TicketId, Author = actor.Id, At = clock.GetUtcNow(), Text = words });
                return (ToIncident(row), [new AuditNote(actor, action, words, serial, number), .. sealedNotes]);
            },
            cancellationToken);
    }

    /// <summary>W9: the recovery and its bundle, or the reason why the request is not documented on the ticket (R28, R59).</summary>
    private async Task<Outcome<IReadOnlyList<AuditNote>>> SealRecoveryAsync(PortalDb db, TamperIncidentRow row, LogRecovery recovery, CancellationToken cancellationToken)
    {
        var (serial, ticket) = (HsmSerial.Parse(row.Serial), TicketNumber.Of(row.TicketId));
        var filed = await db.TicketDocuments.AsNoTracking().FirstOrDefaultAsync(d => d.TicketId == row.TicketId && d.Sha256 == recovery.DocumentHash, cancellationToken);
        if (filed?.ToDocument() is not { } document)
        {
            return new Refusal("R28", RefusalKind.BadInput, $"{ticket} has no document with the SHA-256 {recovery.DocumentHash}.", "File the customer's request on the ticket, with sender, time, channel and how the sender was verified; then name its hash.");
        }

        var draft = new EvidenceDraft(
            EvidenceKind.LogRecovery, serial, recovery.At,
            $"After a tamper of {serial} its logs were recovered at the customer's documented request and handed over encrypted to {recovery.HandedTo} by {recovery.By}. The portal kept their SHA-256, never the logs.",
            new Dictionary<string, string>
            {
                ["logs SHA-256"] = recovery.LogHash!,
                ["handed to"] = recovery.HandedTo!,
                ["recovered by"] = recovery.By,
                ["document"] = $"{document.FileName} ({document.Id})",
                ["document SHA-256"] = document.Sha256,
                ["document sender"] = $"{document.Sender}, {document.Channel}, verified by {document.Verification}",
                ["choice recorded by"] = row.ChosenBy ?? "",
            },
            [new Evidence("tamper", row.What, row.OpenedAt), new Evidence("customer's request", $"{document.FileName} filed by {document.UploadedBy}", document.UploadedAt), new Evidence("logs handed over", $"SHA-256 {recovery.LogHash} to {recovery.HandedTo}", recovery.At)],
            ticket);
        var (bundle, notes) = await bundles.AddAsync(db, draft, cancellationToken);
        row.Recovery = JsonSerializer.Serialize(recovery with { Bundle = bundle.Digest }, StoredJson.Options);
        return new Outcome<IReadOnlyList<AuditNote>>.Done(notes);
    }

    private async Task<Refusal> RefusedAsync(Actor actor, string action, HsmSerial serial, string? ticket, Refusal refusal, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(new AuditNote(actor, action, refusal.ToString(), serial, ticket, null, refusal.RuleId), cancellationToken);
        return refusal;
    }

    private static Refusal? TooLong(string? text) => text?.Length > MaxText ? new Refusal("R84", RefusalKind.BadInput, $"The text has {text.Length} characters; {MaxText} is the most.") : null;

    private static bool IsDigest(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigit);

    private static TamperIncident ToIncident(TamperIncidentRow row) => new(
        row.Id, HsmSerial.Parse(row.Serial), TicketNumber.Of(row.TicketId), row.OpenedAt, row.What, row.Choice is { } choice ? Enum.Parse<LogChoice>(choice) : null, row.ChosenBy,
        row.Recovery is { } json ? JsonSerializer.Deserialize<LogRecovery>(json, StoredJson.Options) : null, row.ClosedAt, row.ReviewedBy);
}
