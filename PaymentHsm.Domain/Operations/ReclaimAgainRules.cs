using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.Operations;

/// <summary>Who may ask for a Reclaim again, and of which device (D24, R80).</summary>
public static class ReclaimAgainRules
{
    /// <summary>Why this person may not ask for it; null when they may.</summary>
    public static Refusal? MayAsk(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Role is Role.Support or Role.Engineering
            ? null
            : new("D24", RefusalKind.NotThisPerson, $"A Reclaim again is asked for by Support or Engineering; {actor.Id} is {actor.Role}.", "Ask a support representative.");
    }

    /// <summary>Why the request is refused; null when it may go to the quorum.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="ticket">The ticket that carries it.</param>
    /// <param name="device">The device as stored.</param>
    /// <param name="resourceGone">No customer's resource refers to the device.</param>
    /// <param name="running">The operation that holds the device; null when free.</param>
    /// <param name="reason">Why a fresh Reclaim is worth a try.</param>
    /// <param name="now">Present time (UTC).</param>
    /// <param name="options">Clocks.</param>
    public static Refusal? Request(Actor actor, Ticket ticket, DeviceRecord device, bool resourceGone, Operation? running, string? reason, DateTimeOffset now, LifecycleOptions options)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(device);
        return MayAsk(actor)
            ?? (ticket.State == TicketState.Closed ? new Refusal("R53", RefusalKind.NotInThisState, $"{ticket.Number} is closed; a Reclaim again needs an open ticket.", "Open a new ticket.") : null)
            ?? Device(device, resourceGone, running, now, options)
            ?? (string.IsNullOrWhiteSpace(reason) ? new Refusal("D24", RefusalKind.BadInput, "The reason is missing.", "Say why a fresh Reclaim can work now.")
                : reason.Length > TicketRules.MaxText ? new("D24", RefusalKind.BadInput, $"The reason has {reason.Length} characters; {TicketRules.MaxText} is the most.")
                : null);
    }

    /// <summary>Why the device cannot be reclaimed again now; null when it can. What is read of it and who signs is asked for when it is done.</summary>
    public static Refusal? Device(DeviceRecord device, bool resourceGone, Operation? running, DateTimeOffset now, LifecycleOptions options)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.State switch
        {
            HsmState.Quarantined => Guard(device, now, options)
                ?? (!resourceGone ? new Refusal("D24", RefusalKind.NotInThisState, "A customer's resource still refers to the device.", "Finish its deletion first; it must answer 404.")
                    : running is not null ? new("R67", RefusalKind.NotInThisState, $"{running.Kind} {running.ShortName} holds this device.", "Wait until it has ended. One operation at a time per device.")
                    : null),
            HsmState.PendingDestruction => new("D24", RefusalKind.NotInThisState, $"The destruction of {device.Serial} is ordered.", "While the unit is in the rack, the same quorum can call it off (D26); then ask again."),
            HsmState.DestructionStarted or HsmState.HddDestroyed or HsmState.Destroyed => new("D24", RefusalKind.NotInThisState, $"The destruction of {device.Serial} has begun; from there is no way back."),
            var other => new("D24", RefusalKind.NotInThisState, $"{device.Serial} is {other}; only a quarantined device is reclaimed again.", other == HsmState.Allocated ? "A device that a customer holds is force-deleted (W5)." : null),
        };
    }

    /// <summary>Why the device, as it answers now, is no case for it; null when it is one.</summary>
    /// <param name="serial">Which device.</param>
    /// <param name="answers">Its controller can be reached.</param>
    public static Refusal? Answers(HsmSerial serial, bool answers) => answers
        ? null
        : new("R80", RefusalKind.NotInThisState, $"{serial} does not answer; nobody signs for a Reclaim that cannot be sent.", "Repair the way to its controller, then ask again; or order its destruction.");

    /// <summary>The guard of D24 with everything given that is read or signed later.</summary>
    private static Refusal? Guard(DeviceRecord device, DateTimeOffset now, LifecycleOptions options) => DeviceGuards.Check(
        HsmEvent.ReclaimedLater, device,
        DeviceFacts.None with { ReadAt = now, ReportedSerial = device.Serial, Commission = CommissionState.Released, CustomerContentPresent = false, EngineerSignatures = 2 }, now, options);
}
