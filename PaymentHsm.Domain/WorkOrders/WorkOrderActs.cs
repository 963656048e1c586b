using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.WorkOrders;

/// <summary>What every kind of work order knows: taking it, being stopped, going on, being called off. Pure: order, person and time in; order or refusal out.</summary>
public static class WorkOrderActs
{
    public const string Accepted = "accepted";
    public const string Arrived = "arrived";
    public const string Scanned = "scanned";
    public const string Stopped = "stopped";
    public const string Released = "released";

    /// <summary>Longest note, in characters.</summary>
    public const int MaxNote = 1000;

    /// <summary>Takes an open order. The same person again changes nothing; another one is refused.</summary>
    public static Outcome<WorkResult> Accept(WorkOrder order, Actor actor, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(options);
        if ((Ended(order) ?? AtTheRack(order, actor)) is { } no)
        {
            return no;
        }

        if (order.Assignee is { } has)
        {
            return has == actor.Id ? WorkResult.Of(order) : new Refusal("R66", RefusalKind.NotInThisState, $"{has} has {order.Number}.", "Confirm as the second person when the label was scanned.");
        }

        var next = order.Steps[1];
        var due = now + (order.Kind == WorkOrderKind.Destruction ? options.RemoveWithin : options.IdentifyWithin);
        return WorkResult.Of(order.Did(new WorkAct(Accepted, actor.Id, now, $"taken by {actor.Id}"), next, due) with { State = WorkOrderState.AtWork, Assignee = actor.Id });
    }

    /// <summary>Says that the assignee stands at the rack; the time to identify begins.</summary>
    public static Outcome<WorkResult> Arrive(WorkOrder order, Actor actor, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(options);
        return Assignee(order, actor, WorkStep.Identify) is { } no ? no
            : order.Act(Arrived) is not null ? WorkResult.Of(order)
            : WorkResult.Of(order.Did(new WorkAct(Arrived, actor.Id, now, $"at rack {order.Place.Rack}"), WorkStep.Identify, now + options.IdentifyWithin));
    }

    /// <summary>Something is wrong, in the words of the person at the rack: the order waits for an engineer.</summary>
    public static Outcome<WorkResult> Problem(WorkOrder order, Actor actor, string? words, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(actor);
        if ((Ended(order) ?? OnHold(order) ?? AtTheRack(order, actor)) is { } no)
        {
            return no;
        }

        if (order.Assignee is null)
        {
            return OutOfOrder(order, "Nobody has taken it yet.");
        }

        return Note(words, "Say in a sentence what is wrong.") is { } bad ? bad : WorkResult.Of(Held(order, new WorkStop("R66", words!.Trim(), null, actor.Id, now)));
    }

    /// <summary>An engineer lets the order go on from the step where it was stopped.</summary>
    public static Outcome<WorkResult> Release(WorkOrder order, Actor actor, string? note, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(options);
        if ((Ended(order) ?? Engineer(actor, "lets a stopped order go on")) is { } no)
        {
            return no;
        }

        if (order.State != WorkOrderState.OnHold)
        {
            return new Refusal("R66", RefusalKind.NotInThisState, $"{order.Number} is not on hold.");
        }

        var goesOn = order.Did(new WorkAct(Released, actor.Id, now, note?.Trim() ?? ""), order.Step, now + Within(order, options));
        return Note(note, "Say in a sentence what was found.") is { } bad ? bad : WorkResult.Of(goesOn with { State = WorkOrderState.AtWork, Stop = null });
    }

    /// <summary>An engineer calls the order off; only before anything was done that has to be carried through.</summary>
    public static Outcome<WorkResult> Cancel(WorkOrder order, Actor actor, string? note, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(actor);
        if ((Ended(order) ?? Engineer(actor, "calls an order off")) is { } no)
        {
            return no;
        }

        if (order.Kind == WorkOrderKind.Destruction)
        {
            return new Refusal("D26", RefusalKind.NotThisPerson, "A destruction is called off by the same quorum that ordered it.", "Ask for a cancellation; two engineers sign it.");
        }

        if (order.Work is WorkDetails.PowerCycle { Psu1.OffAt: not null } or WorkDetails.PowerCycle { Psu2.OffAt: not null })
        {
            return new Refusal("R66", RefusalKind.NotInThisState, "A cord was pulled already; the order is carried through.", "Let it go on, or wait for what the portal observes.");
        }

        return Note(note, "Say in a sentence why.") is { } bad ? bad : WorkResult.Of(Ended(order, WorkOrderState.Cancelled, actor.Id, OperationOutcome.Cancelled, $"Called off by {actor.Id}: {note!.Trim()}", now));
    }

    /// <summary>The present step is overdue and somebody was told.</summary>
    public static WorkOrder Escalate(WorkOrder order) => order with { Escalated = true };

    /// <summary>Ends an order.</summary>
    public static WorkOrder Ended(WorkOrder order, WorkOrderState state, string by, OperationOutcome? outcome, string detail, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order with { State = state, Step = WorkStep.Ended, DueAt = null, Stop = null, End = new WorkEnd(now, by, outcome, detail) };
    }

    /// <summary>
    /// Reads a scanned or typed label against the bound serial. Text that is no serial number is asked for again; the label of another unit stops the order (R66).
    /// </summary>
    /// <param name="order">Before the scan.</param>
    /// <param name="actor">Who scanned.</param>
    /// <param name="text">What was scanned.</param>
    /// <param name="seen">Where the scanned unit stands by the site's records, if it is known.</param>
    /// <param name="now">Present time.</param>
    /// <param name="why">A refusal that changes nothing.</param>
    /// <returns>Null when the label is the bound one; else the order on hold, or no order and <paramref name="why"/>.</returns>
    internal static WorkResult? Mismatch(WorkOrder order, Actor actor, string? text, Location? seen, DateTimeOffset now, out Refusal? why)
    {
        why = null;
        var label = (text ?? "").Trim().ToUpperInvariant();
        if (!HsmSerial.TryParse(label, out var scanned))
        {
            why = new Refusal("R66", RefusalKind.BadInput, label.Length == 0 ? "Nothing was scanned." : $"'{Short(label)}' is no serial number (a letter, ten digits, a letter).", "Scan the label of the device again.");
            return null;
        }

        if (scanned == order.Serial)
        {
            return null;
        }

        var refusal = new Refusal("R66", RefusalKind.NotInThisState, $"Stop. Wrong device: the order is for {order.Serial}, you scanned {scanned}. {Where(order.Place, seen)}", "Touch nothing; an engineer decides.");
        return new WorkResult(Held(order, new WorkStop("R66", $"Wrong device. {Where(order.Place, seen)}", scanned.ToString(), actor.Id, now)), refusal);
    }

    internal static WorkOrder Held(WorkOrder order, WorkStop stop) =>
        order.Did(new WorkAct(Stopped, stop.By, stop.At, stop.Scanned is null ? stop.Reason : $"scanned {stop.Scanned}. {stop.Reason}"), order.Step, order.DueAt) with { State = WorkOrderState.OnHold, Stop = stop };

    /// <summary>Why the assignee's act is not due; null when it is.</summary>
    internal static Refusal? Assignee(WorkOrder order, Actor actor, params ReadOnlySpan<WorkStep> steps) =>
        Due(order, actor, steps) ?? (order.Assignee == actor.Id ? null : new Refusal("R66", RefusalKind.NotThisPerson, $"{order.Assignee} has {order.Number}; you are {actor.Id}.", $"{order.Assignee} does this step."));

    /// <summary>Why the second person's act is not due; null when it is.</summary>
    internal static Refusal? Second(WorkOrder order, Actor actor, string rule, WorkStep step) =>
        Due(order, actor, step)
        ?? (order.Assignee == actor.Id ? new Refusal(rule, RefusalKind.NotThisPerson, $"You took {order.Number}; the second person is another one.", "A colleague confirms on their own phone.") : null)
        ?? (order.SecondPerson is { } second && second != actor.Id ? new Refusal(rule, RefusalKind.NotThisPerson, $"{second} is the second person of {order.Number}; you are {actor.Id}.", $"{second} signs this step.") : null);

    /// <summary>Why this order and person do not allow the step now; null when they do.</summary>
    internal static Refusal? Due(WorkOrder order, Actor actor, params ReadOnlySpan<WorkStep> steps)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(actor);
        return Ended(order) ?? AtTheRack(order, actor) ?? OnHold(order) ?? (steps.Contains(order.Step) ? null : OutOfOrder(order, null));
    }

    internal static Refusal? Ended(WorkOrder order) => order.End is { } end
        ? new Refusal("I9", RefusalKind.NotInThisState, $"{order.Number} has ended: {end.Detail}", "It is never reopened.")
        : null;

    internal static Refusal? OnHold(WorkOrder order) => order.State == WorkOrderState.OnHold
        ? new Refusal("R66", RefusalKind.NotInThisState, $"{order.Number} is on hold: {order.Stop!.Reason}", "Touch nothing; an engineer decides.")
        : null;

    /// <summary>R3, R10: on-site staff, and nobody who asked for it or approved it.</summary>
    internal static Refusal? AtTheRack(WorkOrder order, Actor actor) =>
        actor.Role != Role.Datacenter ? new Refusal("R3", RefusalKind.NotThisPerson, $"On-site staff act on work orders; {actor.Id} is {actor.Role}.", "datacenter staff take it.")
        : order.Excluded.Contains(actor.Id) ? new Refusal("R10", RefusalKind.NotThisPerson, $"{actor.Id} asked for or approved this; whoever did may not carry it out.", "Another person of the site takes it.")
        : null;

    internal static Refusal? Engineer(Actor actor, string what) => actor.Role == Role.Engineering
        ? null
        : new Refusal("R2", RefusalKind.NotThisPerson, $"Engineering {what}; {actor.Id} is {actor.Role}.", "Any engineer may.");

    internal static Refusal? Note(string? text, string instead) => text?.Trim() switch
    {
        null or "" => new Refusal("R84", RefusalKind.BadInput, "A note is missing.", instead),
        { Length: > MaxNote } long_ => new Refusal("R84", RefusalKind.BadInput, $"The note has {long_.Length} characters; {MaxNote} is the most.", instead),
        _ => null,
    };

    internal static Refusal OutOfOrder(WorkOrder order, string? more) =>
        new("R66", RefusalKind.NotInThisState, $"Not now: {order.Number} is at '{Words(order.Step)}'.{(more is null ? "" : $" {more}")}", "No step is skipped or done out of order.");

    /// <summary>The step in words.</summary>
    public static string Words(WorkStep step) => step switch
    {
        WorkStep.Accept => "Take the order",
        WorkStep.Identify => "Identify",
        WorkStep.ConfirmSlot => "Second person confirms the slot",
        WorkStep.PowerOff => "Both power supplies off",
        WorkStep.PowerOn => "Both power supplies on",
        WorkStep.Verify => "Verify",
        WorkStep.Remove => "Remove from the rack",
        WorkStep.ConfirmRemoval => "Second person confirms the removal",
        WorkStep.DestroyDisk => "Destroy the disk",
        WorkStep.WitnessDisk => "Witness signs the disk",
        WorkStep.DestroyHsm => "Destroy the HSM",
        WorkStep.WitnessHsm => "Witness signs the HSM",
        WorkStep.Certify => "Certify",
        WorkStep.Swap => "Replace the part",
        _ => "Ended",
    };

    private static TimeSpan Within(WorkOrder order, WorkOrderOptions options) => order.Step switch
    {
        WorkStep.PowerOff or WorkStep.PowerOn => options.PowerWithin,
        WorkStep.Verify => options.VerifyWithin,
        WorkStep.Remove or WorkStep.ConfirmRemoval => options.RemoveWithin,
        WorkStep.DestroyDisk or WorkStep.WitnessDisk or WorkStep.DestroyHsm or WorkStep.WitnessHsm => options.DestroyWithin,
        WorkStep.Certify => options.CertifyWithin,
        _ => options.IdentifyWithin,
    };

    private static string Where(Location bound, Location? seen)
    {
        if (seen is null)
        {
            return "No device of this site has that serial.";
        }

        if (seen.Region != bound.Region || seen.Stamp != bound.Stamp || seen.Rack != bound.Rack)
        {
            return $"That unit belongs to {seen}.";
        }

        var apart = Math.Abs(seen.Slot - bound.Slot);
        return $"You scanned U{seen.Slot}; U{bound.Slot} is {apart} {(apart == 1 ? "unit" : "units")} {(bound.Slot < seen.Slot ? "lower" : "higher")}.";
    }

    internal static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
