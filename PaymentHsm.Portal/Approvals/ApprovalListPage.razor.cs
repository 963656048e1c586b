using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Approvals;

/// <summary>The inbox of approvals: what waits for me, what I asked for or signed, and all.</summary>
public partial class ApprovalListPage
{
    private const int Size = 50;

    private IReadOnlyList<ApprovalRequest>? _rows;
    private int _total;
    private int _waiting;
    private Task _loop = Task.CompletedTask;
    private bool _following;

    [Inject]
    public required IApprovalDesk Desk { get; init; }

    [SupplyParameterFromQuery]
    public string? View { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageAsked { get; set; }

    private int PageNumber => Math.Max(1, PageAsked ?? 1);

    private string Shown => View is "mine" or "all" ? View : "waiting";

    private IEnumerable<(string Key, string Words, int? Count)> Views => [("waiting", "Wait for me", _waiting), ("mine", "Mine", null), ("all", "All", null)];

    private string WaitingWords => Viewer?.Role == Role.Engineering
        ? "A request comes here when you may sign it: not when you asked for it, own its ticket or have signed it."
        : $"Engineering signs; you are {Viewer?.Role}.";

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => LoadAsync();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (Ready && !_following)
        {
            _following = true;
            _loop = FollowAsync();
        }
    }

    /// <inheritdoc/>
    protected override Task StopAsync() => _loop;

    private async Task LoadAsync()
    {
        if (Viewer is not { } viewer)
        {
            return;
        }

        try
        {
            var waiting = await Desk.WaitingForAsync(viewer, Closed);
            _waiting = waiting.Count;
            var page = Shown switch
            {
                "waiting" => new ApprovalPage(waiting.Count, waiting),
                "mine" => await Desk.PageAsync(new ApprovalFilter(Person: viewer.Id, Skip: (PageNumber - 1) * Size, Take: Size), Closed),
                _ => await Desk.PageAsync(new ApprovalFilter(Skip: (PageNumber - 1) * Size, Take: Size), Closed),
            };
            (_rows, _total) = (page.Rows, page.Total);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            await foreach (var _ in Desk.ChangesAsync(Closed))
            {
                await InvokeAsync(async () =>
                {
                    await LoadAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
