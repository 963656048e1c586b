using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>The one status that a tile shows, most urgent first.</summary>
public enum TileStatus
{
    /// <summary>Latched; an incident until it is re-armed on site.</summary>
    Tamper,

    /// <summary>The last reading is too old and no cause is known.</summary>
    Stale,

    /// <summary>Nothing trustworthy was read; the reading says why.</summary>
    Unknown,
    Critical,
    Warning,

    /// <summary>Exactly the planned signal: that feed, that supply, that window.</summary>
    Maintenance,
    Ok,

    /// <summary>The device no longer exists; nobody asks it any more.</summary>
    Destroyed,
}

/// <summary>Which status wins, and its words and shapes.</summary>
public static class TileStatuses
{
    /// <summary>Tamper, then stale, then unknown, then what the rules judged.</summary>
    public static TileStatus StatusAt(this HsmTile tile, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return tile.IsDestroyed ? TileStatus.Destroyed : tile.IsTampered ? TileStatus.Tamper : tile.IsStale(now) ? TileStatus.Stale : tile.Planned();
    }

    /// <summary>The status while the reading is fresh.</summary>
    public static TileStatus FreshStatus(this HsmTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return tile.IsDestroyed ? TileStatus.Destroyed : tile.IsTampered ? TileStatus.Tamper : tile.Planned();
    }

    /// <summary>A window shows only while nothing else is wrong.</summary>
    private static TileStatus Planned(this HsmTile tile) => tile is { Health: Health.Ok, Maintenance: not null } ? TileStatus.Maintenance : tile.Health.Status();

    public static TileStatus Status(this Health health) => health switch
    {
        Health.Ok => TileStatus.Ok,
        Health.Warning => TileStatus.Warning,
        Health.Critical => TileStatus.Critical,
        _ => TileStatus.Unknown,
    };

    public static string Word(this TileStatus status) => status == TileStatus.Ok ? "OK" : status.ToString();

    /// <summary>Class of the colour and id of the shape.</summary>
    public static string Css(this TileStatus status) => status switch
    {
        TileStatus.Tamper => "tamper",
        TileStatus.Stale => "stale",
        TileStatus.Critical => "critical",
        TileStatus.Warning => "warning",
        TileStatus.Maintenance => "maintenance",
        TileStatus.Ok => "ok",
        TileStatus.Destroyed => "destroyed",
        _ => "unknown",
    };

    /// <summary>Value of <c>data-health</c>.</summary>
    public static string Attribute(this Health health) => health.Status().Css();
}
