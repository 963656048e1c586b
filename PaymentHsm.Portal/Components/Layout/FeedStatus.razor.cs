using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Components.Parts;

namespace PaymentHsm.Portal.Components.Layout;

/// <summary>Says in the bar how fresh the picture is, and tells screen readers at most one sentence in ten seconds.</summary>
public partial class FeedStatus
{
    /// <summary>How long the feed may be silent before the bar stops calling it live: several polls of every device.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly Dictionary<HsmSerial, TileStatus> _told = [];
    private DateTimeOffset _asOf;
    private DateTimeOffset _toldAt;
    private string? _news;
    private string? _alarm;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _asOf = Feed.Current.AsOf;
        foreach (var tile in Tiles.Values)
        {
            _told[tile.Serial] = tile.FreshStatus();
        }
    }

    /// <inheritdoc/>
    protected override bool Concerns(IReadOnlyList<HsmTile> changed)
    {
        var now = Clock.GetUtcNow();
        _asOf = Feed.Current.AsOf;
        foreach (var tile in changed.Where(t => t.IsTampered && _told.GetValueOrDefault(t.Serial, TileStatus.Ok) != TileStatus.Tamper))
        {
            _alarm = $"Tamper on {tile.Serial} at {tile.Location}.";
            _told[tile.Serial] = TileStatus.Tamper;
        }

        if (now - _toldAt >= Between && FleetNews.Sentence(_told, Tiles.Values) is { } sentence)
        {
            (_news, _toldAt) = (sentence, now);
            foreach (var tile in Tiles.Values)
            {
                _told[tile.Serial] = tile.FreshStatus();
            }
        }

        return true;
    }
}
