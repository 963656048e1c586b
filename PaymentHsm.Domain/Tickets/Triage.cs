namespace PaymentHsm.Domain.Tickets;

/// <summary>
/// The triage table (R5, R6, R56): for each category who owns the case, what the customer is told and where the case goes. The form, the ticket and the
/// API show its rows; rules ask it.
/// </summary>
public static class Triage
{
    private const string ToThales = "Thales support, under the customer's own maintenance contract; the operator does not act.";
    private const string ToEngineering = "Stays here; Engineering on call when it is overdue.";

    /// <summary>One row per category.</summary>
    public static IReadOnlyList<TriageRow> Table { get; } =
    [
        new(TicketCategory.Other, "Other, not sure", CaseOwner.Operator, "R6", "The operator looks first and says whose case it is.", "Stays here until it has a category."),
        new(TicketCategory.Unresponsive, "Unresponsive", CaseOwner.Operator, "R6", "The operator looks at the device from outside: power, links, controller. Nobody looks into it.", ToEngineering),
        new(TicketCategory.HsmReset, "HSM reset", CaseOwner.Operator, "R6", "The operator can restart the device; the keys may have to be loaded again.", ToEngineering),
        new(TicketCategory.HsmDelete, "HSM delete", CaseOwner.Operator, "R6", "The customer releases the device in payShield Manager first; only then is it deleted.", ToEngineering),
        new(TicketCategory.Provisioning, "Provisioning", CaseOwner.Operator, "R6", "The operator owns the way from order to hand-over.", ToEngineering),
        new(TicketCategory.Networking, "Networking", CaseOwner.Operator, "R6", "The operator owns the network up to the HSM's ports.", ToEngineering),
        new(TicketCategory.PortConnection, "Port connection", CaseOwner.Operator, "R6", "The operator owns the management and host ports and what they are connected to.", ToEngineering),
        new(TicketCategory.Hardware, "Hardware", CaseOwner.Operator, "R6", "The operator owns the hardware; a failed unit is destroyed, never sent away.", ToEngineering),
        new(TicketCategory.Tamper, "Tamper", CaseOwner.Operator, "R6", "The device is frozen until people have reviewed the event.", "Stays here; Engineering at once."),
        new(TicketCategory.PayShieldManager, "payShield Manager, host commands", CaseOwner.Thales, "R5", "payShield Manager, applications and host commands are supported by Thales.", ToThales),
        new(TicketCategory.FirmwareOrLicence, "Firmware of an allocated unit, licences", CaseOwner.Thales, "R5", "Firmware of the customer's HSM, custom firmware and further licences come from Thales.", ToThales),
        new(TicketCategory.CardsAndReaders, "Cards, readers, TMD", CaseOwner.Thales, "R5", "Smart cards, readers and the trusted management device come from Thales.", ToThales),
        new(TicketCategory.CustomerSetup, "Keys, backups, load balancing", CaseOwner.Customer, "R21", "Keys, their backups and the spread of traffic over several HSMs are the customer's own work.", "Back to the customer; the operator can tell what the device shows from outside."),
    ];

    private static readonly Dictionary<TicketCategory, TriageRow> ByCategory = Table.ToDictionary(r => r.Category);

    /// <summary>The row of a category.</summary>
    public static TriageRow Of(TicketCategory category) => ByCategory[category];

    /// <summary>Who owns this ticket. A case about the operator's own device is the operator's, whatever its category.</summary>
    public static CaseOwner OwnerOf(Ticket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return ticket.Customer is null ? CaseOwner.Operator : Of(ticket.Category).Owner;
    }

    /// <summary>Why no operation may be asked for on this ticket; null when the operator owns it (R5).</summary>
    public static Refusal? MayAct(Ticket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return OwnerOf(ticket) == CaseOwner.Thales
            ? new("R5", RefusalKind.NotInThisState, $"{ticket.Number} is about {Of(ticket.Category).Word}: Thales support owns it, so the operator routes it out and does not act on the device.", "Close it as routed to Thales. If the device itself has failed, give the ticket that category first.")
            : null;
    }
}

/// <summary>One row of the triage table.</summary>
/// <param name="Category">What the ticket is about.</param>
/// <param name="Word">The category in words.</param>
/// <param name="Owner">Who owns such a case.</param>
/// <param name="RuleId">The requirement that says so.</param>
/// <param name="Say">What the customer is told.</param>
/// <param name="Route">Where the case goes.</param>
public sealed record TriageRow(TicketCategory Category, string Word, CaseOwner Owner, string RuleId, string Say, string Route)
{
    /// <summary>The owner in words.</summary>
    public string OwnerWord => Owner switch
    {
        CaseOwner.Thales => "Thales support",
        CaseOwner.Customer => "Customer",
        _ => "Operator",
    };
}

/// <summary>Who owns a case (R56).</summary>
public enum CaseOwner
{
    Operator,
    Thales,
    Customer,
}
