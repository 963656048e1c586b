using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentHsm.Domain.Fleet;

/// <summary>A serial number is a plain string on the wire.</summary>
internal sealed class HsmSerialJson : JsonConverter<HsmSerial>
{
    public override HsmSerial Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        HsmSerial.TryParse(reader.GetString(), out var serial) ? serial : throw new JsonException("Not an HSM serial number.");

    public override void Write(Utf8JsonWriter writer, HsmSerial value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
