using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using static PaymentHsm.Domain.WorkOrders.WorkOrderActs;

namespace PaymentHsm.Domain.WorkOrders;

/// <summary>The work order of a hard reboot (W3 steps 4 to 6): identify, second person, both cords out, both cords in.</summary>
public static class PowerCycleActs
{
    public const string SlotConfirmed = "slot confirmed";

    /// <summary>The order of a confirmed hard reboot.</summary>
    public static WorkOrder Open(Operation operation, Location place, Severity severity, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        string[] excluded = operation.ConfirmedBy is { } confirmed ? [operation.RequestedBy, confirmed] : [operation.RequestedBy];
        return new WorkOrder(
            "", WorkOrderKind.HardReboot, operation.Serial, place, operation.Ticket, operation.Id, operation.Reason, operation.RequestedBy, excluded, WorkOrderState.Open, WorkStep.Accept,
            now, now + options.AcceptWithinFor(severity), false, null, null, [], null, new WorkDetails.PowerCycle(options.OffAtLeast), null, 0);
    }

    /// <summary>The assignee scanned a label at the rack.</summary>
    /// <param name="order">The order as read.</param>
    /// <param name="actor">Who scanned.</param>
    /// <param name="text">What was scanned or typed.</param>
    /// <param name="seen">Where that unit stands by the site's records; null when it is not known.</param>
    /// <param name="options">Clocks.</param>
    /// <param name="now">Present time.</param>
    public static Outcome<WorkResult> Scan(WorkOrder order, Actor actor, string? text, Location? seen, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(options);
        if (order.Step == WorkStep.ConfirmSlot && actor is not null && order.Assignee == actor.Id && order.State == WorkOrderState.AtWork && Is(order, text))
        {
            return WorkResult.Of(order);
        }

        if (Assignee(order, actor!, WorkStep.Identify) is { } no)
        {
            return no;
        }

        var wrong = Mismatch(order, actor!, text, seen, now, out var why);
        return why is not null ? why : wrong is not null ? wrong
            : WorkResult.Of(order.Did(new WorkAct(Scanned, actor!.Id, now, $"label {order.Serial} scanned in U{order.Place.Slot}"), order.Kind == WorkOrderKind.PartSwap ? WorkStep.Swap : WorkStep.ConfirmSlot, order.DueAt));
    }

    /// <summary>Another person confirms that this is the slot and the label (R66). What is given is checked; a label that does not match stops the order.</summary>
    public static Outcome<WorkResult> ConfirmSlot(WorkOrder order, Actor actor, string? label, int? slot, Location? seen, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(options);
        if (order.Step == WorkStep.PowerOff && actor is not null && order.SecondPerson == actor.Id && order.State == WorkOrderState.AtWork)
        {
            return WorkResult.Of(order);
        }

        if (Second(order, actor!, "R66", WorkStep.ConfirmSlot) is { } no)
        {
            return no;
        }

        if (!string.IsNullOrWhiteSpace(label))
        {
            var wrong = Mismatch(order, actor!, label, seen, now, out var why);
            if (why is not null)
            {
                return why;
            }

            if (wrong is not null)
            {
                return wrong;
            }
        }

        if (slot is { } at && at != order.Place.Slot)
        {
            var reason = $"Wrong slot: the order is for U{order.Place.Slot}, you stand at U{at}.";
            return new WorkResult(Held(order, new WorkStop("R66", reason, null, actor!.Id, now)), new Refusal("R66", RefusalKind.NotInThisState, $"Stop. {reason}", "Touch nothing; an engineer decides."));
        }

        var words = string.IsNullOrWhiteSpace(label) ? $"U{order.Place.Slot} confirmed" : $"U{order.Place.Slot} confirmed, label {order.Serial} scanned";
        var confirmed = order.Did(new WorkAct(SlotConfirmed, actor!.Id, now, words), WorkStep.PowerOff, now + options.PowerWithin);
        return WorkResult.Of(confirmed with { SecondPerson = actor.Id });
    }

    /// <summary>Records one cord: out, or in again when both were out long enough. The same record again changes nothing.</summary>
    /// <param name="order">The order as read.</param>
    /// <param name="actor">Who records.</param>
    /// <param name="supply">Which supply.</param>
    /// <param name="on">True: in again.</param>
    /// <param name="at">When it was done; null: now.</param>
    /// <param name="options">Clocks.</param>
    /// <param name="now">Present time.</param>
    public static Outcome<WorkResult> Power(WorkOrder order, Actor actor, Supply supply, bool on, DateTimeOffset? at, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(options);
        if (order.Kind != WorkOrderKind.HardReboot)
        {
            return OutOfOrder(order, "This order pulls no cord.");
        }

        if (order.Assignee == actor.Id && order.State == WorkOrderState.AtWork && order.Work is WorkDetails.PowerCycle done && (on ? done.Of(supply).OnAt : done.Of(supply).OffAt) is not null)
        {
            return WorkResult.Of(order);
        }

        if (Assignee(order, actor, on ? [WorkStep.PowerOn] : [WorkStep.PowerOff]) is { } no)
        {
            return no;
        }

        var work = (WorkDetails.PowerCycle)order.Work;
        var when = at ?? now;
        var from = on ? work.BackFrom!.Value : order.Act(SlotConfirmed)!.At;
        if (when > now + options.ClockSlack)
        {
            return new Refusal("R66", RefusalKind.BadInput, $"{when:HH:mm:ss}Z has not come yet; it is {now:HH:mm:ss}Z.", "Record it when it is done.");
        }

        if (when < from)
        {
            return on
                ? new Refusal("R66", RefusalKind.NotInThisState, $"Both cords stay out for {(long)work.OffAtLeast.TotalSeconds} s, until {from:HH:mm:ss}Z; that is in {Math.Ceiling((from - when).TotalSeconds)} s.", "Wait, then put both back.")
                : new Refusal("R66", RefusalKind.BadInput, $"{when:HH:mm:ss}Z lies before the slot was confirmed ({from:HH:mm:ss}Z).", "No cord is touched before that.");
        }

        var times = work.Of(supply);
        var next = work.With(supply, on ? times with { OnAt = when } : times with { OffAt = when });
        var (step, due) = (on, next) switch
        {
            (false, { BothOffAt: not null }) => (WorkStep.PowerOn, order.DueAt),
            (true, { Psu1.OnAt: not null, Psu2.OnAt: not null }) => (WorkStep.Verify, now + options.VerifyWithin),
            _ => (order.Step, order.DueAt),
        };
        return WorkResult.Of(order.Did(new WorkAct(Name(supply, on), actor.Id, when, $"{Words(supply)} {(on ? "in" : "out")}"), step, due) with { Work = next });
    }

    /// <summary>Name of the act of one cord.</summary>
    public static string Name(Supply supply, bool on) => $"{(supply == Supply.Psu1 ? "psu1" : "psu2")} {(on ? "on" : "off")}";

    /// <summary>The supply as people find it.</summary>
    public static string Words(Supply supply) => supply == Supply.Psu1 ? "PSU 1, feed A, left" : "PSU 2, feed B, right";

    private static bool Is(WorkOrder order, string? text) => string.Equals(text?.Trim(), order.Serial.ToString(), StringComparison.OrdinalIgnoreCase);
}
