using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Maintenance;

/// <summary>The calendar of power-feed maintenance: windows, and planning one.</summary>
public partial class MaintenancePage
{
    private IReadOnlyList<FeedWindow>? _windows;
    private Refusal? _refusal;
    private string? _place;
    private string _rack = "";
    private string _feed = "A";
    private DateTime _from;
    private DateTime _until;
    private string? _note;
    private bool _busy;

    [Inject]
    public required IMaintenanceDesk Desk { get; init; }

    [SupplyParameterFromQuery(Name = "past")]
    public bool Past { get; set; }

    private IEnumerable<Location> Places => Tiles.Values.Select(t => t.Location).OrderBy(l => (l.Region, l.Stamp, l.Rack));

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_from == default)
        {
            var now = Clock.GetUtcNow().UtcDateTime;
            _from = now.Date.AddHours(now.Hour + 1);
            _until = _from.AddHours(2);
            _place = Places.Select(p => $"{p.Region}/{p.Stamp}").FirstOrDefault();
        }

        await LoadAsync();
    }

    /// <inheritdoc/>
    protected override bool Concerns(IReadOnlyList<HsmTile> changed)
    {
        _place ??= Places.Select(p => $"{p.Region}/{p.Stamp}").FirstOrDefault();
        return false;
    }

    private async Task LoadAsync()
    {
        try
        {
            _windows = await Desk.ListAsync(Past, Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private Task PlanAsync() => ActAsync(async () =>
    {
        var parts = (_place ?? "").Split('/');
        var wish = new WindowWish(parts[0], parts.ElementAtOrDefault(1), _rack, _feed, new DateTimeOffset(_from, TimeSpan.Zero), new DateTimeOffset(_until, TimeSpan.Zero), _note);
        var answer = await Desk.PlanAsync(Viewer!, wish, Closed);
        if (answer is Outcome<FeedWindow>.Done)
        {
            _note = null;
        }

        return answer;
    });

    private Task CancelAsync(string number) => ActAsync(() => Desk.CancelAsync(Viewer!, number, Closed));

    private async Task ActAsync(Func<Task<Outcome<FeedWindow>>> act)
    {
        if (_busy || Viewer is null)
        {
            return;
        }

        _busy = true;
        try
        {
            _refusal = await act() is Outcome<FeedWindow>.Refused refused ? refused.Why : null;
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
