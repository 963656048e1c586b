using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Fleet;

/// <summary>Opens the page of a device: who has it, since when, what proves it, what that opens and closes (R32).</summary>
public partial class CustodyBanner
{
    [Parameter, EditorRequired]
    public required HsmTile Tile { get; set; }

    [Parameter, EditorRequired]
    public required DeviceDetail Detail { get; set; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string Title => Tile.Custody switch
    {
        CustodyState.Customer => "Customer’s device",
        CustodyState.Operator => "Operator’s device",
        CustodyState.HandingOver => Tile.Custody.Whose(Tile.Customer),
        CustodyState.ComingBack => Tile.Custody.Whose(Tile.Customer),
        _ => "Custody not proven",
    };

    private string Words => Tile.Custody switch
    {
        CustodyState.Customer => $"{Holder} has held it{Since}. The operator has no logical, console or administrative access.",
        CustodyState.Operator => "No customer has this device. The operator may open its channels for pool care only.",
        CustodyState.HandingOver => $"{Holder} receives it now. The operator’s administrator account is being switched off and the refusal is proven.",
        CustodyState.ComingBack => $"{Holder} gives it back. Until erasure is read back it is treated as the customer’s.",
        _ => "Nothing proves whose it is, so it is treated as a customer’s until proven otherwise (R30).",
    };

    private string Holder => Detail.Allocation?.Customer ?? Tile.Customer ?? "A customer";

    private string Since => Detail.Allocation is { } allocation ? $" since {Ages.Moment(allocation.Since, Clock.GetUtcNow())}" : "";

    private static string With(string offer) => offer switch
    {
        "soft-reboot" => "out of band, with a ticket; a second person confirms.",
        "hard-reboot" => "by a technician on site, with a ticket.",
        "force-delete" => "by a consumed approval only.",
        _ => "",
    };
}
