using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Lifecycle;

/// <inheritdoc cref="IQuarantineDesk"/>
internal sealed class QuarantineDesk(
    IDeviceStore devices, IPortalDbs dbs, DeviceMoves moves, IntakeBoard intake, IGrainFactory grains, Ledger ledger, LifecycleOptions options, TimeProvider clock) : IQuarantineDesk
{
    private const int Causes = 2;

    public async Task<IReadOnlyList<QuarantinedDevice>> ReadAsync(Actor viewer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var held = (await devices.AllAsync(cancellationToken)).Where(d => d.Record.State == HsmState.Quarantined || (d.Record.Hold && d.Record.State != HsmState.Destroyed)).ToList();
        var serials = held.Select(d => d.Record.Serial.ToString()).ToList();
        await using var db = dbs.Open();
        var resources = (await db.Resources.AsNoTracking().Where(r => serials.Contains(r.Serial!)).ToListAsync(cancellationToken)).ToDictionary(r => r.Serial!, r => r.ToResource().Id);
        var causes = (await QuarantineCauses.Of(db, serials).ToListAsync(cancellationToken)).ToLookup(a => a.Serial!);
        var tickets = (await db.Tickets.AsNoTracking().Where(t => serials.Contains(t.Serial) && t.State != TicketState.Closed).OrderByDescending(t => t.Id).ToListAsync(cancellationToken))
            .Select(t => t.ToTicket()).Where(t => Triage.MayAct(t) is null).ToLookup(t => t.Serial);
        var now = clock.GetUtcNow();
        return
        [
            .. held.OrderBy(d => d.Record.StateSince).Select(d =>
            {
                var serial = d.Record.Serial.ToString();
                var resource = resources.GetValueOrDefault(serial);
                return new QuarantinedDevice(
                    d.Record, d.Enrolled.Location, d.Customer, resource,
                    [.. causes[serial].Take(Causes).Select(a => new QuarantineCause(a.At, a.Actor, a.Action, a.Detail ?? "", a.Correlation))],
                    QuarantineExits.Of(d.Record, viewer, resource is null, now, options), tickets[d.Record.Serial].FirstOrDefault()?.Number);
            }),
        ];
    }

    public async Task<Outcome<StoredDevice>> SignOffRepairAsync(Actor actor, HsmSerial serial, string? note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (await devices.FindAsync(serial, cancellationToken) is not { } device)
        {
            return new Refusal("D23", RefusalKind.NotFound, $"There is no device {serial}.");
        }

        note = (await ledger.CleanAsync(actor, "the note of a repair", serial, null, [note], cancellationToken)).Text;
        if (QuarantineExits.Repair(device.Record, actor, note, clock.GetUtcNow(), options) is { } no)
        {
            return await RefusedAsync(actor, serial, no, cancellationToken);
        }

        switch (await moves.ApplyAsync(actor, device, HsmEvent.RepairSignedOff, DeviceFacts.None with { EngineerSignatures = 1 }, null, $"Repair signed off: {note!.Trim()}", null, null, cancellationToken))
        {
            case Outcome<StoredDevice>.Refused(var why):
                return await RefusedAsync(actor, serial, why, cancellationToken);
            case Outcome<StoredDevice>.Done(var moved):
                await grains.GetGrain<IHsmGrain>(serial.ToString()).RefreshAsync();
                intake.Hurry();
                return moved;
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    private async Task<Refusal> RefusedAsync(Actor actor, HsmSerial serial, Refusal refusal, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(new AuditNote(actor, "device.repair", refusal.ToString(), serial, RuleId: refusal.RuleId), cancellationToken);
        return refusal;
    }
}
