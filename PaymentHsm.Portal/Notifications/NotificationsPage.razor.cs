using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Notifications;

/// <summary>What the viewer was told; the address holds the filter.</summary>
public partial class NotificationsPage
{
    private const int Size = 50;

    private NoticePage? _page;
    private bool _busy;

    [Inject]
    public required INoticeList Notices { get; init; }

    [SupplyParameterFromQuery]
    public string? Unread { get; set; }

    [SupplyParameterFromQuery]
    public string? Critical { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageAsked { get; set; }

    private int PageNumber => Math.Max(1, PageAsked ?? 1);

    private bool Filtered => Unread == "true" || Critical == "true";

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => LoadAsync();

    private static string Shape(NoticeLevel level) => level switch
    {
        NoticeLevel.Critical => "critical",
        NoticeLevel.Action => "person",
        _ => "ok",
    };

    private static string? Current(bool yes) => yes ? "true" : null;

    private static string Address(string? unread, string? critical, int page) => Query.Address("/notifications", ("unread", unread), ("critical", critical), ("page", page > 1 ? $"{page}" : null));

    private async Task LoadAsync()
    {
        if (Viewer is not { } viewer)
        {
            return;
        }

        try
        {
            _page = await Notices.PageAsync(viewer, new NoticeFilter(Unread == "true", Critical == "true", (PageNumber - 1) * Size, Size), Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private async Task MarkAsync(IReadOnlyCollection<long>? ids)
    {
        if (_busy || Viewer is not { } viewer)
        {
            return;
        }

        _busy = true;
        try
        {
            await Notices.MarkReadAsync(viewer, ids, Closed);
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
