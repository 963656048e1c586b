namespace PaymentHsm.Device.Redfish;

/// <summary>Words for staff made from text that a device sent.</summary>
internal static class Words
{
    private const int Most = 80;

    /// <summary>Foreign text made harmless: one line, no control characters, at most 80 characters.</summary>
    public static string Short(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var head = text.Length > Most ? text[..Most] + "..." : text;
        return string.Concat(head.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }

    /// <summary>Seconds as people write them.</summary>
    public static string Seconds(TimeSpan span) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
