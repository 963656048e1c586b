using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Tickets;

/// <summary>A support ticket: every reboot and force delete refers to one (R53).</summary>
/// <param name="Number">For people and addresses: <c>T-10482</c>.</param>
/// <param name="Subject">One line.</param>
/// <param name="Serial">The device it is about.</param>
/// <param name="Customer">Whose case it is; null for the operator's own device.</param>
/// <param name="Category">What it is about; decides who owns it (R5, R6).</param>
/// <param name="Severity">How urgent.</param>
/// <param name="Description">The first message.</param>
/// <param name="State">Where it stands.</param>
/// <param name="OpenedBy">Who opened it.</param>
/// <param name="OpenedAt">When (UTC).</param>
/// <param name="Owner">Who works on it; null while unowned.</param>
/// <param name="Revision">Rises with each change.</param>
public sealed record Ticket(
    string Number,
    string Subject,
    HsmSerial Serial,
    string? Customer,
    TicketCategory Category,
    Severity Severity,
    string? Description,
    TicketState State,
    string OpenedBy,
    DateTimeOffset OpenedAt,
    string? Owner,
    long Revision)
{
    /// <summary>The ticket's own number in the system that opened it; null when it was opened here.</summary>
    public string? Reference { get; init; }

    /// <summary>The severity that was asked for, when the guard gave another one (R55); else null.</summary>
    public Severity? AskedSeverity { get; init; }

    /// <summary>When the present state is due (R58).</summary>
    public TicketClock Clock { get; init; } = new(OpenedAt, null);

    /// <summary>How it was closed; null while it is not.</summary>
    public TicketClosing? Closing { get; init; }

    /// <summary>Why it was closed, in words.</summary>
    public string? CloseReason { get; init; }
}

/// <summary>How a ticket was closed.</summary>
public enum TicketClosing
{
    /// <summary>What was asked for is done, or is not wanted any more.</summary>
    Solved,

    /// <summary>Thales support owns it; the customer was told where to go (R5).</summary>
    RoutedToThales,

    /// <summary>The customer's own work; the customer was told.</summary>
    ForTheCustomer,
}

/// <summary>Where a ticket stands.</summary>
public enum TicketState
{
    Open,

    /// <summary>The clock pauses (R58).</summary>
    WaitingForCustomer,
    Closed,
}

/// <summary>Urgency, most urgent first.</summary>
public enum Severity
{
    Critical = 1,
    High = 2,
    Medium = 3,
    Low = 4,
}

/// <summary>What a ticket is about (R5, R6).</summary>
public enum TicketCategory
{
    /// <summary>Not sure: the operator looks first (R6).</summary>
    Other,
    Unresponsive,
    HsmReset,
    HsmDelete,
    Provisioning,
    Networking,
    PortConnection,
    Hardware,
    Tamper,

    /// <summary>payShield Manager, host commands, applications: Thales (R5).</summary>
    PayShieldManager,

    /// <summary>Firmware upgrade of an allocated unit, custom firmware, extra licences: Thales (R5).</summary>
    FirmwareOrLicence,

    /// <summary>Cards, readers, TMD: Thales (R5).</summary>
    CardsAndReaders,

    /// <summary>The customer's keys, backups, load balancing and allowed networks: the customer.</summary>
    CustomerSetup,
}

/// <summary>One message in the conversation of a ticket.</summary>
public sealed record TicketNote(string Author, DateTimeOffset At, string Text, Guid? Operation);
