using Microsoft.AspNetCore.Components;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.WorkOrders;

/// <summary>Work orders, newest first; the address holds the view.</summary>
public partial class WorkOrderListPage
{
    private const int Size = 50;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private WorkOrderPage? _page;
    private ITimer? _timer;

    [Inject]
    public required IWorkOrderDesk Desk { get; init; }

    [SupplyParameterFromQuery]
    public string? View { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageAsked { get; set; }

    private WorkOrderView Wanted => Query.Member<WorkOrderView>(View) ?? WorkOrderView.Open;

    private int PageNumber => Math.Max(1, PageAsked ?? 1);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => LoadAsync();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Ready)
        {
            _timer = Clock.CreateTimer(_ => _ = InvokeAsync(ReloadAsync), null, Again, Again);
        }
    }

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
        if (Viewer is not { } viewer)
        {
            return;
        }

        try
        {
            _page = await Desk.PageAsync(viewer, new WorkOrderFilter(Wanted, null, (PageNumber - 1) * Size, Size), Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }
}
