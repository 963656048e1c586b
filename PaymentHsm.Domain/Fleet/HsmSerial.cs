using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace PaymentHsm.Domain.Fleet;

/// <summary>The manufacturer's serial number of one payShield: a capital letter, ten digits, a capital letter (HOST-COMMANDS 3.5).</summary>
[JsonConverter(typeof(HsmSerialJson))]
public readonly record struct HsmSerial
{
    private readonly string? _value;

    private HsmSerial(string value) => _value = value;

    /// <summary>The last six characters: what a person types to confirm that this device is meant.</summary>
    public string Tail => ToString()[^6..];

    /// <summary>Reads a serial number exactly as printed on the unit.</summary>
    /// <exception cref="FormatException">The text is no serial number.</exception>
    public static HsmSerial Parse(string text) =>
        TryParse(text, out var serial) ? serial : throw new FormatException($"'{text}' is not an HSM serial number (a letter, ten digits, a letter).");

    /// <summary>True when <paramref name="text"/> is a serial number.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out HsmSerial serial)
    {
        serial = default;
        if (text is not { Length: 12 } || !char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[11]))
        {
            return false;
        }

        if (!text.AsSpan(1, 10).ContainsAnyExceptInRange('0', '9'))
        {
            serial = new HsmSerial(text);
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";
}
