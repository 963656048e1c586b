using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Receiving;

/// <inheritdoc cref="IIntakeDesk"/>
/// <remarks>Writers take turns, so what a write reads of other devices still holds when it stores.</remarks>
internal sealed class IntakeDesk(IPortalDbs dbs, IDeviceStore devices, ISiteRecords sites, Ledger ledger, IntakeBoard board, FleetSettings settings, TimeProvider clock) : IIntakeDesk
{
    /// <summary>The only model that the portal handles; the enrolment source's word replaces it.</summary>
    private const string Model = "payShield 10K";

    /// <summary>How long a device that came through stays on the list.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromDays(7);

    private static readonly DeviceFacts Checked = new() { SiteChecksPassed = true };

    public async Task<Outcome<SiteRecord>> ReceiveAsync(Actor actor, ArrivalForm form, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(form);
        const string action = "device.receive";
        form = await CleanAsync(actor, form, cancellationToken);
        if (IntakeRules.MayRecord(actor, "D1") is { } no)
        {
            return await RefusedAsync(actor, action, default, no, cancellationToken);
        }

        var (serial, arrival, faults) = IntakeRules.Check(form, actor, clock.GetUtcNow());
        if (arrival is null)
        {
            return await RefusedAsync(actor, action, serial, Bad("D1", faults), cancellationToken);
        }

        var outcome = await ledger.WriteAsync<Outcome<SiteRecord>>(
            async db => await KnownAsync(db, serial, cancellationToken) is { } known ? (known, [Note(actor, action, serial, known)]) : (Receive(db, serial, arrival), [Received(actor, serial, arrival)]),
            cancellationToken);
        board.Hurry();
        return outcome;
    }

    public async Task<Outcome<SiteRecord>> RackAsync(Actor actor, string? serial, RackingForm form, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(form);
        const string action = "device.rack";
        serial = (await ledger.CleanAsync(actor, "a racking", null, null, [serial], cancellationToken)).Text;
        form = await CleanAsync(actor, form, cancellationToken);
        if (IntakeRules.MayRecord(actor, "D2") is { } no)
        {
            return await RefusedAsync(actor, action, default, no, cancellationToken);
        }

        if (!HsmSerial.TryParse(serial?.Trim(), out var parsed))
        {
            return await RefusedAsync(actor, action, default, Bad("D2", [new("serial", $"'{serial}' is not an HSM serial number.")]), cancellationToken);
        }

        var (racking, faults) = IntakeRules.Check(form, actor, clock.GetUtcNow());
        if (racking is null)
        {
            return await RefusedAsync(actor, action, parsed, Bad("D2", faults), cancellationToken);
        }

        var outcome = await ledger.WriteAsync<Outcome<SiteRecord>>(
            async db =>
            {
                var text = parsed.ToString();
                var (device, site) = (await db.Devices.FirstOrDefaultAsync(d => d.Serial == text, cancellationToken), await db.SiteRecords.FirstOrDefaultAsync(s => s.Serial == text, cancellationToken));
                Refusal? closed = device is null || site is null ? new("D2", RefusalKind.NotFound, $"{parsed} was not received.", "Record its arrival first.")
                    : IntakeRules.Conflicts(racking, (await TakenAsync(db, cancellationToken)).Where(t => t.Key != parsed), (await PlacesAsync(db, cancellationToken)).Where(p => p.Key != parsed)) is { Count: > 0 } conflicts ? Bad("D2", conflicts, RefusalKind.NotInThisState)
                    : null;
                if (closed is not null)
                {
                    return (closed, [Note(actor, action, parsed, closed)]);
                }

                return Rack(device!, site!, racking) is { } refused ? (refused, [Note(actor, action, parsed, refused)]) : (site!.ToRecord(), [Racked(actor, parsed, racking)]);
            },
            cancellationToken);
        board.Hurry();
        return outcome;
    }

    public async Task<Outcome<IntakeImport>> ImportAsync(Actor actor, ReadOnlyMemory<byte> file, bool dryRun, CancellationToken cancellationToken)
    {
        const string action = "intake.import";
        if (IntakeRules.MayRecord(actor, "D1") is { } no)
        {
            await ledger.NoteAsync(new AuditNote(actor, action, no.ToString(), RuleId: no.RuleId), cancellationToken);
            return no;
        }

        var (typed, broken) = IntakeCsv.Read(file);
        List<IntakeRow> rows = [];
        foreach (var row in typed)
        {
            rows.Add(new IntakeRow(row.Number, await CleanAsync(actor, row.Arrival, cancellationToken), await CleanAsync(actor, row.Racking, cancellationToken)));
        }

        var plan = new ImportPlan(rows, broken, actor, clock.GetUtcNow());
        if (dryRun)
        {
            await using var db = dbs.Open();
            return await CheckAsync(db, plan, cancellationToken);
        }

        var outcome = await ledger.WriteAsync<IntakeImport>(
            async db =>
            {
                var check = await CheckAsync(db, plan, cancellationToken);
                return check.Faults.Count > 0
                    ? (check, [new AuditNote(actor, action, $"Refused: {check.Faults.Count} faults in {check.Rows} rows; nothing was imported", RuleId: "D1")])
                    : (check with { Imported = true }, [new AuditNote(actor, action, $"{check.Rows} devices received by file, {check.Racked} of them racked"), .. Store(db, plan, actor)]);
            },
            cancellationToken);
        board.Hurry();
        return outcome;
    }

    public async Task<IntakePicture> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var records = (await sites.AllAsync(cancellationToken)).ToDictionary(s => s.Serial);
        var all = await devices.AllAsync(cancellationToken);
        var known = all.Select(d => d.Record.Serial).ToHashSet();
        return new IntakePicture(
            settings.Intake ?? IntakeMode.Manual,
            [
                .. all.Where(d => d.Record.State is HsmState.Received or HsmState.Racked or HsmState.Commissioning || (records.TryGetValue(d.Record.Serial, out var r) && now - r.Received.At < Shown))
                    .OrderByDescending(d => d.Record.StateSince)
                    .Select(d => new ArrivingDevice(d.Record.Serial, d.Record.State, d.Record.StateSince, d.Enrolled.Location, records.GetValueOrDefault(d.Record.Serial), WaitsFor(d.Record))),
            ],
            [.. (board.Enrolled?.Keys ?? []).Where(s => !known.Contains(s)).OrderBy(s => s.ToString(), StringComparer.Ordinal)],
            board.Enrolled is not null);
    }

    public Task<IReadOnlyList<SiteRecord>> RecordsAsync(CancellationToken cancellationToken) => sites.AllAsync(cancellationToken);

    /// <summary>Takes key and card data out of an arrival (R39); the photograph's hash is no text.</summary>
    private async Task<ArrivalForm> CleanAsync(Actor actor, ArrivalForm form, CancellationToken cancellationToken)
    {
        var words = await ledger.CleanAsync(actor, "an arrival", null, null, [form.Serial, form.Manifest, form.Seal, form.SecondPerson], cancellationToken);
        return words.Note is null ? form : new ArrivalForm(words.Texts[0], words.Texts[1], words.Texts[2], form.PhotoSha256, words.Texts[3]);
    }

    private async Task<RackingForm> CleanAsync(Actor actor, RackingForm form, CancellationToken cancellationToken)
    {
        var words = await ledger.CleanAsync(
            actor, "a racking", null, null, [form.Region, form.Stamp, form.Rack, form.Slot, form.FeedA, form.FeedB, form.OobPort, form.Host1Port, form.Host2Port, form.ManagementPort], cancellationToken);
        return words.Note is null ? form
            : words.Texts is [var region, var stamp, var rack, var slot, var feedA, var feedB, var oob, var host1, var host2, var management] ? new RackingForm(region, stamp, rack, slot, feedA, feedB, oob, host1, host2, management)
            : throw new InvalidOperationException("As many texts come back as went in.");
    }

    private string? WaitsFor(DeviceRecord device)
    {
        var enrolled = board.Enrolled?.ContainsKey(device.Serial) ?? false;
        return device.State switch
        {
            HsmState.Received => "To be bolted in: record its slot, feeds and ports.",
            HsmState.Racked or HsmState.Commissioning when !enrolled => "The enrolment source to name it with its out-of-band address.",
            HsmState.Racked => board.WaitOf(device.Serial) ?? "Its identity to be read over its out-of-band port.",
            HsmState.Commissioning => board.WaitOf(device.Serial) ?? "Its baseline checks.",
            HsmState.Quarantined => "People: it did not pass, see the quarantine.",
            _ => null,
        };
    }

    /// <summary>All faults of a file: of the file itself, of each row, between rows, and against the store.</summary>
    private static async Task<IntakeImport> CheckAsync(PortalDb db, ImportPlan plan, CancellationToken cancellationToken)
    {
        List<RowFault> faults = [.. plan.Broken];
        var known = (await db.Devices.AsNoTracking().Select(d => d.Serial).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var taken = (await TakenAsync(db, cancellationToken)).ToDictionary();
        var places = (await PlacesAsync(db, cancellationToken)).ToDictionary();
        var first = new Dictionary<HsmSerial, int>();
        foreach (var row in plan.Rows)
        {
            void Say(IEnumerable<IntakeFault> found) => faults.AddRange(found.Select(f => new RowFault(row.Number, f.Column, f.Problem)));
            Say(row.Faults);
            if (row.Serial is not { } serial)
            {
                continue;
            }

            if (known.Contains(serial.ToString()))
            {
                Say([new("serial", $"{serial} is known to the portal already.")]);
            }

            if (!first.TryAdd(serial, row.Number))
            {
                Say([new("serial", $"{serial} is in row {first[serial]} already.")]);
            }
            else if (row.Racking is { } racking)
            {
                Say(IntakeRules.Conflicts(racking, taken, places));
                (taken[serial], places[serial]) = (racking, racking.Place);
            }
        }

        return new IntakeImport(plan.Rows.Count, plan.Rows.Count(r => r.Racking is not null), [.. faults.OrderBy(f => f.Row)], false);
    }

    private List<AuditNote> Store(PortalDb db, ImportPlan plan, Actor actor)
    {
        List<AuditNote> notes = [];
        foreach (var row in plan.Rows)
        {
            var (serial, arrival) = (row.Serial!.Value, row.Arrival!);
            var (device, site) = Add(db, serial, arrival);
            notes.Add(Received(actor, serial, arrival));
            if (row.Racking is { } racking)
            {
                if (Rack(device, site, racking) is { } refused)
                {
                    throw new InvalidOperationException($"{serial} was received just now and cannot be racked: {refused}");
                }

                notes.Add(Racked(actor, serial, racking));
            }
        }

        return notes;
    }

    private SiteRecord Receive(PortalDb db, HsmSerial serial, SiteArrival arrival) => Add(db, serial, arrival).Site.ToRecord();

    private (DeviceRow Device, SiteRecordRow Site) Add(PortalDb db, HsmSerial serial, SiteArrival arrival)
    {
        var record = ((Outcome<DeviceRecord>.Done)DeviceRecord.Receive(serial, Checked, clock.GetUtcNow())).Value;
        var device = DeviceRow.Of(new StoredDevice(record, new EnrolledDevice(serial, Location.NotRacked, Model, Guid.Empty), null));
        var site = SiteRecordRow.Of(serial, arrival);
        db.Devices.Add(device);
        db.SiteRecords.Add(site);
        return (device, site);
    }

    private Refusal? Rack(DeviceRow row, SiteRecordRow site, SiteRacking racking)
    {
        var device = row.ToDevice();
        switch (device.Record.Apply(HsmEvent.Rack, Checked, clock.GetUtcNow()))
        {
            case Outcome<DeviceRecord>.Refused(var why):
                return why;
            case Outcome<DeviceRecord>.Done(var racked):
                row.Take(device with { Record = racked });
                row.Take(device.Enrolled with { Location = racking.Place });
                site.Take(racking);
                break;
        }

        return null;
    }

    private static async Task<Refusal?> KnownAsync(PortalDb db, HsmSerial serial, CancellationToken cancellationToken)
    {
        var text = serial.ToString();
        return await db.Devices.AnyAsync(d => d.Serial == text, cancellationToken)
            ? new Refusal("D1", RefusalKind.NotInThisState, $"{serial} is known to the portal already.", "Look at its page; a device arrives once.")
            : null;
    }

    private static async Task<List<KeyValuePair<HsmSerial, SiteRacking>>> TakenAsync(PortalDb db, CancellationToken cancellationToken)
    {
        // A destroyed unit has left its slot, its outlets and its ports.
        var gone = await db.Devices.AsNoTracking().Where(d => d.State == HsmState.Destroyed).Select(d => d.Serial).ToListAsync(cancellationToken);
        return [.. (await db.SiteRecords.AsNoTracking().Where(s => s.RackedAt != null && !gone.Contains(s.Serial)).ToListAsync(cancellationToken)).Select(s => s.ToRecord()).Select(s => KeyValuePair.Create(s.Serial, s.Racked!))];
    }

    private static async Task<List<KeyValuePair<HsmSerial, Location>>> PlacesAsync(PortalDb db, CancellationToken cancellationToken) =>
        [.. (await db.Devices.AsNoTracking().Where(d => d.Slot > 0 && d.State != HsmState.Destroyed).ToListAsync(cancellationToken)).Select(d => d.ToDevice().Enrolled).Select(e => KeyValuePair.Create(e.Serial, e.Location))];

    private static AuditNote Received(Actor actor, HsmSerial serial, SiteArrival arrival) =>
        new(actor, "device.receive", $"Received under manifest {arrival.Manifest}, seal {arrival.Seal} intact, photo {arrival.PhotoSha256[..12]}…, with {arrival.SecondPerson}", serial);

    private static AuditNote Racked(Actor actor, HsmSerial serial, SiteRacking racking) =>
        new(actor, "device.rack", $"Racked at {racking.Place}; feeds {racking.FeedA} and {racking.FeedB}; ports {racking.OobPort}, {racking.Host1Port}, {racking.Host2Port}, {racking.ManagementPort}", serial);

    private static Refusal Bad(string rule, IEnumerable<IntakeFault> faults, RefusalKind kind = RefusalKind.BadInput) => new(rule, kind, string.Join(" ", faults.Select(f => f.Problem)));

    private static AuditNote Note(Actor actor, string action, HsmSerial serial, Refusal why) => new(actor, action, why.ToString(), serial == default ? null : serial, RuleId: why.RuleId);

    private async Task<Refusal> RefusedAsync(Actor actor, string action, HsmSerial serial, Refusal refusal, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(Note(actor, action, serial, refusal), cancellationToken);
        return refusal;
    }

    /// <summary>A file with every row judged by itself.</summary>
    private sealed class ImportPlan(IReadOnlyList<IntakeRow> rows, IReadOnlyList<RowFault> broken, Actor actor, DateTimeOffset now)
    {
        public IReadOnlyList<RowFault> Broken { get; } = broken;

        public IReadOnlyList<PlannedRow> Rows { get; } = [.. rows.Select(r => Judge(r, actor, now))];

        private static PlannedRow Judge(IntakeRow row, Actor actor, DateTimeOffset now)
        {
            var (serial, arrival, faults) = IntakeRules.Check(row.Arrival, actor, now);
            var (racking, more) = row.Racking.IsEmpty ? (null, []) : IntakeRules.Check(row.Racking, actor, now);
            return new PlannedRow(row.Number, serial == default ? null : serial, arrival, racking, [.. faults, .. more]);
        }
    }

    private sealed record PlannedRow(int Number, HsmSerial? Serial, SiteArrival? Arrival, SiteRacking? Racking, IReadOnlyList<IntakeFault> Faults);
}
