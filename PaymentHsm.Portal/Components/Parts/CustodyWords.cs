using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>Whose device it is, in words, shapes and attributes.</summary>
public static class CustodyWords
{
    /// <summary>Value of <c>data-custody</c>.</summary>
    public static string Attribute(this CustodyState custody) => custody switch
    {
        CustodyState.Operator => "operator",
        CustodyState.Customer => "customer",
        CustodyState.HandingOver => "handing-over",
        CustodyState.ComingBack => "coming-back",
        _ => "unknown",
    };

    /// <summary>Class of the colour and id of the shape.</summary>
    public static string Css(this CustodyState custody) => custody == CustodyState.Unknown ? "custody-unknown" : custody.Attribute();

    /// <summary>Short form for tiles, grids and lists.</summary>
    public static string Whose(this CustodyState custody, string? customer) => custody switch
    {
        CustodyState.Operator => "Operator",
        CustodyState.Customer => customer ?? "Customer",
        CustodyState.HandingOver => $"Handing over to {customer ?? "a customer"}",
        CustodyState.ComingBack => $"Coming back from {customer ?? "a customer"}",
        _ => "Custody not proven",
    };

    /// <summary>Name of the state alone, for filters.</summary>
    public static string Word(this CustodyState custody) => custody switch
    {
        CustodyState.HandingOver => "Handing over",
        CustodyState.ComingBack => "Coming back",
        CustodyState.Unknown => "Not proven",
        _ => custody.ToString(),
    };
}
