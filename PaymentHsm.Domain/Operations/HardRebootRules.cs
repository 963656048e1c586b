using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.Operations;

/// <summary>Who may ask for a power cycle by hand, of which device, and who may confirm it (W3 steps 1 to 3).</summary>
public static class HardRebootRules
{
    /// <summary>Why the request is refused; null when it is allowed.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="ticket">Under which ticket.</param>
    /// <param name="device">The device as it is now.</param>
    /// <param name="reason">Why; the recorded reason for skipping the soft reboot when none was tried (R54).</param>
    /// <param name="lastSoft">The last soft reboot of this device under this ticket that ran; null when none did.</param>
    /// <param name="skip">The recorded reason for going on although the soft reboot was verified.</param>
    public static Refusal? Request(Actor actor, Ticket ticket, RestartStanding device, string? reason, Operation? lastSoft, string? skip)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(device);
        if (actor.Role is not (Role.Support or Role.Engineering))
        {
            return new("R1", RefusalKind.NotThisPerson, $"A hard reboot is asked for by Support or Engineering; {actor.Id} is {actor.Role}.", "Ask a support representative.");
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
            return new("R54", RefusalKind.BadInput, "A reason is missing.", lastSoft is null ? "No soft reboot was tried: say why it is not possible." : "Say in a sentence why the power cycle is wanted.");
        }

        return Device(device) ?? (lastSoft is { Outcome: OperationOutcome.Verified } && string.IsNullOrWhiteSpace(skip)
            ? new("R54", RefusalKind.NotInThisState, $"The soft reboot {lastSoft.ShortName} was verified; the next rung is not open.", "Say in softRebootVerifiedBut what is still wrong.")
            : null);
    }

    /// <summary>Why the device may not be power-cycled now; null when it may. The same freezes as for a soft reboot (R52, R67).</summary>
    public static Refusal? Device(RestartStanding device) => SoftRebootRules.Device(device);

    /// <summary>Why the customer's decision may not be recorded now; null when it may.</summary>
    public static Refusal? Impact(Actor actor, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.Progress is not OperationProgress.PowerCycle)
        {
            return new("R64", RefusalKind.NotInThisState, $"{operation.ShortName} is no hard reboot; there is no impact talk to record.");
        }

        if (operation.State != OperationState.AwaitingConfirmation)
        {
            return new("R64", RefusalKind.NotInThisState, $"{operation.ShortName} is {operation.State}; the talk comes before the confirmation.");
        }

        return actor.Role is Role.Support or Role.Engineering
            ? null
            : new("R64", RefusalKind.NotThisPerson, $"Support and Engineering talk with the customer; {actor.Id} is {actor.Role}.");
    }

    /// <summary>Reads the customer's decision as people and other systems write it; null when it is none.</summary>
    public static ImpactDecision? Decision(string? text)
    {
        var plain = new string([.. (text ?? "").Where(char.IsAsciiLetter)]);
        return Enum.TryParse<ImpactDecision>(plain, ignoreCase: true, out var decision) && Enum.IsDefined(decision) ? decision : null;
    }

    /// <summary>Why this person may not confirm; null when they may.</summary>
    public static Refusal? Confirm(Actor actor, Operation operation, HardRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        if (operation.State == OperationState.Running)
        {
            return new("R67", RefusalKind.NotInThisState, $"{operation.ConfirmedBy} confirmed this hard reboot already.", "Follow it on its page.");
        }

        if (now >= operation.ConfirmBefore && operation.ConfirmedBy is null)
        {
            return new("W3", RefusalKind.NotInThisState, $"The time to confirm ended at {operation.ConfirmBefore:yyyy-MM-dd HH:mm:ss}Z.", "Ask for a new one.");
        }

        if (operation.State == OperationState.Finished)
        {
            return new("I9", RefusalKind.NotInThisState, $"This operation has ended ({operation.Outcome}); it is never reopened.", "Ask for a new one.");
        }

        if (actor.Role != Role.Engineering)
        {
            return new("R2", RefusalKind.NotThisPerson, $"Engineering confirms; {actor.Id} is {actor.Role}.", "Any engineer but the requester may.");
        }

        if (options.AnotherPersonConfirms && actor.Id == operation.RequestedBy)
        {
            return new("R10", RefusalKind.NotThisPerson, $"You asked for {operation.ShortName}. Whoever asks may not confirm.", "Another engineer may.");
        }

        return operation.Progress is OperationProgress.PowerCycle { Decision: null }
            ? new("R64", RefusalKind.NotInThisState, "The customer's decision is not recorded: wait for the hard reboot, take a new HSM, or both.", "Talk with the customer and record it on this page first.")
            : null;
    }

    /// <summary>Why this person may not withdraw; null when they may.</summary>
    public static Refusal? Withdraw(Actor actor, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.State != OperationState.AwaitingConfirmation)
        {
            return new("I9", RefusalKind.NotInThisState, operation.State == OperationState.Running ? "It was confirmed; an engineer may call off its work order." : "It has ended.");
        }

        return actor.Id == operation.RequestedBy || actor.Role == Role.Engineering
            ? null
            : new("R1", RefusalKind.NotThisPerson, $"Only {operation.RequestedBy} or an engineer may withdraw this.");
    }
}

/// <summary>What the customer chose when the impact of a hard reboot was talked over (R64).</summary>
public enum ImpactDecision
{
    /// <summary>Wait for the hard reboot.</summary>
    Wait,

    /// <summary>Create a new HSM instead of waiting.</summary>
    NewHsm,

    /// <summary>Both at once.</summary>
    Both,
}

/// <summary>Clocks of a hard reboot beside those of its work order (W3).</summary>
public sealed record HardRebootOptions
{
    /// <summary>How long the talk with the customer and the second person's confirmation may take together.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>False lets the requester confirm alone; the default asks for another person (R1, R10).</summary>
    public bool AnotherPersonConfirms { get; init; } = true;

    /// <summary>How often the device is watched while cords are pulled, and afterwards.</summary>
    public TimeSpan ObserveEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Tries to read where the device stands before the order is opened; a dead controller must not stand in the way of a power cycle.</summary>
    public int MarkTries { get; init; } = 2;

    /// <summary>Pause between such tries, and between looks at an order that waits for people.</summary>
    public TimeSpan LookAgainAfter { get; init; } = TimeSpan.FromSeconds(15);
}
