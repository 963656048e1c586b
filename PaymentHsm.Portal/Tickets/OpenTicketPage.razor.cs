using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Opens a ticket. All faults are said at once; nothing that was typed is ever lost.</summary>
public partial class OpenTicketPage
{
    private readonly OpenTicketForm _form = new();
    private IReadOnlyDictionary<string, string> _faults = new Dictionary<string, string>();
    private Refusal? _refusal;
    private bool _sending;
    private bool _tried;

    [Inject]
    public required ITicketDesk Desk { get; init; }

    /// <summary>The device the person came from.</summary>
    [SupplyParameterFromQuery]
    public string? Serial { get; set; }

    /// <summary>The act that the ticket is opened for; it is asked for next.</summary>
    [SupplyParameterFromQuery]
    public string? Then { get; set; }

    private HsmTile? Tile => HsmSerial.TryParse(_form.Serial?.Trim(), out var serial) ? Tiles.GetValueOrDefault(serial) : null;

    private string DeviceWords => Tile is { } tile
        ? $"{tile.Location}, {tile.Custody.Whose(tile.Customer)}, {tile.Lifecycle.Spaced()}."
        : "Whose it is and where it stands follow from it.";

    private string CategoryWords => Enum.TryParse<TicketCategory>(_form.Category, out var category) ? TicketWords.Owner(category) : "Decides who owns the case.";

    private string SeverityWords => Enum.TryParse<Severity>(_form.Severity, out var asked) && Desk.Judge(_form.Serial, asked) is { } judged
        ? judged.Lowered ? $"It will be {judged.Given}: {judged.Why} {judged.Topology} (R55)" : $"{judged.Why} {judged.Topology} (R55)"
        : "Production without a second HSM on another stamp gets no highest severity (R55).";

    /// <inheritdoc/>
    protected override void OnParametersSet() => _form.Serial ??= Serial;

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        // After the first try every correction clears its fault at once; before it nobody is told off while typing.
        if (_tried)
        {
            _faults = _form.Faults();
        }

        return true;
    }

    /// <inheritdoc/>
    protected override bool Concerns(IReadOnlyList<HsmTile> changed) => changed.Any(t => t.Serial == Tile?.Serial);

    private string? Fault(string field) => _faults.GetValueOrDefault(field);

    private string? Invalid(string field) => _faults.ContainsKey(field) ? "true" : null;

    private async Task SendAsync()
    {
        if (_sending || Viewer is not { } viewer)
        {
            return;
        }

        (_tried, _refusal, _faults) = (true, null, _form.Faults());
        if (_faults.Count > 0)
        {
            return;
        }

        _sending = true;
        try
        {
            switch (await Desk.OpenAsync(viewer, _form.ToRequest(Tile?.Customer), Closed))
            {
                case Outcome<Ticket>.Done done:
                    Navigation.NavigateTo(Then is "reclaim-again" or "destruction" or "force-delete" ? $"/tickets/{done.Value.Number}/{Then}" : $"/tickets/{done.Value.Number}");
                    break;
                case Outcome<Ticket>.Refused refused:
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
