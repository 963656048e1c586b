using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Tickets, newest first; the address holds the filter.</summary>
public partial class TicketListPage
{
    private const int Size = 50;

    private TicketPage? _page;

    [Inject]
    public required ITicketDesk Desk { get; init; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageAsked { get; set; }

    private static IEnumerable<(string, string)> States => Enum.GetValues<TicketState>().Select(s => (s.ToString(), s.Spaced()));

    private int PageNumber => Math.Max(1, PageAsked ?? 1);

    private bool Filtered => !string.IsNullOrEmpty(Q) || !string.IsNullOrEmpty(State);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _page = await Desk.PageAsync(
                new TicketFilter(string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(), Query.Member<TicketState>(State), (PageNumber - 1) * Size, Size), Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private static string Address(string? q, string? state, int page) => Query.Address("/tickets", ("q", q), ("state", state), ("page", page > 1 ? $"{page}" : null));

    private void Go(string? q, string? state) => Navigation.NavigateTo(Address(q, state, 1));
}
