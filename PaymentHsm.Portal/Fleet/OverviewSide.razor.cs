using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Fleet;

/// <summary>What waits for the viewer, and what the system is doing.</summary>
public partial class OverviewSide
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private IReadOnlyList<Operation> _confirm = [];
    private IReadOnlyList<Operation> _running = [];
    private IReadOnlyList<Ticket> _tickets = [];
    private HashSet<Guid> _locks = [];
    private ITimer? _timer;

    [Inject]
    public required IOperationDesk Operations { get; init; }

    [Inject]
    public required ITicketDesk Desk { get; init; }

    /// <summary>The present picture; an operation that begins or ends shows there first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<HsmSerial, HsmTile> Tiles { get; set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var locks = Tiles.Values.Select(t => t.Operation).OfType<Guid>().ToHashSet();
        if (!locks.SetEquals(_locks) || Viewer is null)
        {
            _locks = locks;
            await LoadAsync();
        }
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Ready)
        {
            _timer = Clock.CreateTimer(_ => _ = InvokeAsync(ReloadAsync), null, Again, Again);
        }
    }

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => LoadAsync();

    /// <inheritdoc/>
    protected override async Task StopAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
    }

    private async Task ReloadAsync()
    {
        if (!Closed.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        await base.OnInitializedAsync();
        if (Viewer is not { } viewer)
        {
            return;
        }

        try
        {
            var awaiting = await Operations.PageAsync(new OperationFilter(OperationState.AwaitingConfirmation), Closed);
            var running = await Operations.PageAsync(new OperationFilter(OperationState.Running), Closed);
            var open = await Desk.PageAsync(new TicketFilter(State: TicketState.Open), Closed);
            _confirm = [.. awaiting.Rows.Where(o => Operations.ClosedToConfirm(viewer, o) is null)];
            _running = running.Rows;
            _tickets = [.. open.Rows.Where(t => t.Owner == viewer.Id).OrderBy(t => t.Severity).ThenBy(t => t.OpenedAt)];
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }
}
