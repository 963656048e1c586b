using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Live;

/// <summary>A tile as outside clients see it, over the hub and the operator API.</summary>
public sealed record TileView(
    string Serial,
    string Region,
    string Stamp,
    string Rack,
    int Slot,
    string Lifecycle,
    string Custody,
    string? Customer,
    string Health,
    bool Stale,
    DateTimeOffset ObservedAt,
    IReadOnlyDictionary<string, ReadingView> Readings,
    string? Maintenance = null)
{
    /// <summary>The tile as it is at <paramref name="now"/>.</summary>
    public static TileView Of(HsmTile tile, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return new TileView(
            tile.Serial.ToString(), tile.Location.Region, tile.Location.Stamp, tile.Location.Rack, tile.Location.Slot,
            tile.Lifecycle.ToString(), Words.Of(tile.Custody), tile.Customer, Words.Of(tile.Health), tile.IsStale(now), tile.ObservedAt,
            tile.Readings.ToDictionary(r => r.Key, r => ReadingView.Of(r.Value), StringComparer.Ordinal),
            tile.Maintenance?.Number);
    }
}

/// <summary>A reading as outside clients see it.</summary>
/// <param name="Value">A JSON number, a word, or null.</param>
public sealed record ReadingView(
    ReadingValue Value,
    string? Unit,
    string Health,
    DateTimeOffset ObservedAt,
    DateTimeOffset Since,
    string Source,
    string? Why)
{
    public static ReadingView Of(Reading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return new ReadingView(reading.Value, reading.Unit, Words.Of(reading.Health), reading.ObservedAt, reading.Since, reading.Source, reading.Why);
    }
}

/// <summary>The words of the outside contract for states.</summary>
internal static class Words
{
    public static string Of(Health health) => health switch
    {
        Health.Ok => "ok",
        Health.Warning => "warning",
        Health.Critical => "critical",
        _ => "unknown",
    };

    public static string Of(CustodyState custody) => custody switch
    {
        CustodyState.Operator => "operator",
        CustodyState.HandingOver => "handing-over",
        CustodyState.Customer => "customer",
        CustodyState.ComingBack => "coming-back",
        _ => "unknown",
    };
}
