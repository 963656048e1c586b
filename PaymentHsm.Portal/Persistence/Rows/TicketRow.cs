using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One support ticket.</summary>
internal sealed class TicketRow
{
    public long Id { get; set; }
    public required string Subject { get; set; }
    public required string Serial { get; set; }
    public string? Customer { get; set; }
    public TicketCategory Category { get; set; }
    public Severity Severity { get; set; }
    public string? Description { get; set; }
    public TicketState State { get; set; }
    public required string OpenedBy { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public string? Owner { get; set; }
    public long Version { get; set; }

    public Ticket ToTicket() => new(
        TicketNumber.Of(Id), Subject, HsmSerial.Parse(Serial), Customer, Category, Severity, Description, State, OpenedBy, OpenedAt, Owner, Version);
}

/// <summary>One message of a ticket.</summary>
internal sealed class TicketNoteRow
{
    public long Id { get; set; }
    public long TicketId { get; set; }
    public required string Author { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Text { get; set; }
    public Guid? OperationId { get; set; }

    public TicketNote ToNote() => new(Author, At, Text, OperationId);
}
