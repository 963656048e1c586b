using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentHsm.Domain.Fleet;

/// <summary>Writes a reading's value as a JSON number, string or null, whichever it is.</summary>
internal sealed class ReadingValueJson : JsonConverter<ReadingValue>
{
    public override bool HandleNull => true;

    public override ReadingValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => ReadingValue.Of(reader.GetDouble()),
        JsonTokenType.String => ReadingValue.Of(reader.GetString()!),
        _ => ReadingValue.None,
    };

    public override void Write(Utf8JsonWriter writer, ReadingValue value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.Word);
        }
    }
}
