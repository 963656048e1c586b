using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Asks for a force delete, with the dry run before the eyes. All faults are said at once; nothing that was typed is lost.</summary>
public partial class ForceDeletePage
{
    private readonly Dictionary<string, string> _faults = [];
    private ForceDeletePreview? _preview;
    private Refusal? _refusal;
    private string? _serial;
    private string? _reason;
    private string? _skipped;
    private string? _finding;
    private string? _document;
    private bool _accepts;
    private bool _sending;

    [Inject]
    public required IForceDeleteDesk Deletes { get; init; }

    [Inject]
    public required IOperationDesk Operations { get; init; }

    [Inject]
    public required ITicketDesk Tickets { get; init; }

    [Parameter]
    public required string Number { get; set; }

    private bool SkipsRungs => _preview!.Ladder.Contains("not tried", StringComparison.Ordinal);

    private string SkippedWords => $"{string.Join(", ", _preview!.Ladder.Split('\n').Where(r => r.Contains("not tried", StringComparison.Ordinal)).Select(r => r.Split(':')[0]))} not tried on this ticket (R54).";

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
            if (await Tickets.FindAsync(Number, Closed) is not { } detail)
            {
                Navigation.NotFound();
                return;
            }

            _serial = detail.Ticket.Serial.ToString();
            switch (await Deletes.PreviewAsync(viewer, Number, Closed))
            {
                case Outcome<ForceDeletePreview>.Done done:
                    _preview = done.Value;
                    _document = done.Value.Documents is [var only] ? only.Id : null;
                    break;
                case Outcome<ForceDeletePreview>.Refused refused:
                    _refusal = refused.Why;
                    break;
            }
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private void Check()
    {
        _faults.Clear();
        Missing("reason", _reason, "Say why the customer cannot release the device.");
        Missing("document", _document, "Choose the customer’s documented request.");
        if (SkipsRungs)
        {
            Missing("skipped", _skipped, "Say why milder steps were skipped.");
        }

        if (!_accepts)
        {
            _faults["accepts"] = "Confirm what the document says; without it the request is not documented.";
        }
    }

    private void Missing(string field, string? value, string words)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            _faults[field] = words;
        }
    }

    private async Task SendAsync()
    {
        if (_sending || Viewer is not { } viewer || _preview is null)
        {
            return;
        }

        _refusal = null;
        Check();
        if (_faults.Count > 0)
        {
            return;
        }

        _sending = true;
        try
        {
            var details = new[] { (Key: IForceDeleteDesk.WhySkipped, Value: _skipped), (Key: IForceDeleteDesk.HardwareFinding, Value: _finding) }
                .Where(d => !string.IsNullOrWhiteSpace(d.Value)).ToDictionary(d => d.Key, d => d.Value!.Trim());
            switch (await Operations.RequestAsync(viewer, Number, OperationKind.ForceDelete, new OperationWish(_reason, _document, details), Closed))
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
