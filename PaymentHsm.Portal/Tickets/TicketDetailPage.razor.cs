using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Fleet;
using PaymentHsm.Portal.Timeline;

namespace PaymentHsm.Portal.Tickets;

/// <summary>One ticket: the ladder, the conversation, the facts, and asking for a restart.</summary>
public partial class TicketDetailPage
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private TicketDetail? _detail;
    private IReadOnlyList<ActionOffer> _offers = [];
    private IReadOnlyList<TimelineItem> _record = [];
    private Refusal? _refusal;
    private TimelineSubject? _subject;
    private CancellationTokenSource? _following;
    private Task _talk = Task.CompletedTask;
    private Guid? _lock;
    private string? _comment;
    private bool _busy;
    private bool _maySpeak;

    [Inject]
    public required ITicketDesk Desk { get; init; }

    [Inject]
    public required IFleetQueries Fleet { get; init; }

    [Parameter]
    public required string Number { get; set; }

    /// <summary><c>soft-reboot</c> opens the confirmation, other names their panel; each has an address of its own.</summary>
    [SupplyParameterFromQuery]
    public string? Dialog { get; set; }

    /// <summary><c>notes</c> or <c>operations</c>; null shows all.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    private static IEnumerable<(string? Value, string Words)> Shows => [(null, "All"), ("notes", "Notes"), ("operations", "Operations")];

    private IReadOnlyList<TimelineItem> Record => Show switch
    {
        "notes" => [.. _record.Where(i => i.Link is null)],
        "operations" => [.. _record.Where(i => i.Link is not null)],
        _ => _record,
    };

    private HsmTile? Tile => _detail is null ? null : Tiles.GetValueOrDefault(_detail.Ticket.Serial);

    private IEnumerable<(TicketState State, string Words)> Moves => (_maySpeak, _detail?.Ticket.State) switch
    {
        (false, _) => [],
        (_, TicketState.Open) => [(TicketState.WaitingForCustomer, "Wait for the customer")],
        (_, TicketState.WaitingForCustomer) => [(TicketState.Open, "Customer answered")],
        _ => [(TicketState.Open, "Open again")],
    };

    private IEnumerable<(string Act, string Words)> Acts => (_maySpeak, _detail?.Ticket.State) switch
    {
        (false, _) or (_, TicketState.Closed) => [],
        _ => [("assign", "Assign…"), ("category", "Category…"), ("escalate", "Escalate…"), ("close", "Close…")],
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_detail?.Ticket.Number == Number)
        {
            return;
        }

        if (_following is not null)
        {
            // Another ticket on the same page: its conversation is followed from now on.
            await _following.CancelAsync();
            await _talk;
            _following.Dispose();
            _following = null;
        }

        _subject = new TimelineSubject(Ticket: Number);
        await LoadAsync();
        if (_detail is null && !Closed.IsCancellationRequested)
        {
            Navigation.NotFound();
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (Ready && _detail is not null && _following is null)
        {
            _following = CancellationTokenSource.CreateLinkedTokenSource(Closed);
            _talk = FollowAsync(_detail.Ticket.Number, _following.Token);
        }
    }

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        await base.StopAsync();
        await _talk;
        _following?.Dispose();
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

    private async Task FollowAsync(string number, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in Desk.FollowAsync(number, stop))
                {
                    await InvokeAsync(ReloadAsync);
                }

                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                Logger.TicketFeedBroken(broken);
            }

            await Task.Delay(Retry, Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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

        _maySpeak = Viewer is { } speaker && TicketRules.MayWrite(speaker) is null;
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
