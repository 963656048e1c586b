using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Overdue;

/// <summary>What is stuck and what soon will be, with owner and the targeted way out (R88).</summary>
public partial class OverduePage
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private static readonly (OverdueStanding Standing, string Title, TileStatus Shape)[] Groups =
        [(OverdueStanding.Stuck, "Stuck", TileStatus.Critical), (OverdueStanding.StuckSoon, "Stuck soon", TileStatus.Warning)];

    private IReadOnlyList<OverdueItem>? _items;
    private (string Kind, string Id)? _asking;
    private Refusal? _refusal;
    private string? _done;
    private bool _busy;
    private ITimer? _timer;

    [Inject]
    public required IOverdueDesk Desk { get; init; }

    private DateTimeOffset Now => Clock.GetUtcNow();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        await LoadAsync();
    }

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

    private Refusal? WhyClosed(OverdueEscape escape) => Viewer is { } viewer ? OverdueRules.MayEscape(viewer, OverdueStanding.Stuck) ?? escape.Closed : escape.Closed;

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        try
        {
            _items = await Desk.ReadAsync(Closed);
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    private async Task EscapeAsync(OverdueItem item)
    {
        if (_busy || Viewer is not { } viewer)
        {
            return;
        }

        (_busy, _refusal, _done) = (true, null, null);
        try
        {
            switch (await Desk.EscapeAsync(viewer, item.Kind, item.Id, Closed))
            {
                case Outcome<string>.Done(var words):
                    _done = words;
                    break;
                case Outcome<string>.Refused(var why):
                    _refusal = why;
                    break;
            }

            _asking = null;
            await LoadAsync();
        }
        finally
        {
            _busy = false;
        }
    }
}
