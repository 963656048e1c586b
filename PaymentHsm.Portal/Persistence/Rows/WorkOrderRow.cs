using System.Text.Json;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One work order; the columns are what lists ask for, the order itself is read and written as a whole.</summary>
internal sealed class WorkOrderRow
{
    public long Id { get; set; }
    public WorkOrderKind Kind { get; set; }
    public required string Serial { get; set; }
    public long? TicketId { get; set; }
    public Guid? OperationId { get; set; }
    public WorkOrderState State { get; set; }
    public string? Assignee { get; set; }
    public string? SecondPerson { get; set; }
    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>The whole order as JSON.</summary>
    public required string Body { get; set; }
    public long Version { get; set; }

    public static WorkOrderRow Of(WorkOrder order)
    {
        var row = new WorkOrderRow
        {
            Kind = order.Kind,
            Serial = order.Serial.ToString(),
            TicketId = TicketNumber.Parse(order.Ticket),
            OperationId = order.Operation,
            OpenedAt = order.OpenedAt,
            Body = "",
        };
        row.Take(order);
        return row;
    }

    /// <summary>Takes over everything that can change.</summary>
    public void Take(WorkOrder order)
    {
        State = order.State;
        Assignee = order.Assignee;
        SecondPerson = order.SecondPerson;
        Body = JsonSerializer.Serialize(order, StoredJson.Options);
    }

    public WorkOrder ToOrder() => JsonSerializer.Deserialize<WorkOrder>(Body, StoredJson.Options)! with { Number = WorkOrderNumber.Of(Id), Version = Version };
}
