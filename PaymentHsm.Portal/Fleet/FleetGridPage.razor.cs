using Microsoft.AspNetCore.Components;
using MudBlazor;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Fleet;

/// <summary>The inventory. The address is the only state: filters, sort and page are read from it, and every control changes it.</summary>
public partial class FleetGridPage
{
    private const int Size = 50;

    private MudDataGrid<FleetRow>? _grid;
    private FleetFilter? _asked;
    private int? _total;

    [Inject]
    public required IFleetQueries Fleet { get; init; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? Region { get; set; }

    [SupplyParameterFromQuery]
    public string? Stamp { get; set; }

    [SupplyParameterFromQuery]
    public string? Lifecycle { get; set; }

    [SupplyParameterFromQuery]
    public string? Custody { get; set; }

    [SupplyParameterFromQuery]
    public string? Health { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Dir { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageAsked { get; set; }

    private static IEnumerable<(string, string)> Custodies => Enum.GetValues<CustodyState>().Select(c => (c.ToString(), c.Word()));

    private static IEnumerable<(string, string)> Lifecycles => Enum.GetValues<HsmState>().Select(s => (s.ToString(), s.Spaced()));

    private static IEnumerable<(string, string)> Healths => Enum.GetValues<Health>().Select(h => (h.ToString(), h.Status().Word()));

    private IEnumerable<(string, string)> Regions => Tiles.Values.Select(t => t.Location.Region).Distinct().Order().Select(r => (r, r));

    private IEnumerable<(string, string)> Stamps => Tiles.Values.Select(t => t.Location.Stamp).Distinct().Order().Select(s => (s, s));

    private int PageNumber => Math.Max(1, PageAsked ?? 1);

    private bool Descending => Dir == "desc";

    private string SortKey => FleetColumn.SortKey(Sort);

    private IReadOnlyList<(string Name, string Label, string? Value)> Named =>
        [.. new (string Name, string Label, string? Value)[]
        {
            ("q", "Text", Q), ("region", "Region", Region), ("stamp", "Stamp", Stamp), ("custody", "Custody", Custody), ("lifecycle", "Lifecycle", Lifecycle), ("health", "Health", Health),
        }.Where(filter => !string.IsNullOrEmpty(filter.Value))];

    private FleetFilter Wanted => new(
        string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
        string.IsNullOrEmpty(Region) ? null : Region,
        string.IsNullOrEmpty(Stamp) ? null : Stamp,
        Query.Member<HsmState>(Lifecycle),
        Query.Member<CustodyState>(Custody),
        Query.Member<Health>(Health),
        SortKey,
        Descending,
        (PageNumber - 1) * Size,
        Size);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_grid is not null && _asked is not null && _asked != Wanted)
        {
            await _grid.ReloadServerData();
        }
    }

    private async Task<GridData<FleetRow>> LoadAsync(GridState<FleetRow> state, CancellationToken cancelled)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, Closed);
        _asked = Wanted;
        var page = await Fleet.PageAsync(_asked, either.Token);
        _total = page.Total;

        // The grid renders itself after a load; the count in the head and the pager are outside it.
        StateHasChanged();
        return new GridData<FleetRow> { Items = page.Rows, TotalItems = page.Total };
    }

    private static void Search()
    {
        // The field's own change has set the address; Enter needs nothing more.
    }

    private void Change(params (string Name, string? Value)[] changes) => Navigation.NavigateTo(Address(1, SortKey, Descending, changes));

    private string PageAddress(int page) => Address(page, SortKey, Descending);

    private string SortAddress(string column) => Address(1, column, column == SortKey && !Descending);

    private string SortWords(FleetColumn column) =>
        column.Key != SortKey ? $"{column.Title}, sort" : Descending ? $"{column.Title}, sorted downwards" : $"{column.Title}, sorted upwards";

    private string Address(int page, string sort, bool descending, params (string Name, string? Value)[] changes)
    {
        var filters = new[] { ("q", Q), ("region", Region), ("stamp", Stamp), ("custody", Custody), ("lifecycle", Lifecycle), ("health", Health) }
            .Select(f => (Name: f.Item1, Value: changes.Any(c => c.Name == f.Item1) ? changes.First(c => c.Name == f.Item1).Value : f.Item2));
        return Query.Address(
            "/fleet",
            [.. filters, ("sort", sort == "serial" ? null : sort), ("dir", descending ? "desc" : null), ("page", page > 1 ? $"{page}" : null)]);
    }
}
