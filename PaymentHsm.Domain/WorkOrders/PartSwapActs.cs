using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using static PaymentHsm.Domain.WorkOrders.WorkOrderActs;

namespace PaymentHsm.Domain.WorkOrders;

/// <summary>The work order of a replaced power supply or fan (W10): custody does not change and the customer is not told (R47); the label is scanned first all the same.</summary>
public static class PartSwapActs
{
    public const string Swapped = "part replaced";

    private const int MaxSerial = 60;

    /// <summary>Why this person cannot order a part for such a device; null when they can.</summary>
    public static Refusal? Closed(Actor actor, HsmSerial serial, HsmState state)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Engineer(actor, "orders the replacement of a part")
            ?? (state is HsmState.DestructionStarted or HsmState.HddDestroyed or HsmState.Destroyed ? new Refusal("R47", RefusalKind.NotInThisState, $"{serial} is out of the rack for destruction; nothing is replaced in it.") : null);
    }

    /// <summary>A new order, or why there is none.</summary>
    /// <param name="actor">Who orders it.</param>
    /// <param name="serial">Which device.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="part">Which part.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="ticket">The ticket that carries it, if there is one.</param>
    /// <param name="vendorConfirmation">For a fan: where the vendor confirms that taking it out does not trip the tamper sensor.</param>
    /// <param name="options">Clocks.</param>
    /// <param name="now">Present time.</param>
    public static Outcome<WorkOrder> Open(
        Actor actor, HsmSerial serial, Location place, SwapPart part, string? reason, string? ticket, string? vendorConfirmation, WorkOrderOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(options);
        var isFan = part is SwapPart.Fan1 or SwapPart.Fan2;
        if ((Engineer(actor, "orders the replacement of a part") ?? Note(reason, "Say in a sentence what is wrong with the part.")) is { } no)
        {
            return no;
        }

        if (isFan && Note(vendorConfirmation, "Name the vendor's confirmation that taking a fan out does not trip the tamper sensor.") is { } unconfirmed)
        {
            return unconfirmed with { RuleId = "R47", Reason = "Taking a fan out may be a tamper." };
        }

        return new WorkOrder(
            "", WorkOrderKind.PartSwap, serial, place, ticket, null, isFan ? $"{reason!.Trim()} Vendor: {vendorConfirmation!.Trim()}" : reason!.Trim(), actor.Id, [actor.Id], WorkOrderState.Open, WorkStep.Accept,
            now, now + options.AcceptWithinFor(Severity.Medium), false, null, null, [], null, new WorkDetails.PartSwap(part), null, 0);
    }

    /// <summary>The part is replaced; the order ends.</summary>
    public static Outcome<WorkResult> Swap(WorkOrder order, Actor actor, string? newSerial, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(actor);
        if (Assignee(order, actor, WorkStep.Swap) is { } no)
        {
            return no;
        }

        var text = newSerial?.Trim();
        if (string.IsNullOrEmpty(text) || text.Length > MaxSerial)
        {
            return new Refusal("R47", RefusalKind.BadInput, "The serial of the new part is missing or too long.", "Read it from the label of the new part.");
        }

        var work = (WorkDetails.PartSwap)order.Work;
        var detail = $"{work.Part} replaced by {text}; custody unchanged, the customer is not told";
        var done = order.Did(new WorkAct(Swapped, actor.Id, now, detail), WorkStep.Swap, order.DueAt) with { Work = work with { NewSerial = text } };
        return WorkResult.Of(Ended(done, WorkOrderState.Done, actor.Id, null, $"{detail}.", now));
    }
}
