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

    /// <summary>The ticket's own number in the system that opened it.</summary>
    public string? Reference { get; set; }

    /// <summary>The severity that was asked for, when the guard gave another one (R55).</summary>
    public Severity? AskedSeverity { get; set; }
    public DateTimeOffset StateSince { get; set; }

    /// <summary>When the present state is overdue (R58); null once closed.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>What is left of the operator's time while the clock pauses, in ticks.</summary>
    public long? LeftTicks { get; set; }
    public DateTimeOffset? EscalatedAt { get; set; }
    public string? CloseReason { get; set; }
    public TicketClosing? Closing { get; set; }

    public Ticket ToTicket() => new(
        TicketNumber.Of(Id), Subject, HsmSerial.Parse(Serial), Customer, Category, Severity, Description, State, OpenedBy, OpenedAt, Owner, Version)
    {
        Reference = Reference,
        AskedSeverity = AskedSeverity,
        Clock = new TicketClock(StateSince, Due, LeftTicks is { } ticks ? TimeSpan.FromTicks(ticks) : null, EscalatedAt),
        Closing = Closing,
        CloseReason = CloseReason,
    };

    /// <summary>Takes over the clock.</summary>
    public void Take(TicketClock clock)
    {
        (StateSince, Due, LeftTicks, EscalatedAt) = (clock.StateSince, clock.Due, clock.Left?.Ticks, clock.EscalatedAt);
    }
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
