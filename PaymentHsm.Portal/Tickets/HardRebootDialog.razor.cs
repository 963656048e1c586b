using Microsoft.AspNetCore.Components;
using MudBlazor;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Asks for a hard reboot (W3). Open or closed is in the address; closing changes the address.</summary>
public partial class HardRebootDialog
{
    private static readonly DialogOptions Settings = new() { CloseOnEscapeKey = true, BackdropClick = true, MaxWidth = MaxWidth.Small, NoHeader = false };

    private static readonly (string Value, string Words)[] Decisions =
    [
        ("", "Not asked yet; it is recorded on the operation’s page"), ("Wait", "Wait for the hard reboot"), ("NewHsm", "Take a new HSM instead"), ("Both", "Both at once"),
    ];

    private Refusal? _refusal;
    private string? _reason;
    private string? _but;
    private string _decision = "";
    private bool _sending;

    [Inject]
    public required IOperationDesk Operations { get; init; }

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public required Ticket Ticket { get; set; }

    /// <summary>What was tried under the ticket.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Operation> Tried { get; set; }

    private Operation? Soft => Tried.Where(o => o is { Kind: OperationKind.SoftReboot, Outcome: not null and not OperationOutcome.Cancelled }).MaxBy(o => o.RequestedAt);

    private bool SoftTried => Soft is not null;

    private bool SoftVerified => Soft is { Outcome: OperationOutcome.Verified };

    private void Moved(bool visible)
    {
        if (!visible && Open && Navigation.Uri.Contains("dialog=hard-reboot", StringComparison.Ordinal))
        {
            Close();
        }
    }

    private void Close() => Navigation.NavigateTo($"/tickets/{Ticket.Number}");

    private async Task SendAsync()
    {
        if (_sending || Viewer is not { } viewer)
        {
            return;
        }

        (_sending, _refusal) = (true, null);
        try
        {
            var details = new Dictionary<string, string> { ["decision"] = _decision, ["softRebootVerifiedBut"] = _but ?? "" };
            switch (await Operations.RequestAsync(viewer, Ticket.Number, OperationKind.HardReboot, new OperationWish(_reason, null, details), Closed))
            {
                case Outcome<RequestedOperation>.Done done:
                    Navigation.NavigateTo($"/operations/{done.Value.Operation.Id}");
                    break;
                case Outcome<RequestedOperation>.Refused refused:
                    _refusal = refused.Why;
                    break;
            }
        }
        finally
        {
            _sending = false;
        }
    }
}
