using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PaymentHsm.Domain.Firmware;

/// <summary>A base release such as <c>2.2b</c>: two numbers and a letter, compared in that order.</summary>
public readonly record struct FirmwareVersion(int Major, int Minor, char Letter) : IComparable<FirmwareVersion>
{
    /// <summary>The oldest release that is supported (R41).</summary>
    public static FirmwareVersion Floor { get; } = new(1, 4, 'a');

    /// <summary>True when <paramref name="text"/> is a base release; custom firmware has other names and is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out FirmwareVersion version)
    {
        version = default;
        var dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        if (text is not { Length: >= 4 and <= 8 } || dot < 1 || !char.IsAsciiLetterLower(text[^1])
            || !int.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(text.AsSpan(dot + 1, text.Length - dot - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            return false;
        }

        version = new FirmwareVersion(major, minor, text[^1]);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(FirmwareVersion other) => (Major, Minor, Letter).CompareTo((other.Major, other.Minor, other.Letter));

    public static bool operator <(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FirmwareVersion left, FirmwareVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}{Letter}");
}
