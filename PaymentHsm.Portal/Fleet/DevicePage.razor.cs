using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Timeline;

namespace PaymentHsm.Portal.Fleet;

/// <summary>One device: whose it is, what is open and closed, every reading with its age, and what happened.</summary>
public partial class DevicePage
{
    private DeviceDetail? _detail;
    private HsmTile? _judged;
    private HsmSerial? _previous;
    private HsmSerial? _next;
    private HsmSerial _serial;
    private TimelineSubject? _subject;

    [Inject]
    public required IFleetQueries Fleet { get; init; }

    [Parameter]
    public required string Serial { get; set; }

    private HsmTile? Tile => _detail is null ? null : Tiles.GetValueOrDefault(_serial, _detail.Tile);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_detail is not null && _detail.Tile.Serial.ToString() == Serial)
        {
            return;
        }

        if (!HsmSerial.TryParse(Serial, out _serial))
        {
            Navigation.NotFound();
            return;
        }

        _subject = new TimelineSubject(Serial: Serial);
        await LoadAsync();
        if (_detail is null && Viewer is not null)
        {
            Navigation.NotFound();
        }
    }

    /// <inheritdoc/>
    protected override bool Concerns(IReadOnlyList<HsmTile> changed)
    {
        var mine = changed.FirstOrDefault(t => t.Serial == _serial);
        if (mine is null || _detail is null)
        {
            return false;
        }

        // What may be done follows from these facts; they changed, so the record is read again. Readings alone come with the tile.
        if (_judged is null || (mine.Lifecycle, mine.Custody, mine.Health, mine.Operation) != (_judged.Lifecycle, _judged.Custody, _judged.Health, _judged.Operation))
        {
            _ = InvokeAsync(ReloadAsync);
        }

        return true;
    }

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        if (Viewer is not { } viewer)
        {
            return;
        }

        try
        {
            _detail = await Fleet.DeviceAsync(_serial, viewer, Closed);
            _judged = Tile;
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            return;
        }

        var order = Tiles.Keys.Select(s => s.ToString()).Order(StringComparer.Ordinal).ToList();
        var at = order.IndexOf(Serial);
        _previous = at > 0 ? HsmSerial.Parse(order[at - 1]) : null;
        _next = at >= 0 && at + 1 < order.Count ? HsmSerial.Parse(order[at + 1]) : null;
    }

    // A restart hangs on a ticket (R53): with an open one the act begins there, without one it begins with opening one.
    private string Address(ActionOffer offer)
    {
        var open = _detail?.Tickets.FirstOrDefault(t => t.State != TicketState.Closed);
        return offer.Key == "replace-part" ? Query.Address("/work-orders/new", ("serial", Serial))
            : offer.Key == "soft-reboot" && open is not null
            ? $"/tickets/{open.Number}?dialog=soft-reboot"
            : Query.Address("/tickets/new", ("serial", Serial));
    }
}
