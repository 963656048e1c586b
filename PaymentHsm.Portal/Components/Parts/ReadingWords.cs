using System.Globalization;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>Readings in the words of the rack.</summary>
public static class ReadingWords
{
    /// <summary>Label in a table.</summary>
    public static string Label(string name) => name switch
    {
        ReadingName.PowerPsu1 => "PSU 1, feed A",
        ReadingName.PowerPsu2 => "PSU 2, feed B",
        ReadingName.TemperatureIntake => "Intake temperature",
        ReadingName.TemperatureInternal => "Internal temperature",
        ReadingName.Fan1 => "Fan 1",
        ReadingName.Fan2 => "Fan 2",
        ReadingName.Tamper => "Tamper",
        ReadingName.Oob => "OOB path",
        ReadingName.LinkHost1 => "HOST1 link",
        ReadingName.LinkHost2 => "HOST2 link",
        ReadingName.LinkMgmt => "MGMT link",
        ReadingName.Upstream => "Upstream switch",
        _ => name,
    };

    /// <summary>The value with its unit, or the word spaced, or a dash when nothing was read.</summary>
    public static string Value(Reading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        return reading.Value switch
        {
            { Number: { } number } => string.Create(CultureInfo.InvariantCulture, $"{number:0.#} {Unit(reading.Unit)}").TrimEnd(),
            { Word: { } word } => Word(word),
            _ => "–",
        };
    }

    /// <summary>At most eleven characters for a tile: which reading, and what is wrong with it.</summary>
    public static string Say(HsmTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        if (tile.IsDestroyed)
        {
            return "Destroyed";
        }

        if (tile.IsTampered)
        {
            return "TAMPER";
        }

        if (tile.Health == Health.Ok)
        {
            return tile.Maintenance is { } window ? $"PSU {(window.Feed == Feed.A ? 1 : 2)} off" : tile.Lifecycle.Spaced();
        }

        var worst = Worst(tile).ToList();
        return worst.Count == 0 ? tile.Health == Health.Unknown ? "Unknown" : tile.Lifecycle.Spaced()
            : tile.Health == Health.Unknown ? "Unknown"
            : worst.Count(r => r.Name is ReadingName.LinkHost1 or ReadingName.LinkHost2 or ReadingName.LinkMgmt) > 1 ? "Links down"
            : Short(worst[0]);
    }

    /// <summary>Readings that made the tile what it is, in the order of the pages; empty while all is well.</summary>
    public static IEnumerable<Reading> Worst(HsmTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return tile.Health == Health.Ok ? [] : ReadingName.All.Where(tile.Readings.ContainsKey).Select(name => tile.Readings[name]).Where(r => r.Health == tile.Health);
    }

    private static string Short(Reading reading) => reading.Name switch
    {
        ReadingName.PowerPsu1 => "PSU 1",
        ReadingName.PowerPsu2 => "PSU 2",
        ReadingName.TemperatureIntake => $"In {Value(reading)}",
        ReadingName.TemperatureInternal => $"Int {Value(reading)}",
        ReadingName.Fan1 => "Fan 1",
        ReadingName.Fan2 => "Fan 2",
        ReadingName.Tamper => "Tamper",
        ReadingName.Oob => "OOB path",
        ReadingName.LinkHost1 => "HOST1 down",
        ReadingName.LinkHost2 => "HOST2 down",
        ReadingName.LinkMgmt => "MGMT down",
        _ => "Upstream",
    };

    private static string Unit(string? unit) => unit == "Cel" ? "°C" : unit ?? "";

    private static string Word(string word) => word switch
    {
        "LinkUp" => "Link up",
        "LinkDown" => "No link",
        "NoLink" => "No link",
        "TamperingDetected" => "Tampering detected",
        "Normal" => "None",
        _ => Sentence(word),
    };

    // Device words arrive in Pascal case (Redfish enumerations): people read them spaced.
    private static string Sentence(string word) =>
        string.Concat(word.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(word[i - 1]) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}
