using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Categories, closings and document facts in words.</summary>
internal static class TicketWords
{
    public static string Word(TicketCategory category) => Triage.Of(category).Word;

    /// <summary>Who works on such a case, in a sentence.</summary>
    public static string Owner(TicketCategory category)
    {
        var row = Triage.Of(category);
        return $"{row.OwnerWord} owns this ({row.RuleId}). {row.Say}";
    }

    public static string Word(TicketClosing closing) => closing switch
    {
        TicketClosing.RoutedToThales => "Routed to Thales",
        TicketClosing.ForTheCustomer => "For the customer",
        _ => closing.Spaced(),
    };

    public static string Word(SenderVerification verification) => verification switch
    {
        SenderVerification.CallBack => "Call-back to the number on file",
        SenderVerification.PortalIdentity => "Signed in to the support portal",
        SenderVerification.Signature => "Signature checked",
        _ => "In person",
    };

    /// <summary>A size for people.</summary>
    public static string Size(long bytes) => bytes < 1024 ? $"{bytes} bytes" : bytes < 1024 * 1024 ? $"{bytes / 1024} KB" : $"{bytes / (1024 * 1024)} MB";
}
