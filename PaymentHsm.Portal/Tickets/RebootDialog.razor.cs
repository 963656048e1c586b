using Microsoft.AspNetCore.Components;
using MudBlazor;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tickets;

/// <summary>The dialog that asks for a reboot under a ticket; its content says what it would mean and takes the reason. Closing changes the address.</summary>
public partial class RebootDialog
{
    private static readonly DialogOptions Settings = new() { CloseOnEscapeKey = true, BackdropClick = true, MaxWidth = MaxWidth.Small, NoHeader = false };

    private Refusal? _refusal;
    private bool _sending;

    [Inject]
    public required IOperationDesk Operations { get; init; }

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public required Ticket Ticket { get; set; }

    [Parameter, EditorRequired]
    public OperationKind Kind { get; set; }

    /// <summary>Its name in the address: <c>?dialog=soft-reboot</c>.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>What the button says.</summary>
    [Parameter, EditorRequired]
    public required string Verb { get; set; }

    /// <summary>What was typed, read when it is sent.</summary>
    [Parameter, EditorRequired]
    public required Func<OperationWish> Wish { get; set; }

    /// <summary>False while it cannot be sent yet.</summary>
    [Parameter]
    public bool Enabled { get; set; } = true;

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet() => _refusal = Open ? _refusal : null;

    private void Moved(bool visible)
    {
        // MudBlazor also closes dialogs when the address has changed by itself; then there is nothing left to do.
        if (!visible && Open && Navigation.Uri.Contains($"dialog={Name}", StringComparison.Ordinal))
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
            switch (await Operations.RequestAsync(viewer, Ticket.Number, Kind, Wish(), Closed))
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
