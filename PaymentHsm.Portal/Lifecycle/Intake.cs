using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>
/// Takes an enrolled device into the pool (D1 to D4): received and racked by the site's records, or by people where the intake is manual; then read, its administrator access tried, and checked
/// against the base image. A device that does not say that it is released is nobody's to touch (R30).
/// </summary>
internal sealed class Intake(IDeviceStore devices, ISiteRecords sites, DeviceMoves moves, DeviceReader reader, IOutOfBandLinks links, FleetSettings settings, TimeProvider clock)
{
    /// <summary>D1: puts a device into the store that was never seen before. False where people have to receive it first.</summary>
    public async Task<bool> ReceiveAsync(EnrolledDevice enrolled, CancellationToken cancellationToken)
    {
        if (settings.Intake == IntakeMode.Manual)
        {
            return false;
        }

        var facts = new DeviceFacts { SiteChecksPassed = true };
        if (DeviceRecord.Receive(enrolled.Serial, facts, clock.GetUtcNow()) is Outcome<DeviceRecord>.Done(var record))
        {
            await devices.AddAsync(
                new StoredDevice(record, enrolled, null),
                new AuditNote(Actor.Portal, "device.receive", $"Received by the site's records at {enrolled.Location}", enrolled.Serial),
                cancellationToken);
        }

        return true;
    }

    /// <summary>Goes on from wherever the device stands between D1 and D4. Returns why it stopped before the pool; null when it is through or past.</summary>
    /// <exception cref="LinkException">The device cannot be read; what is done so far is stored.</exception>
    public async Task<Refusal?> CommissionAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        while (await devices.FindAsync(serial, cancellationToken) is { } device)
        {
            if (device.Record.Custody != CustodyState.Operator)
            {
                return null;
            }

            Outcome<StoredDevice> next;
            switch (device.Record.State)
            {
                case HsmState.Received when settings.Intake == IntakeMode.Manual:
                    return null;
                case HsmState.Received:
                    next = await MoveAsync(device, HsmEvent.Rack, new DeviceFacts { SiteChecksPassed = true }, $"Racked by the site's records at {device.Enrolled.Location}", cancellationToken);
                    break;
                case HsmState.Racked when await sites.FindAsync(serial, cancellationToken) is { Racked: { } racked } && !IntakeRules.SamePlace(racked.Place, device.Enrolled.Location):
                    return new Refusal("D3", RefusalKind.NotInThisState, $"The enrolment source says {device.Enrolled.Location}; the slot that was scanned is {racked.Place}.", "Find out where it stands, then correct the one that is wrong.");
                case HsmState.Racked:
                    var identity = await reader.ReadAsync(serial, Health.Unknown, cancellationToken);
                    if (identity.Commission != CommissionState.Released)
                    {
                        return await NotProvenAsync(device, identity, cancellationToken);
                    }

                    next = await MoveAsync(device, HsmEvent.Commission, identity, "Identity read from the device", cancellationToken);
                    break;
                case HsmState.Commissioning:
                    next = await BaselineAsync(device, cancellationToken);
                    break;
                default:
                    return null;
            }

            if (next is Outcome<StoredDevice>.Refused(var why))
            {
                return why;
            }
        }

        return null;
    }

    private async Task<Outcome<StoredDevice>> BaselineAsync(StoredDevice device, CancellationToken cancellationToken)
    {
        var serial = device.Record.Serial;
        var facts = await reader.ReadAsync(serial, Health.Unknown, cancellationToken);
        var now = clock.GetUtcNow();
        if (LogicalAccess.Mint(new CustodyFacts(serial, device.Record.Custody, now), LogicalAccessPurpose.PoolCare, now) is LogicalAccessVerdict.Granted(var access))
        {
            var login = await links.LinkTo(serial).TryAdministratorLoginAsync(access, cancellationToken);
            facts = facts with { Login = login, AdminAccess = login.Outcome == AdministratorLoginOutcome.LetIn ? AdminAccess.Enabled : AdminAccess.Unknown };
        }

        var passed = await MoveAsync(device, HsmEvent.BaselinePassed, facts, "Released, no customer content, administrator let in, firmware approved, no tamper", cancellationToken);
        if (passed is not Outcome<StoredDevice>.Refused(var why))
        {
            return passed;
        }

        await MoveAsync(device, HsmEvent.BaselineFailed, facts, why.ToString(), cancellationToken);
        return why;
    }

    /// <summary>A lost row, a moved device or a restored backup: it may be a customer's, so it counts as one (R30).</summary>
    private async Task<Refusal> NotProvenAsync(StoredDevice device, DeviceFacts facts, CancellationToken cancellationToken)
    {
        var why = new Refusal("R30", RefusalKind.NotInThisState, $"{device.Record.Serial} says it is {facts.Commission}, and no record says whose it is.", "It counts as a customer's until an engineer proves otherwise.");
        var unproven = device.Record with { Custody = CustodyState.Unknown, AdminAccess = AdminAccess.Unknown, Sanitisation = Sanitisation.Unknown, Fence = device.Record.Fence + 1 };
        await devices.SaveAsync(device.Record, device with { Record = unproven }, null, new AuditNote(Actor.Portal, "device.custody.unproven", why.ToString(), device.Record.Serial, RuleId: why.RuleId), cancellationToken);
        return why;
    }

    private Task<Outcome<StoredDevice>> MoveAsync(StoredDevice device, HsmEvent trigger, DeviceFacts facts, string detail, CancellationToken cancellationToken) =>
        moves.ApplyAsync(device, trigger, facts, null, detail, null, null, cancellationToken);
}
