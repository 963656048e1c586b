using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Components.Parts;
using PaymentHsm.Portal.Receiving;

namespace PaymentHsm.Portal.Racks;

/// <summary>The racks of one stamp from the front: slots, feeds, switch, ports, live.</summary>
public partial class RackPage
{
    private static readonly (string Label, string Name)[] Links = [("H1", ReadingName.LinkHost1), ("H2", ReadingName.LinkHost2), ("M", ReadingName.LinkMgmt)];

    private IReadOnlyList<SiteRecord> _records = [];
    private IReadOnlyList<RackRisk> _risks = [];

    [Parameter]
    public required string Region { get; set; }

    [Parameter]
    public required string Stamp { get; set; }

    [Inject]
    public required IIntakeDesk Intake { get; init; }

    private IEnumerable<HsmTile> Here => Tiles.Values.Where(t => Same(t.Location.Region, Region) && Same(t.Location.Stamp, Stamp));

    /// <summary>Order of urgency of a tile's status, the worst first.</summary>
    public static int Urgency(TileStatus status) => status switch
    {
        TileStatus.Tamper => 0,
        TileStatus.Critical => 1,
        TileStatus.Stale => 2,
        TileStatus.Unknown => 3,
        TileStatus.Ok => 9,
        TileStatus.Destroyed => 10,
        _ => 4,
    };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        try
        {
            _records = [.. (await Intake.RecordsAsync(Closed)).Where(r => r.Racked is { } racked && Same(racked.Place.Region, Region) && Same(racked.Place.Stamp, Stamp))];
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            // The page was left while it asked.
        }
    }

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        Judge();
        return true;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Judge();

    /// <inheritdoc/>
    protected override bool Concerns(IReadOnlyList<HsmTile> changed) => changed.Any(t => Same(t.Location.Region, Region));

    private void Judge() => _risks = RackRisks.Of([.. Tiles.Values.Where(t => Same(t.Location.Region, Region))], Stamp);

    /// <summary>What the devices read of their switch; unknown when none could.</summary>
    private static (TileStatus Status, string Word) Switch(List<HsmTile> tiles)
    {
        var seen = tiles.Select(t => t.Readings[ReadingName.Upstream]).ToList();
        var up = tiles.Sum(t => Links.Count(l => Link(t, l.Name) == "up"));
        return seen.Exists(r => r.Health == Health.Critical) ? (TileStatus.Critical, "Switch down")
            : seen.Exists(r => r.Health == Health.Ok) ? (TileStatus.Ok, $"{up} links up")
            : (TileStatus.Unknown, "Switch not known");
    }

    private static string Link(HsmTile tile, string name) => tile.Readings[name].Health switch
    {
        Health.Ok => "up",
        Health.Critical or Health.Warning => "down",
        _ => "",
    };

    private static string Wire(HsmTile tile, string supply) => tile.Maintenance is { } planned && planned.Reading == supply ? "off" : tile.Readings[supply].Health switch
    {
        Health.Ok => "on",
        Health.Critical or Health.Warning => "off",
        _ => "unknown",
    };

    /// <summary>A feed is off when every device on it that can be read says so.</summary>
    private static string FeedState(List<HsmTile> tiles, string supply)
    {
        var known = tiles.Where(t => Wire(t, supply) != "unknown").ToList();
        return known.Count == 0 ? "unknown" : known.TrueForAll(t => Wire(t, supply) == "off") ? "off" : "on";
    }

    private static string? Ports(SiteRecord? record) => record?.Racked is { } racked
        ? $"Feeds {racked.FeedA}, {racked.FeedB}; OOB {racked.OobPort}, H1 {racked.Host1Port}, H2 {racked.Host2Port}, M {racked.ManagementPort}"
        : null;

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
