using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Moves a device through its lifecycle: the domain decides, the store keeps it together with the audit entry.</summary>
internal sealed class DeviceMoves(IDeviceStore devices, TimeProvider clock, LifecycleOptions? options = null)
{
    /// <summary>An event of the portal's own automation.</summary>
    public Task<Outcome<StoredDevice>> ApplyAsync(
        StoredDevice device, HsmEvent trigger, DeviceFacts facts, string? customer, string detail, Guid? operation, Func<DeviceRecord, AllocationRecord>? opens, CancellationToken cancellationToken) =>
        ApplyAsync(Actor.Portal, device, trigger, facts, customer, detail, operation, opens, cancellationToken);

    /// <summary>
    /// Applies one event. The refusal of a guard comes back as an answer; a device that somebody else moved in between is refused too.
    /// </summary>
    /// <param name="by">Who does it.</param>
    /// <param name="customer">The customer's name after the move.</param>
    /// <param name="opens">The allocation that the move opens, made from the moved record.</param>
    public async Task<Outcome<StoredDevice>> ApplyAsync(
        Actor by, StoredDevice device, HsmEvent trigger, DeviceFacts facts, string? customer, string detail, Guid? operation, Func<DeviceRecord, AllocationRecord>? opens, CancellationToken cancellationToken)
    {
        switch (device.Record.Apply(trigger, facts, clock.GetUtcNow(), options))
        {
            case Outcome<DeviceRecord>.Refused(var why):
                return why;
            case Outcome<DeviceRecord>.Done(var record):
                var moved = device with { Record = record, Customer = customer };
                var note = new AuditNote(by, $"device.{trigger.ToString().ToLowerInvariant()}", detail, record.Serial, null, operation, null, Facts(device.Record), Facts(record));
                return await devices.SaveAsync(device.Record, moved, opens?.Invoke(record), note, cancellationToken)
                    ? moved
                    : new Refusal("R74", RefusalKind.NotInThisState, $"{record.Serial} was changed by somebody else at this moment (fence {device.Record.Fence}).", "Read it again.");
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    private static Dictionary<string, string> Facts(DeviceRecord record) => new()
    {
        ["state"] = record.State.ToString(),
        ["custody"] = record.Custody.ToString(),
        ["adminAccess"] = record.AdminAccess.ToString(),
        ["sanitisation"] = record.Sanitisation.ToString(),
    };
}
