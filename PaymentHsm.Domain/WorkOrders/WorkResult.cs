namespace PaymentHsm.Domain.WorkOrders;

/// <summary>What an act made of an order. The order is stored in either case.</summary>
/// <param name="Order">The order as it is now.</param>
/// <param name="Stopped">Why the act put it on hold: told to the person as a refusal; null when it went on.</param>
public sealed record WorkResult(WorkOrder Order, Refusal? Stopped = null)
{
    internal static Outcome<WorkResult> Of(WorkOrder order) => new WorkResult(order);
}
