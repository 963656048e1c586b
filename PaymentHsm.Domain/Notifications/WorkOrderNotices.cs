using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Domain.Notifications;

/// <summary>What people are told about work at the rack whose time has run out.</summary>
public static class WorkOrderNotices
{
    /// <summary>
    /// The present step is overdue. Told are who ordered it and who has it; while nobody has taken it the site on call, afterwards Engineering. The same step with the same deadline gives the same
    /// notice.
    /// </summary>
    public static Notice Overdue(WorkOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var step = WorkOrderActs.Words(order.Step);
        return new Notice(
            $"work/{order.Number}/overdue/{order.Step}/{order.DueAt:O}", "work.overdue", NoticeLevel.Critical, $"{order.Number} is overdue: '{step}' on {order.Serial}",
            $"It was due {order.DueAt:yyyy-MM-dd HH:mm:ss}Z at {order.Place}. {(order.Assignee is { } has ? $"{has} has it." : "Nobody has taken it.")}", $"/work-orders/{order.Number}",
            new Audience([.. new[] { order.OrderedBy, order.Assignee, order.SecondPerson }.OfType<string>()], order.Step == WorkStep.Accept ? Role.Datacenter : Role.Engineering), order.Serial, order.Ticket);
    }
}
