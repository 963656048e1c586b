using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Lifecycle;

namespace PaymentHsm.Portal.Overdue;

/// <summary>Devices in passing states. Their overdue events have no guard, so that every device gets out.</summary>
internal sealed class OverdueDevices(
    IDeviceStore devices, IOperationStore operations, DeviceMoves moves, LifecycleOptions options, IGrainFactory grains, TimeProvider clock, ILogger<OverdueDevices> log) : IOverdueSource
{
    public string Kind => "device";

    public async Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken) =>
        [.. (await devices.AllAsync(cancellationToken)).Select(d => (d.Record, Deadline: d.Record.Deadline(options))).Where(d => d.Deadline is not null).Select(d => Item(d.Record, d.Deadline!.Value))];

    public async Task<Outcome<string>> EscapeAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        HsmSerial.TryParse(id, out var serial) && await devices.FindAsync(serial, cancellationToken) is { } device
            ? await MoveAsync(actor, device, $"{actor.Id} used the way out of {device.Record.State}, overdue since {device.Record.Deadline(options):yyyy-MM-dd HH:mm:ss}Z", cancellationToken)
            : new Refusal("R88", RefusalKind.NotFound, $"There is no device {id}.");

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        foreach (var device in await devices.AllAsync(cancellationToken))
        {
            // An operation that holds the device has deadlines of its own and ends with evidence; it is not cut short from here.
            if (device.Record.Deadline(options) is { } deadline && clock.GetUtcNow() >= deadline && await operations.HoldingAsync(device.Record.Serial, cancellationToken) is null
                && await MoveAsync(Actor.Portal, device, $"{device.Record.State} was not left by {deadline:yyyy-MM-dd HH:mm:ss}Z, and no operation holds the device", cancellationToken) is Outcome<string>.Done)
            {
                moved++;
            }
        }

        return moved;
    }

    private async Task<Outcome<string>> MoveAsync(Actor by, StoredDevice device, string detail, CancellationToken cancellationToken)
    {
        if (HsmLifecycle.OverdueEvent(device.Record.State) is not { } trigger)
        {
            return new Refusal("R88", RefusalKind.NotInThisState, $"{device.Record.Serial} is {device.Record.State}; there a person acts next.");
        }

        switch (await moves.ApplyAsync(by, device, trigger, DeviceFacts.None, null, detail, null, null, cancellationToken))
        {
            case Outcome<StoredDevice>.Refused(var why):
                return why;
            case Outcome<StoredDevice>.Done(var moved):
                log.DeviceMoved(moved.Record.Serial, device.Record.State, moved.Record.State);
                await grains.GetGrain<IHsmGrain>(moved.Record.Serial.ToString()).RefreshAsync();
                return $"{moved.Record.Serial} is {moved.Record.State.Spaced()} now.";
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    private static OverdueItem Item(DeviceRecord device, DateTimeOffset deadline)
    {
        var to = HsmLifecycle.OverdueEvent(device.State) is { } trigger && HsmLifecycle.Table.Next(device.State, trigger) is StepResult<HsmState, HsmEvent>.Moved(var row) ? row.To : null;
        var escape = to switch
        {
            HsmState.Quarantined => new OverdueEscape("Send to quarantine", "The device goes to quarantine. An operation that is at work on it finds it there and ends with what it has."),
            HsmState.Available => new OverdueEscape("Back to the pool", "The reservation ends; the device is free again. An operation that is at work on it finds that and ends."),
            _ => null,
        };
        return new OverdueItem(
            "device", device.Serial.ToString(), $"Device {device.Serial}", device.State.Spaced(), "Engineering", device.StateSince, deadline, $"/fleet/{device.Serial}", escape);
    }
}
