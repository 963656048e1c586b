using System.Globalization;
using System.Text.Json.Serialization;

namespace PaymentHsm.Domain.Fleet;

/// <summary>A measured number, or a word such as <c>LinkUp</c>, or nothing.</summary>
[JsonConverter(typeof(ReadingValueJson))]
public readonly record struct ReadingValue
{
    private ReadingValue(double? number, string? word) => (Number, Word) = (number, word);

    /// <summary>The measured number, in the reading's unit; null for a word.</summary>
    public double? Number { get; }

    /// <summary>The word; null for a number.</summary>
    public string? Word { get; }

    /// <summary>No value was read.</summary>
    public bool IsNone => Number is null && Word is null;

    /// <summary>No value.</summary>
    public static ReadingValue None => default;

    public static ReadingValue Of(double number) => new(number, null);

    public static ReadingValue Of(string word) => new(null, word);

    /// <inheritdoc/>
    public override string ToString() => Word ?? Number?.ToString("0.#", CultureInfo.InvariantCulture) ?? "";
}
