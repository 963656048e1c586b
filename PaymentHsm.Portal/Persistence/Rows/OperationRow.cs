using System.Text.Json;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One operation; steps and progress are JSON because they are only ever read and written as a whole.</summary>
internal sealed class OperationRow
{
    public Guid Id { get; set; }
    public OperationKind Kind { get; set; }
    public required string Serial { get; set; }
    public long? TicketId { get; set; }
    public required string Reason { get; set; }
    public required string RequestedBy { get; set; }
    public DateTimeOffset RequestedAt { get; set; }
    public OperationState State { get; set; }
    public OperationOutcome? Outcome { get; set; }
    public string? OutcomeDetail { get; set; }
    public DateTimeOffset? ConfirmBefore { get; set; }
    public string? ConfirmedBy { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    public required string Steps { get; set; }
    public required string Progress { get; set; }
    public long Version { get; set; }
    public string? Approval { get; set; }

    public static OperationRow Of(Operation operation)
    {
        var row = new OperationRow
        {
            Id = operation.Id,
            Kind = operation.Kind,
            Serial = operation.Serial.ToString(),
            TicketId = TicketNumberOf(operation),
            Reason = operation.Reason,
            RequestedBy = operation.RequestedBy,
            RequestedAt = operation.RequestedAt,
            Steps = "",
            Progress = "",
            Approval = operation.Approval,
        };
        row.Take(operation);
        return row;
    }

    /// <summary>Takes over everything that can change.</summary>
    public void Take(Operation operation)
    {
        State = operation.State;
        Outcome = operation.Outcome;
        OutcomeDetail = operation.OutcomeDetail;
        ConfirmBefore = operation.ConfirmBefore;
        ConfirmedBy = operation.ConfirmedBy;
        FinishedAt = operation.FinishedAt;
        Steps = JsonSerializer.Serialize(operation.Steps, StoredJson.Options);
        Progress = JsonSerializer.Serialize(operation.Progress, StoredJson.Options);
    }

    public Operation ToOperation() => new(
        Id, Kind, HsmSerial.Parse(Serial), TicketId is { } ticket ? Domain.Tickets.TicketNumber.Of(ticket) : null, Reason, RequestedBy, RequestedAt, State,
        JsonSerializer.Deserialize<IReadOnlyList<OperationStep>>(Steps, StoredJson.Options) ?? [],
        Outcome, OutcomeDetail, ConfirmBefore, ConfirmedBy,
        JsonSerializer.Deserialize<OperationProgress>(Progress, StoredJson.Options) ?? new OperationProgress.None(),
        FinishedAt, Version, Approval);

    private static long? TicketNumberOf(Operation operation) => Domain.Tickets.TicketNumber.Parse(operation.Ticket);
}
