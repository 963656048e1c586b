using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Tickets;

/// <summary>What a person has typed so far. Kept as typed, whatever happens.</summary>
public sealed class OpenTicketForm
{
    public string? Subject { get; set; }

    public string? Serial { get; set; }

    /// <summary>Not sure is a good beginning: the operator looks first (R6).</summary>
    public string? Category { get; set; } = nameof(TicketCategory.Other);

    public string? Severity { get; set; } = nameof(Domain.Tickets.Severity.Medium);

    public string? Description { get; set; }

    /// <summary>Every fault at once, by the id of the field; empty when the desk may be asked. The desk checks again.</summary>
    public IReadOnlyDictionary<string, string> Faults()
    {
        var faults = new Dictionary<string, string>();
        if (string.IsNullOrWhiteSpace(Subject))
        {
            faults["subject"] = "Say in one line what is wrong.";
        }
        else if (Subject.Length > TicketRules.MaxSubject)
        {
            faults["subject"] = $"{Subject.Length} characters; the limit is {TicketRules.MaxSubject}.";
        }

        if (string.IsNullOrWhiteSpace(Serial))
        {
            faults["serial"] = "Name the device. The serial is on the unit and on its page.";
        }
        else if (!HsmSerial.TryParse(Serial.Trim(), out _))
        {
            faults["serial"] = "A serial is a capital letter, ten digits and a capital letter, as A4665271234F.";
        }

        if (!Enum.TryParse<TicketCategory>(Category, out _))
        {
            faults["category"] = "Choose what it is about; Other when not sure.";
        }

        if (!Enum.TryParse<Severity>(Severity, out _))
        {
            faults["severity"] = "Choose how urgent it is.";
        }

        if (Description?.Length > TicketRules.MaxText)
        {
            faults["description"] = $"{Description.Length} characters; the limit is {TicketRules.MaxText}.";
        }

        return faults;
    }

    /// <summary>The request for the desk; the customer follows from the device and is never asked for twice.</summary>
    public OpenTicket ToRequest(string? customer) => new(Subject?.Trim(), Serial?.Trim(), Category, Severity, customer, Description);
}
