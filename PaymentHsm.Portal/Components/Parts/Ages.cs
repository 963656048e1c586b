using System.Globalization;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>Moments and ages in the words of the design (UTC first, then age). <c>wwwroot/js/ages.js</c> goes on with the same rules on the reader's clock.</summary>
public static class Ages
{
    /// <summary>The moment: the time of day, with the date when <paramref name="now"/> is another day.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.ToString(at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Date and time with milliseconds, as the audit log shows it.</summary>
    public static string Exact(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>An age: seconds below 60, minutes below 120, then hours and minutes, then days. A clock that runs ahead gives <c>0 s</c>.</summary>
    public static string Span(TimeSpan age)
    {
        var seconds = (long)Math.Max(0, Math.Floor(age.TotalSeconds));
        var minutes = seconds / 60;
        var hours = minutes / 60;
        return seconds < 60 ? $"{seconds} s"
            : minutes < 120 ? $"{minutes} min"
            : hours < 24 ? string.Create(CultureInfo.InvariantCulture, $"{hours} h {minutes % 60:00} min")
            : $"{hours / 24} d";
    }

    /// <summary>An age in the narrow form of a tile: seconds, minutes up to 99, hours, days.</summary>
    public static string Narrow(TimeSpan age)
    {
        var minutes = (long)Math.Floor(age.TotalMinutes);
        return minutes < 100 ? Span(age) : minutes < 48 * 60 ? $"{minutes / 60} h" : $"{minutes / 1440} d";
    }

    /// <summary>The whole text of a <c>time</c> element.</summary>
    public static string Text(DateTimeOffset at, DateTimeOffset now, AgeStyle style) => style switch
    {
        AgeStyle.Line => $"{Moment(at, now)} · {Span(now - at)} ago",
        AgeStyle.Cell => $"{Moment(at, now)} · {Span(now - at)}",
        AgeStyle.Tile => now - at < TimeSpan.FromHours(24) ? $"{Clock(at)} · {Narrow(now - at)}" : Narrow(now - at),
        AgeStyle.Only => Span(now - at),
        AgeStyle.Left => at > now ? $"{Span(at - now)} left" : $"overdue by {Span(now - at)}",
        _ => throw new ArgumentOutOfRangeException(nameof(style)),
    };

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Which words a <c>time</c> element shows.</summary>
public enum AgeStyle
{
    /// <summary><c>14:03:22Z · 2 min ago</c>.</summary>
    Line,

    /// <summary><c>14:03:22Z · 2 min</c>, for tables.</summary>
    Cell,

    /// <summary><c>14:03:22Z · 2 min</c>, shortened for a tile.</summary>
    Tile,

    /// <summary><c>2 min</c>.</summary>
    Only,

    /// <summary>Time left until a deadline: <c>23 min left</c>.</summary>
    Left,
}
