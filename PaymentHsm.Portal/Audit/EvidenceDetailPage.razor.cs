using Microsoft.AspNetCore.Components;

namespace PaymentHsm.Portal.Audit;

/// <summary>One sealed bundle for people: what it says, verified as it is shown, printable on one sheet.</summary>
public partial class EvidenceDetailPage
{
    private OpenedEvidence? _opened;

    [Inject]
    public required IEvidenceDesk Desk { get; init; }

    [Parameter]
    public required string Digest { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (Viewer is not { } viewer || _opened?.Bundle.Digest == Digest)
        {
            return;
        }

        try
        {
            _opened = await Desk.OpenAsync(viewer, Digest, Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            return;
        }

        if (_opened is null)
        {
            Navigation.NotFound();
        }
    }
}
