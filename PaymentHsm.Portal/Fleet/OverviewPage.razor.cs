using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Overdue;

namespace PaymentHsm.Portal.Fleet;

/// <summary>What needs a person, what waits for me, what is under way, what is free, and the wall.</summary>
public partial class OverviewPage
{
    // The answer belongs in the first 200 px; the rest of a bad day is one press away.
    private const int Shown = 8;

    private IReadOnlyList<AttentionItem> _attention = [];
    private Dictionary<TileStatus, int> _counts = [];
    private DateTimeOffset _now;
    private bool _all;

    /// <summary><c>compact</c> draws one line per device.</summary>
    [SupplyParameterFromQuery]
    public string? Density { get; set; }

    /// <summary>Shows only devices of this status on the wall.</summary>
    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [Inject]
    public required IOverdueBoard Overdue { get; init; }

    [Inject]
    public required IFleetEnrolment Enrolment { get; init; }

    private TileStatus? Only => Query.Member<TileStatus>(Status);

    private IEnumerable<HsmTile> OnWall => Tiles.Values.Where(t => Only is null || t.StatusAt(_now) == Only);

    private bool Compact => Density == "compact";

    private DateTimeOffset? Newest => Tiles.Count == 0 ? null : Tiles.Values.Max(t => t.ObservedAt);

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        Judge();
        return true;
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Judge();
    }

    private static string View(string? density, TileStatus? only) => Query.Address("/", ("density", density), ("status", only?.Css()));

    private int Count(TileStatus status) => _counts.GetValueOrDefault(status);

    private void Judge()
    {
        _now = Clock.GetUtcNow();
        _attention = Attention.With(Attention.Of(Tiles.Values, _now), Overdue.Current, _now);
        _counts = Tiles.Values.CountBy(t => t.StatusAt(_now)).ToDictionary();
    }
}
