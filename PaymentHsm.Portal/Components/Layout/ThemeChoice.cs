namespace PaymentHsm.Portal.Components.Layout;

/// <summary>The reader's theme, known in the first response by a cookie so that nothing flashes.</summary>
/// <param name="Choice"><c>light</c>, <c>dark</c> or <c>system</c>.</param>
public readonly record struct ThemeChoice(string Choice)
{
    /// <summary>Set by <c>js/theme.js</c>; holds nothing but the choice.</summary>
    public const string CookieName = "theme";

    /// <summary>Value of <c>data-theme</c>; null lets the style sheet follow the system.</summary>
    public string? Attribute => Choice == "system" ? null : Choice;

    /// <summary>True when the reader chose dark. With <c>system</c> the tokens decide in the browser.</summary>
    public bool IsDark => Choice == "dark";

    /// <summary>Anything but the two known words means the system's choice.</summary>
    public static ThemeChoice FromCookie(string? cookie) => new(cookie is "light" or "dark" ? cookie : "system");
}
