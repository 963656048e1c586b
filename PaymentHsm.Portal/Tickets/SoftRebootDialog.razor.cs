using Microsoft.AspNetCore.Components;
using MudBlazor;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Asks for a soft reboot with its consequence before the eyes. Open or closed is in the address; closing changes the address.</summary>
public partial class SoftRebootDialog
{
    private static readonly DialogOptions Settings = new() { CloseOnEscapeKey = true, BackdropClick = true, MaxWidth = MaxWidth.Small, NoHeader = false };

    private ImpactPreview? _impact;
    private Refusal? _refusal;
    private string? _reason;
    private bool _sending;

    [Inject]
    public required IOperationDesk Operations { get; init; }

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public required Ticket Ticket { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!Open)
        {
            (_impact, _refusal) = (null, null);
            return;
        }

        if (_impact is null && _refusal is null && Ready && Viewer is { } viewer)
        {
            switch (await Operations.PreviewAsync(viewer, Ticket.Serial, Closed))
            {
                case Outcome<ImpactPreview>.Done done:
                    _impact = done.Value;
                    break;
                case Outcome<ImpactPreview>.Refused refused:
                    _refusal = refused.Why;
                    break;
            }
        }
    }

    private void Moved(bool visible)
    {
        // MudBlazor also closes dialogs when the address has changed by itself; then there is nothing left to do.
        if (!visible && Open && Navigation.Uri.Contains("dialog=soft-reboot", StringComparison.Ordinal))
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
            switch (await Operations.RequestAsync(viewer, Ticket.Number, OperationKind.SoftReboot, new OperationWish(_reason), Closed))
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
