using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Asks for a soft reboot with its consequence before the eyes.</summary>
public partial class SoftRebootDialog
{
    private ImpactPreview? _impact;
    private Refusal? _refusal;
    private string? _reason;

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
}
