using System.Globalization;

namespace PaymentHsm.Domain.Fleet;

/// <summary>A planned interruption of one power feed (R46, R48).</summary>
/// <param name="Number">For people: <c>MW-001</c>.</param>
/// <param name="Region">Where.</param>
/// <param name="Stamp">Where in the region.</param>
/// <param name="Rack">Which rack; null: every rack of the stamp.</param>
/// <param name="Feed">Which feed.</param>
/// <param name="StartsAt">From when on its loss is expected (UTC).</param>
/// <param name="EndsAt">From when on it no longer is.</param>
/// <param name="Note">What is done.</param>
/// <param name="CreatedBy">Who planned it.</param>
/// <param name="CancelledAt">When it was called off; null while it stands.</param>
/// <param name="CancelledBy">Who called it off.</param>
public sealed record FeedWindow(
    string Number, string Region, string Stamp, string? Rack, Feed Feed, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Note, string CreatedBy, DateTimeOffset? CancelledAt = null, string? CancelledBy = null)
{
    /// <summary>The reading that this feed supplies: supply 1 hangs on feed A, supply 2 on feed B.</summary>
    public string Reading => Feed == Feed.A ? ReadingName.PowerPsu1 : ReadingName.PowerPsu2;

    /// <summary>True while the interruption is expected.</summary>
    public bool IsOpen(DateTimeOffset at) => CancelledAt is null && at >= StartsAt && at < EndsAt;

    /// <summary>True when a device at that place hangs on it.</summary>
    public bool Covers(Location place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Region == Region && place.Stamp == Stamp && (Rack is null || place.Rack == Rack);
    }

    /// <summary>How much of it has passed, 0 to 100.</summary>
    public int PercentAt(DateTimeOffset now) => (int)Math.Clamp(100 * (now - StartsAt) / (EndsAt - StartsAt), 0, 100);

    /// <summary>Number as people write it.</summary>
    public static string NumberOf(long id) => string.Create(CultureInfo.InvariantCulture, $"MW-{id:000}");

    /// <summary>The id behind a number; null when it is none.</summary>
    public static long? IdOf(string? number)
    {
        var digits = number is ['M' or 'm', 'W' or 'w', '-', .. var rest] ? rest : number;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}

/// <summary>The two independent power feeds of a rack.</summary>
public enum Feed
{
    A,
    B,
}

/// <summary>The windows that may matter now; read at each poll.</summary>
public interface IFeedWindows
{
    /// <summary>Windows that are not over or called off, as last read from the store.</summary>
    IReadOnlyList<FeedWindow> Current { get; }
}
