using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.Operations;

/// <summary>Who may ask for a soft reboot, of which device, and who may confirm it (W2 steps 1 and 3).</summary>
public static class SoftRebootRules
{
    /// <summary>Why the request is refused; null when it is allowed.</summary>
    public static Refusal? Request(Actor actor, Ticket ticket, RestartStanding device, string? reason)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(device);
        if (actor.Role is not (Role.Support or Role.Engineering))
        {
            return new("R1", RefusalKind.NotThisPerson, $"A soft reboot is asked for by Support or Engineering; {actor.Id} is {actor.Role}.", "Ask a support representative.");
        }

        if (ticket.State == TicketState.Closed)
        {
            return new("R53", RefusalKind.NotInThisState, $"{ticket.Number} is closed; an operation needs an open ticket.", "Open a new ticket.");
        }

        if (ticket.Serial != device.Serial)
        {
            return new("R53", RefusalKind.BadInput, $"{ticket.Number} is about {ticket.Serial}, not {device.Serial}.", "Open a ticket for that device.");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new("R84", RefusalKind.BadInput, "A reason is missing.", "Say in a sentence why the restart is wanted.");
        }

        return Device(device);
    }

    /// <summary>Why the device may not be restarted now; null when it may.</summary>
    public static Refusal? Device(RestartStanding device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.Lifecycle is not (HsmState.Allocated or HsmState.Available))
        {
            return new("D14", RefusalKind.NotInThisState, $"{device.Serial} is {device.Lifecycle}; only an allocated device or one in the pool is restarted.");
        }

        if (device.Running is { } running)
        {
            return new("R67", RefusalKind.NotInThisState, running.Kind == OperationKind.SoftReboot
                ? $"A restart of this device is already {(running.State == OperationState.Running ? "running" : "waiting for confirmation")} ({running.ShortName})."
                : $"An operation on this device is already running ({running.ShortName}).", "Wait until it has ended. One operation at a time per device.");
        }

        if (device.Held)
        {
            return new("R52", RefusalKind.NotInThisState, $"{device.Serial} is on hold after a tamper or an identity mismatch.", "Review the incident; an engineer lifts the hold.");
        }

        if (device.Tampered)
        {
            return new("R52", RefusalKind.NotInThisState, $"{device.Serial} has a latched tamper; it is frozen until the incident is reviewed.", "Ask the customer about log recovery first.");
        }

        var busy = device.Pair.FirstOrDefault(p => p.OperationRunning);
        return busy is null ? null : new("R67", RefusalKind.NotInThisState, $"{busy.Serial}, the same customer's other device in this region, is being worked on.", "Never both of a pair at once: wait until that has ended.");
    }

    /// <summary>Why this person may not confirm; null when they may.</summary>
    public static Refusal? Confirm(Actor actor, Operation operation, SoftRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        if (operation.State == OperationState.Running)
        {
            return new("R67", RefusalKind.NotInThisState, $"A restart of this device is already running; {operation.ConfirmedBy} confirmed it.", "Follow it on its page.");
        }

        if (now >= operation.ConfirmBefore && operation.ConfirmedBy is null)
        {
            return new("W2", RefusalKind.NotInThisState, $"The time to confirm ended at {operation.ConfirmBefore:yyyy-MM-dd HH:mm:ss}Z.", "Ask for a new one.");
        }

        if (operation.State == OperationState.Finished)
        {
            return new("I9", RefusalKind.NotInThisState, $"This operation has ended ({operation.Outcome}); it is never reopened.", "Ask for a new one.");
        }

        if (actor.Role != Role.Engineering)
        {
            return new("R2", RefusalKind.NotThisPerson, $"Engineering confirms; {actor.Id} is {actor.Role}.", "Any engineer but the requester may.");
        }

        return options.AnotherPersonConfirms && actor.Id == operation.RequestedBy
            ? new("R10", RefusalKind.NotThisPerson, $"You asked for {operation.ShortName}. Whoever asks may not confirm.", "Another engineer may.")
            : null;
    }

    /// <summary>Why this person may not withdraw; null when they may.</summary>
    public static Refusal? Withdraw(Actor actor, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.State != OperationState.AwaitingConfirmation)
        {
            return new("I9", RefusalKind.NotInThisState, operation.State == OperationState.Running ? "It was confirmed; what was sent cannot be taken back." : "It has ended.");
        }

        return actor.Id == operation.RequestedBy || actor.Role == Role.Engineering
            ? null
            : new("R1", RefusalKind.NotThisPerson, $"Only {operation.RequestedBy} or an engineer may withdraw this.");
    }
}

/// <summary>What the rules need to know of a device that somebody wants to restart.</summary>
/// <param name="Running">The operation that holds the device; null when free.</param>
/// <param name="Pair">The same customer's other devices in the region (R18).</param>
/// <param name="Held">Frozen after a tamper or an identity mismatch until people reviewed it (R52).</param>
public sealed record RestartStanding(HsmSerial Serial, HsmState Lifecycle, bool Tampered, Operation? Running, IReadOnlyList<PairMember> Pair, bool Held = false);

/// <summary>Another device of the same customer in the same region.</summary>
public sealed record PairMember(HsmSerial Serial, string Stamp, Health Health, bool OperationRunning);
