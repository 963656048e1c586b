using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Operations;

/// <summary>Operations, newest first; the address holds the filter.</summary>
public partial class OperationListPage
{
    private const int Size = 50;

    private OperationPage? _page;

    [Inject]
    public required IOperationDesk Desk { get; init; }

    [SupplyParameterFromQuery]
    public string? Serial { get; set; }

    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageAsked { get; set; }

    private static IEnumerable<(string, string)> States => Enum.GetValues<OperationState>().Select(s => (s.ToString(), s.Word()));

    private static IEnumerable<(string, string)> Kinds => Enum.GetValues<OperationKind>().Select(k => (k.ToString(), k.Spaced()));

    private int PageNumber => Math.Max(1, PageAsked ?? 1);

    private bool Filtered => !string.IsNullOrEmpty(Serial) || !string.IsNullOrEmpty(State) || !string.IsNullOrEmpty(Kind);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _page = await Desk.PageAsync(
                new OperationFilter(
                    Query.Member<OperationState>(State), Query.Member<OperationKind>(Kind), string.IsNullOrWhiteSpace(Serial) ? null : Serial.Trim(), (PageNumber - 1) * Size, Size),
                Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private static string Address(string? serial, string? state, string? kind, int page) =>
        Query.Address("/operations", ("serial", serial), ("state", state), ("kind", kind), ("page", page > 1 ? $"{page}" : null));

    private void Go(string? serial, string? state, string? kind) => Navigation.NavigateTo(Address(serial, state, kind, 1));
}
