using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Audit;

/// <summary>Sealed bundles, newest first; the address holds the filter (R86).</summary>
public partial class EvidenceListPage
{
    private const int Size = 50;

    private EvidencePage? _page;

    [Inject]
    public required IEvidenceDesk Desk { get; init; }

    [SupplyParameterFromQuery]
    public string? Serial { get; set; }

    [SupplyParameterFromQuery]
    public string? Ticket { get; set; }

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageAsked { get; set; }

    private static IEnumerable<(string, string)> Kinds => Enum.GetValues<EvidenceKind>().Select(k => (k.ToString(), EvidenceWords.Word(k)));

    private int PageNumber => Math.Max(1, PageAsked ?? 1);

    private bool Filtered => !string.IsNullOrEmpty(Serial) || !string.IsNullOrEmpty(Ticket) || !string.IsNullOrEmpty(Kind);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _page = await Desk.PageAsync(new EvidenceFilter(Filled(Serial), Filled(Ticket), Query.Member<EvidenceKind>(Kind), (PageNumber - 1) * Size, Size), Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Address(string? serial, string? ticket, string? kind, int page) =>
        Query.Address("/evidence", ("serial", serial), ("ticket", ticket), ("kind", kind), ("page", page > 1 ? $"{page}" : null));

    private void Go(string? serial, string? ticket, string? kind) => Navigation.NavigateTo(Address(serial, ticket, kind, 1));
}
