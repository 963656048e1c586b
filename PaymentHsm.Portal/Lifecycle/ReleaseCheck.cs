using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>
/// The release check of a deletion (W4 steps 3 to 6): a fresh read of the device decides, and whatever is not surely released blocks (R70). Blocked means that
/// the resource is back in its usable state, with the steps to take.
/// </summary>
internal sealed class ReleaseCheck(IResourceStore store, IDeviceStore devices, DeviceReader reader, IOperationRunner runner, TimeProvider clock)
{
    private const int Reads = 3;

    /// <summary>Checks a resource that is Deleting; may be repeated after a crash. Returns Raced when somebody else moved it meanwhile.</summary>
    public async Task<ReleaseVerdict> CheckAsync(CustomerResource deleting, CancellationToken cancellationToken)
    {
        if (deleting.Serial is not { } serial || await devices.FindAsync(serial, cancellationToken) is not { } device)
        {
            return await EndAsync(deleting, cancellationToken);
        }

        var facts = new ResourceFacts { Device = device.Record.State, Custody = device.Record.Custody };
        if (!facts.CustomerHoldsDevice && device.Record.State != HsmState.Released)
        {
            return await EndAsync(deleting, cancellationToken);
        }

        if (device.Record.State != HsmState.Released)
        {
            var (read, why) = await ReadAsync(serial, cancellationToken);
            if (read is null)
            {
                return await BlockAsync(deleting, ResourceEvent.ReleaseUnknown, facts, "R70", new ResourceFault(
                    "ReleaseStateUnknown",
                    $"Whether payment HSM '{deleting.Id.Name}' has been released cannot be read from the device at present ({why}). Nothing was changed. Retry later, or open a support ticket."), cancellationToken);
            }

            if (read is not { Commission: CommissionState.Released, CustomerContentPresent: false })
            {
                return await BlockAsync(deleting, ResourceEvent.NotReleased, facts, "R70", new ResourceFault(
                    "DeviceNotReleased",
                    $"Payment HSM '{deleting.Id.Name}' has not been released (the device says {read.Commission}). Put it into Secure state with the left and right key cards, press Release in payShield Manager, then retry the delete."), cancellationToken);
            }
        }

        var begins = DeletionSteps.Request(deleting, device, clock.GetUtcNow());
        var going = deleting with { Operation = begins.Id, StatusMessage = "Deleting: released; the device is being verified.", DeletionBlockedSince = null };
        if (await store.SaveAsync(going, new AuditNote(Actor.Portal, "operation.requested", $"Return of {serial} from {deleting.Id}", serial, null, begins.Id), begins, null, cancellationToken) is not { } stored)
        {
            return new ReleaseVerdict.Raced();
        }

        await runner.DriveAsync(begins);
        return new ReleaseVerdict.Begun(stored);
    }

    private async Task<(DeviceFacts? Facts, string Why)> ReadAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        var why = "";
        for (var read = 0; read < Reads; read++)
        {
            try
            {
                return (await reader.ReadCommissionAsync(serial, cancellationToken), "");
            }
            catch (LinkException e)
            {
                why = e.Message;
                if (!e.IsTransient)
                {
                    break;
                }
            }
        }

        return (null, why);
    }

    private async Task<ReleaseVerdict> BlockAsync(CustomerResource deleting, ResourceEvent trigger, ResourceFacts facts, string rule, ResourceFault fault, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (deleting.Apply(trigger, facts, fault.Message, now) is not Outcome<CustomerResource>.Done(var back))
        {
            return new ReleaseVerdict.Raced();
        }

        var note = new AuditNote(Actor.Portal, "resource.delete.blocked", $"{fault.Code}: {fault.Message}", deleting.Serial, RuleId: rule);
        return await store.SaveAsync(back with { DeletionBlockedSince = deleting.DeletionBlockedSince ?? now }, note, null, null, cancellationToken) is { } stored
            ? new ReleaseVerdict.Blocked(stored, fault, rule)
            : new ReleaseVerdict.Raced();
    }

    /// <summary>No customer holds a device for it: it just ends.</summary>
    private async Task<ReleaseVerdict> EndAsync(CustomerResource deleting, CancellationToken cancellationToken) =>
        deleting.Apply(ResourceEvent.Released, ResourceFacts.None, "Deleted.", clock.GetUtcNow()) is Outcome<CustomerResource>.Done(var gone)
            && await store.SaveAsync(gone, new AuditNote(Actor.Portal, "resource.deleted", $"{deleting.Id} is gone; it held no customer's device", deleting.Serial), null, null, cancellationToken) is not null
            ? new ReleaseVerdict.Ended()
            : new ReleaseVerdict.Raced();
}

/// <summary>What the release check found.</summary>
public abstract record ReleaseVerdict
{
    private ReleaseVerdict()
    {
    }

    /// <summary>Not released, or not known: the resource is usable again.</summary>
    public sealed record Blocked(CustomerResource Resource, ResourceFault Fault, string RuleId) : ReleaseVerdict;

    /// <summary>Released: the device is on its way back.</summary>
    public sealed record Begun(CustomerResource Resource) : ReleaseVerdict;

    /// <summary>The resource is gone.</summary>
    public sealed record Ended : ReleaseVerdict;

    /// <summary>Somebody else moved it at this moment.</summary>
    public sealed record Raced : ReleaseVerdict;
}
