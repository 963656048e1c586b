using System.Globalization;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>IPv4 addresses of network interfaces: four plain decimal numbers, and one that a host can have.</summary>
internal static class Ipv4
{
    /// <summary>Why this is not an address for an interface; null when it is.</summary>
    public static string? Fault(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return "is an IPv6 address; the interfaces have IPv4 addresses only";
        }

        var parts = text.Split('.');
        if (parts.Length != 4 || !parts.All(IsByte))
        {
            return "is not an IPv4 address such as 10.44.0.5";
        }

        return int.Parse(parts[0], CultureInfo.InvariantCulture) is 0 or 127 or >= 224 ? "cannot be the address of an interface" : null;
    }

    /// <summary>0 to 255, without the leading zeros that some programs read as octal.</summary>
    private static bool IsByte(string part) =>
        part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) <= 255;
}
