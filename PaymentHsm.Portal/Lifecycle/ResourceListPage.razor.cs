using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>All resources in the order of their ids; the address holds the filter and the place. What is on the way is read again every second.</summary>
public partial class ResourceListPage
{
    private const int Size = 50;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private ResourcePage? _page;
    private ITimer? _timer;

    [Inject]
    public required IResourceDesk Desk { get; init; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? State { get; set; }

    /// <summary>Key of the last resource of the page before.</summary>
    [SupplyParameterFromQuery]
    public string? After { get; set; }

    private static IEnumerable<(string, string)> States => Enum.GetValues<ResourceState>().Select(s => (s.ToString(), s.Spaced()));

    private bool Filtered => !string.IsNullOrEmpty(Q) || !string.IsNullOrEmpty(State);

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
        var before = _page;
        await LoadAsync();
        if (_page is not null && !(before?.Total == _page.Total && before.Rows.Zip(_page.Rows).All(p => p.First.Id == p.Second.Id && p.First.Version == p.Second.Version)))
        {
            StateHasChanged();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            _page = await Desk.PageAsync(new ResourceFilter(Text: string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(), State: Query.Member<ResourceState>(State), After: After, Take: Size), Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private static string Address(string? q, string? state, string? after) => Query.Address("/resources", ("q", q), ("state", state), ("after", after));

    private void Go(string? q, string? state) => Navigation.NavigateTo(Address(q, state, null));
}
