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

    /// <summary><c>true</c>: only tickets whose clock has run out.</summary>
    [SupplyParameterFromQuery]
    public string? Overdue { get; set; }

    /// <summary>Only tickets of this person.</summary>
    [SupplyParameterFromQuery]
    public string? Owner { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageAsked { get; set; }

    private static IEnumerable<(string, string)> States => Enum.GetValues<TicketState>().Select(s => (s.ToString(), s.Spaced()));

    private int PageNumber => Math.Max(1, PageAsked ?? 1);

    private bool Filtered => !string.IsNullOrEmpty(Q) || !string.IsNullOrEmpty(State) || Overdue == "true" || !string.IsNullOrEmpty(Owner);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _page = await Desk.PageAsync(
                new TicketFilter(string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(), Query.Member<TicketState>(State), (PageNumber - 1) * Size, Size, Overdue == "true", Owner), Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private static string Address(string? q, string? state, string? overdue, string? owner, int page) =>
        Query.Address("/tickets", ("q", q), ("state", state), ("overdue", overdue), ("owner", owner), ("page", page > 1 ? $"{page}" : null));

    private void Go(string? q, string? state) => Navigation.NavigateTo(Address(q, state, Overdue, Owner, 1));
}
