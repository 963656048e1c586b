using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.WorkOrders;

/// <summary>How work at the rack is spoken of.</summary>
public static class WorkWords
{
    /// <summary>What must not happen while working.</summary>
    public static string Warning(WorkOrderKind kind) => kind switch
    {
        WorkOrderKind.HardReboot => "Moving the case or opening the lid is a tamper and erases the customer’s keys.",
        WorkOrderKind.Destruction => "From the removal on there is no way back. Data-bearing parts never leave the site.",
        _ => "Replace the named part only. Pulling a fan or moving the case may trip the tamper sensor.",
    };

    /// <summary>The kind in words.</summary>
    public static string Word(this WorkOrderKind kind) => kind.Spaced();

    /// <summary>State in words.</summary>
    public static string Word(this WorkOrderState state) => state.Spaced();

    /// <summary>Shape of the state.</summary>
    public static string Shape(this WorkOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.State switch
        {
            WorkOrderState.Open => "todo",
            WorkOrderState.AtWork => "progress",
            WorkOrderState.OnHold => "critical",
            WorkOrderState.Cancelled => "close",
            _ => order.End?.Outcome?.Shape() ?? "ok",
        };
    }

    /// <summary>Colour class of the state.</summary>
    public static string Css(this WorkOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return order.State switch
        {
            WorkOrderState.Open => "dim",
            WorkOrderState.AtWork => "progress",
            WorkOrderState.OnHold => "critical",
            WorkOrderState.Cancelled => "unknown",
            _ => order.End?.Outcome?.Css() ?? "ok",
        };
    }
}
