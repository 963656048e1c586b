using Microsoft.AspNetCore.Components;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Audit;

/// <summary>The hash-chained log: newest first, filtered by the address, verified on demand (R84).</summary>
public partial class AuditTrailPage
{
    private const int Size = 50;

    private AuditPage? _page;
    private AuditCheck? _check;
    private bool _verifying;

    [Inject]
    public required IAuditTrail Trail { get; init; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? Serial { get; set; }

    [SupplyParameterFromQuery]
    public string? Ticket { get; set; }

    [SupplyParameterFromQuery]
    public Guid? Correlation { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageAsked { get; set; }

    private int PageNumber => Math.Max(1, PageAsked ?? 1);

    private bool Filtered => !string.IsNullOrEmpty(Q) || Fixed.Any();

    // Filters that came with a link; each is dropped by itself.
    private IEnumerable<(string Label, string Value, string Without)> Fixed
    {
        get
        {
            if (!string.IsNullOrEmpty(Serial))
            {
                yield return ("Device", Serial, Address(Q, null, Ticket, Correlation, 1));
            }

            if (!string.IsNullOrEmpty(Ticket))
            {
                yield return ("Ticket", Ticket, Address(Q, Serial, null, Correlation, 1));
            }

            if (Correlation is { } id)
            {
                yield return ("Operation", $"op-{id.ToString("N")[26..]}", Address(Q, Serial, Ticket, null, 1));
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _page = await Trail.PageAsync(new AuditFilter(Filled(Q), Filled(Serial), Filled(Ticket), Correlation, (PageNumber - 1) * Size, Size), Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Address(string? q, string? serial, string? ticket, Guid? correlation, int page) =>
        Query.Address("/audit", ("q", q), ("serial", serial), ("ticket", ticket), ("correlation", correlation?.ToString()), ("page", page > 1 ? $"{page}" : null));

    // What is shown, exported: the same filter, every page of it.
    private string Export(string format) => Query.Address(
        "/api/v1/audit/export", ("format", format), ("text", Filled(Q)), ("serial", Filled(Serial)), ("ticket", Filled(Ticket)), ("correlation", Correlation?.ToString()));

    private async Task VerifyAsync()
    {
        _verifying = true;
        try
        {
            _check = await Trail.VerifyAsync(Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while the chain was walked.
        }
        finally
        {
            _verifying = false;
        }
    }
}
