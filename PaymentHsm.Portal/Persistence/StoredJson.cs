using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentHsm.Portal.Persistence;

/// <summary>How values inside a row are written: compact, enums by name so that a row can be read by people and survives reordering.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };
}
