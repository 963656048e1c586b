using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Asks for a Reclaim again (D24), with the dry run before the eyes.</summary>
public partial class ReclaimAgainPage
{
    private ReclaimAgainPreview? _preview;
    private Refusal? _refusal;
    private string? _reason;
    private string? _fault;
    private bool _sending;

    [Inject]
    public required IReclaimAgainDesk Desk { get; init; }

    [Inject]
    public required IOperationDesk Operations { get; init; }

    [Parameter]
    public required string Number { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // The dry run reads the device: once, when the circuit is there.
        if (_preview is not null || !Ready || Viewer is not { } viewer)
        {
            return;
        }

        try
        {
            switch (await Desk.PreviewAsync(viewer, Number, Closed))
            {
                case Outcome<ReclaimAgainPreview>.Done done:
                    _preview = done.Value;
                    break;
                case Outcome<ReclaimAgainPreview>.Refused { Why.Kind: RefusalKind.NotFound }:
                    Navigation.NotFound();
                    break;
                case Outcome<ReclaimAgainPreview>.Refused refused:
                    _refusal = refused.Why;
                    break;
            }
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private async Task SendAsync()
    {
        if (_sending || Viewer is not { } viewer)
        {
            return;
        }

        (_refusal, _fault) = (null, string.IsNullOrWhiteSpace(_reason) ? "Say why a fresh Reclaim can work now." : null);
        if (_fault is not null)
        {
            return;
        }

        _sending = true;
        try
        {
            switch (await Operations.RequestAsync(viewer, Number, OperationKind.ReclaimAgain, new OperationWish(_reason), Closed))
            {
                case Outcome<RequestedOperation>.Done done:
                    Navigation.NavigateTo($"/approvals/{done.Value.ApprovalId}");
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
