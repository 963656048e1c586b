using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Fleet;

namespace PaymentHsm.Portal.Tickets;

/// <summary>One ticket: the ladder, the conversation, the facts, and asking for a restart.</summary>
public partial class TicketDetailPage
{
    private TicketDetail? _detail;
    private IReadOnlyList<ActionOffer> _offers = [];
    private IReadOnlyList<TimelineItem> _record = [];
    private Refusal? _refusal;
    private Guid? _lock;
    private string? _comment;
    private bool _busy;

    [Inject]
    public required ITicketDesk Desk { get; init; }

    [Inject]
    public required IFleetQueries Fleet { get; init; }

    [Parameter]
    public required string Number { get; set; }

    /// <summary><c>soft-reboot</c> opens the confirmation; it has an address of its own.</summary>
    [SupplyParameterFromQuery]
    public string? Dialog { get; set; }

    private HsmTile? Tile => _detail is null ? null : Tiles.GetValueOrDefault(_detail.Ticket.Serial);

    private IEnumerable<(TicketState State, string Words)> Moves => _detail?.Ticket.State switch
    {
        TicketState.Open => [(TicketState.WaitingForCustomer, "Wait for the customer"), (TicketState.Closed, "Close")],
        TicketState.WaitingForCustomer => [(TicketState.Open, "Customer answered"), (TicketState.Closed, "Close")],
        _ => [(TicketState.Open, "Open again")],
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_detail?.Ticket.Number == Number)
        {
            return;
        }

        await LoadAsync();
        if (_detail is null && !Closed.IsCancellationRequested)
        {
            Navigation.NotFound();
        }
    }

    /// <inheritdoc/>
    protected override bool Concerns(IReadOnlyList<HsmTile> changed)
    {
        if (_detail is null || changed.FirstOrDefault(t => t.Serial == _detail.Ticket.Serial) is not { } tile)
        {
            return false;
        }

        if (tile.Operation != _lock)
        {
            _lock = tile.Operation;
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
        try
        {
            _detail = await Desk.FindAsync(Number, Closed);
            if (_detail is not null && Viewer is { } viewer)
            {
                _offers = (await Fleet.DeviceAsync(_detail.Ticket.Serial, viewer, Closed))?.Offers ?? [];
            }
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            return;
        }

        _record = _detail is null ? [] : TicketRecord.Of(_detail);
        _lock ??= Tile?.Operation;
    }

    private Task CommentAsync() => string.IsNullOrWhiteSpace(_comment) ? Task.CompletedTask : ActAsync(async () =>
    {
        switch (await Desk.CommentAsync(Viewer!, Number, _comment.Trim(), Closed))
        {
            case Outcome<TicketNote>.Refused refused:
                return refused.Why;
            default:
                _comment = null;
                return null;
        }
    });

    private Task MoveAsync(TicketState state) => ActAsync(async () =>
        await Desk.MoveAsync(Viewer!, Number, state, _detail!.Ticket.Revision, Closed) is Outcome<Ticket>.Refused refused ? refused.Why : null);

    private async Task ActAsync(Func<Task<Refusal?>> act)
    {
        if (_busy || Viewer is null || _detail is null)
        {
            return;
        }

        _busy = true;
        try
        {
            _refusal = await act();
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
