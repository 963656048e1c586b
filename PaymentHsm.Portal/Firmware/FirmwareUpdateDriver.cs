using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Firmware;

/// <summary>
/// Drives the patching of one device (W7 steps 5 and 6). A device that a customer has is refused before anything is sent: by D6, by the capability that
/// cannot be minted, and by the device itself (R40).
/// </summary>
internal sealed class FirmwareUpdateDriver(
    IOperationStore store, IDeviceStore devices, DeviceMoves moves, DeviceReader reader, IOutOfBandLinks links, FirmwareUpdateOptions options, TimeProvider clock) : IOperationDriver
{
    public IReadOnlyList<OperationKind> Kinds { get; } = [OperationKind.FirmwareUpdate];

    public async Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken)
    {
        switch (FirmwareUpdate.Next(operation, options, clock.GetUtcNow()))
        {
            case UpdateAct.Wait(var until):
                return (operation, until);
            case UpdateAct.Ended:
                return (await store.FindAsync(operation.Id, cancellationToken), null);
            case var act:
                return (await ActAsync(operation, act, cancellationToken), null);
        }
    }

    private async Task<Operation?> ActAsync(Operation operation, UpdateAct act, CancellationToken cancellationToken)
    {
        if (await devices.FindAsync(operation.Serial, cancellationToken) is not { } device)
        {
            return await SaveAsync(operation, FirmwareUpdate.NotTaken(operation, "It is no longer enrolled.", clock.GetUtcNow()), cancellationToken);
        }

        return act switch
        {
            UpdateAct.Lock => await LockAsync(operation, device, cancellationToken),
            UpdateAct.Quarantine(var why) => await QuarantineAsync(operation, device, why, cancellationToken),

            // D7 was stored, its operation was not closed.
            UpdateAct.Release when device.Record.State == HsmState.Available => await SaveAsync(operation, FirmwareUpdate.Released(operation, [], clock.GetUtcNow()), cancellationToken),
            _ when device.Record.State != HsmState.Patching => await FailAsync(operation, $"It is {device.Record.State}, no longer in this wave's hands.", cancellationToken),
            UpdateAct.Ask => await AskAsync(operation, device, cancellationToken),
            UpdateAct.LookAgain => await LookAgainAsync(operation, cancellationToken),
            UpdateAct.ReadBack => await ReadBackAsync(operation, cancellationToken),
            _ => await ReleaseAsync(operation, device, cancellationToken),
        };
    }

    /// <summary>D6. The facts are read now; a reserved, handed-over or unknown device is refused and nothing was begun.</summary>
    private async Task<Operation?> LockAsync(Operation operation, StoredDevice device, CancellationToken cancellationToken)
    {
        if (device.Record.State == HsmState.Patching)
        {
            return await SaveAsync(operation, FirmwareUpdate.Locked(operation, "left the pool (found after a restart of the portal)", options, clock.GetUtcNow()), cancellationToken);
        }

        if (device.Record is not { State: HsmState.Available, Custody: CustodyState.Operator })
        {
            // A device that is not ours is not even read for this.
            return await SaveAsync(operation, FirmwareUpdate.NotTaken(operation, $"R40: it is {device.Record.State}, custody {device.Record.Custody}; only a free device of the operator is patched.", clock.GetUtcNow()), cancellationToken);
        }

        var progress = (OperationProgress.Firmware)operation.Progress;
        DeviceFacts facts;
        try
        {
            facts = await reader.ReadAsync(operation.Serial, Health.Unknown, cancellationToken);
        }
        catch (LinkException e)
        {
            return await SaveAsync(operation, FirmwareUpdate.NotRead(operation, e.Message, options, clock.GetUtcNow()), cancellationToken);
        }

        var place = device.Enrolled.Location;
        var othersFree = (await devices.AllAsync(cancellationToken)).Count(d =>
            d.Record is { State: HsmState.Available, Custody: CustodyState.Operator, Hold: false } && d.Record.Serial != operation.Serial && (d.Enrolled.Location.Region, d.Enrolled.Location.Stamp) == (place.Region, place.Stamp));
        facts = facts with { ReserveKept = othersFree >= progress.Reserve };
        return facts.Commission != CommissionState.Released
            ? await SaveAsync(operation, FirmwareUpdate.NotTaken(operation, $"R40: the device says {facts.Commission}, not Released; only a device that no customer holds is patched.", clock.GetUtcNow()), cancellationToken)
            : await moves.ApplyAsync(device, HsmEvent.StartPatch, facts, null, $"Patching {progress.From} to {progress.Target}, image {progress.Digest[..12]}", operation.Id, null, cancellationToken) switch
            {
                Outcome<StoredDevice>.Done => await SaveAsync(operation, FirmwareUpdate.Locked(operation, $"left the pool; {othersFree} others free in {place.Region}/{place.Stamp}", options, clock.GetUtcNow()), cancellationToken),
                Outcome<StoredDevice>.Refused(var why) => await SaveAsync(operation, FirmwareUpdate.NotTaken(operation, why.ToString(), clock.GetUtcNow()), cancellationToken),
                _ => throw new InvalidOperationException("An outcome is either done or refused."),
            };
    }

    private async Task<Operation?> AskAsync(Operation operation, StoredDevice device, CancellationToken cancellationToken)
    {
        var progress = (OperationProgress.Firmware)operation.Progress;
        var now = clock.GetUtcNow();
        if (LogicalAccess.Mint(new CustodyFacts(operation.Serial, device.Record.Custody, now), LogicalAccessPurpose.PoolCare, now) is not LogicalAccessVerdict.Granted(var access))
        {
            return await FailAsync(operation, $"R40: custody is {device.Record.Custody}; nothing was sent.", cancellationToken);
        }

        var asking = FirmwareUpdate.Asking(operation, now);
        var note = new AuditNote(Actor.Portal, "device.firmware.sending", $"{progress.Image}, SHA-256 {progress.Digest}", operation.Serial, null, operation.Id);
        if (await store.SaveAsync(asking, note, cancellationToken) is not { } stored)
        {
            return null;
        }

        Operation after;
        try
        {
            var answer = await links.LinkTo(operation.Serial).InstallFirmwareAsync(access, operation.Id, progress.Image, cancellationToken);
            after = FirmwareUpdate.Answered(stored, answer.Accepted, answer.Answer, options, clock.GetUtcNow());
        }
        catch (LinkException e)
        {
            after = FirmwareUpdate.NotAnswered(stored, e.Message, options, clock.GetUtcNow());
        }

        return await store.SaveAsync(after, new AuditNote(Actor.Portal, "device.firmware.answered", after.Step(FirmwareUpdate.InstallStep).Evidence[^1].Value, operation.Serial, null, operation.Id), cancellationToken);
    }

    /// <summary>The answer was lost with the process: the device's own record says whether it has the request, else the version does.</summary>
    private async Task<Operation?> LookAgainAsync(Operation operation, CancellationToken cancellationToken)
    {
        var link = links.LinkTo(operation.Serial);
        if (await RecordAsync(link, operation, cancellationToken) is { } record)
        {
            return await SaveAsync(operation, FirmwareUpdate.Answered(operation, true, $"answer lost; the device has the request: {record.State}", options, clock.GetUtcNow()), cancellationToken);
        }

        var poll = await link.PollAsync(cancellationToken);
        return await SaveAsync(operation, FirmwareUpdate.Looked(operation, poll.Firmware, options, clock.GetUtcNow()), cancellationToken);
    }

    private async Task<Operation?> ReadBackAsync(Operation operation, CancellationToken cancellationToken)
    {
        var (link, progress) = (links.LinkTo(operation.Serial), (OperationProgress.Firmware)operation.Progress);
        var poll = await link.PollAsync(cancellationToken);
        var version = poll.Reach == OobReach.Down ? null : poll.Firmware;
        return version != progress.Target && await RecordAsync(link, operation, cancellationToken) is { State: DeviceOperationState.Failed } failed
            ? await SaveAsync(operation, FirmwareUpdate.Failed(operation, OperationOutcome.Refused, $"The device did not install it: {failed.ResultKey ?? "failed"}; it reports {version ?? "no version"}.", clock.GetUtcNow()), cancellationToken)
            : await SaveAsync(operation, FirmwareUpdate.Polled(operation, version, poll.Detail, options, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>What the device itself has recorded of the request; null when it has nothing or cannot be asked, which proves nothing.</summary>
    private static async Task<DeviceOperation?> RecordAsync(IOutOfBandLink link, Operation operation, CancellationToken cancellationToken)
    {
        try
        {
            return await link.FindOperationAsync(operation.Id, cancellationToken);
        }
        catch (LinkException)
        {
            return null;
        }
    }

    /// <summary>D7: everything that the way into the pool asks for, read now.</summary>
    private async Task<Operation?> ReleaseAsync(Operation operation, StoredDevice device, CancellationToken cancellationToken)
    {
        var progress = (OperationProgress.Firmware)operation.Progress;
        try
        {
            var facts = await reader.ReadAsync(operation.Serial, Health.Unknown, cancellationToken);
            var now = clock.GetUtcNow();
            if (LogicalAccess.Mint(new CustodyFacts(operation.Serial, device.Record.Custody, now), LogicalAccessPurpose.PoolCare, now) is LogicalAccessVerdict.Granted(var access))
            {
                var login = await links.LinkTo(operation.Serial).TryAdministratorLoginAsync(access, cancellationToken);
                facts = facts with { Login = login, AdminAccess = login.Outcome == AdministratorLoginOutcome.LetIn ? AdminAccess.Enabled : AdminAccess.Unknown };
            }

            return await moves.ApplyAsync(device, HsmEvent.Patched, facts, null, $"{progress.From} to {progress.Target} read back; image {progress.Digest[..12]}", operation.Id, null, cancellationToken) switch
            {
                Outcome<StoredDevice>.Done => await SaveAsync(operation, FirmwareUpdate.Released(operation, Seen(facts, now), clock.GetUtcNow()), cancellationToken),
                Outcome<StoredDevice>.Refused(var why) => await SaveAsync(operation, FirmwareUpdate.NotReleasable(operation, why.ToString(), options, clock.GetUtcNow()), cancellationToken),
                _ => throw new InvalidOperationException("An outcome is either done or refused."),
            };
        }
        catch (LinkException e)
        {
            return await SaveAsync(operation, FirmwareUpdate.NotReleasable(operation, e.Message, options, clock.GetUtcNow()), cancellationToken);
        }
    }

    private static IEnumerable<Evidence> Seen(DeviceFacts facts, DateTimeOffset at) =>
    [
        new("licences", facts.Baseline is { LicencesComplete: true } ? "base set complete" : "incomplete", at),
        new("self-test", facts.Baseline is { SelfTestPassed: true } ? "no part reports critical" : "not passed", at),
        new("content", facts.CustomerContentPresent == false ? "Released, no customer content" : "not proven", at),
        new("administrator", facts.AdminAccess == AdminAccess.Enabled ? "let in" : "not let in", at),
    ];

    private async Task<Operation?> QuarantineAsync(Operation operation, StoredDevice device, UpdateFailure failure, CancellationToken cancellationToken)
    {
        var quarantined = device.Record.State == HsmState.Quarantined;
        if (device.Record.State == HsmState.Patching)
        {
            var moved = await moves.ApplyAsync(device, HsmEvent.PatchFailed, DeviceFacts.None, null, failure.Why, operation.Id, null, cancellationToken);
            if (moved is Outcome<StoredDevice>.Refused)
            {
                // Somebody else moved it at this moment: read again.
                return null;
            }

            quarantined = true;
        }

        return await SaveAsync(operation, FirmwareUpdate.Quarantined(operation, quarantined, clock.GetUtcNow()), cancellationToken);
    }

    private Task<Operation?> FailAsync(Operation operation, string why, CancellationToken cancellationToken) =>
        SaveAsync(operation, FirmwareUpdate.Failed(operation, OperationOutcome.Contradictory, why, clock.GetUtcNow()), cancellationToken);

    /// <summary>Stores a change that is worth it; when only the waiting time moved, memory is enough.</summary>
    private async Task<Operation?> SaveAsync(Operation before, Operation after, CancellationToken cancellationToken)
    {
        if (after.State == OperationState.Finished)
        {
            return await store.SaveAsync(after, new AuditNote(Actor.Portal, "operation.ended", $"{after.Outcome}: {after.OutcomeDetail}", after.Serial, null, after.Id), cancellationToken);
        }

        var same = (OperationProgress.Firmware)before.Progress with { NotBefore = null } == (OperationProgress.Firmware)after.Progress with { NotBefore = null }
            && before.Steps.Zip(after.Steps).All(p => p.First.State == p.Second.State && p.First.Evidence.Count == p.Second.Evidence.Count);
        return same ? after : await store.SaveAsync(after, null, cancellationToken);
    }
}
