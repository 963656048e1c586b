using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Categories in words, and who owns them (R5, R6).</summary>
internal static class TicketWords
{
    public static string Word(TicketCategory category) => category switch
    {
        TicketCategory.HsmReset => "HSM reset",
        TicketCategory.HsmDelete => "HSM delete",
        TicketCategory.PayShieldManager => "payShield Manager, host commands",
        TicketCategory.FirmwareOrLicence => "Firmware of an allocated unit, licences",
        TicketCategory.CardsAndReaders => "Cards, readers, TMD",
        TicketCategory.Other => "Other, not sure",
        _ => category.Spaced(),
    };

    /// <summary>True when the manufacturer's support owns the case (R5).</summary>
    public static bool IsThales(TicketCategory category) =>
        category is TicketCategory.PayShieldManager or TicketCategory.FirmwareOrLicence or TicketCategory.CardsAndReaders;

    /// <summary>Who works on such a case, in a sentence.</summary>
    public static string Owner(TicketCategory category) => IsThales(category)
        ? "Thales support owns this; the operator forwards it (R5)."
        : "The operator owns this (R6).";
}
