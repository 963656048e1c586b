using System.Globalization;
using System.Text.Json;

namespace PaymentHsm.Device.Redfish;

/// <summary>
/// Tolerant eyes on JSON from a device: a missing member, a null, a wrong type or broken text is "not there", never an exception, so that
/// one bad member costs only the reading it feeds (OOB-PROFILE 11 EnumUnknown, NullReading, MissingMember).
/// </summary>
internal readonly struct JsonView(JsonElement element)
{
    private const int MaximumTextLength = 4096;

    /// <summary>True when there is something other than null.</summary>
    public bool Exists => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>A string of sensible length.</summary>
    public string? Text
    {
        get
        {
            try
            {
                return element.ValueKind == JsonValueKind.String && element.GetString() is { Length: <= MaximumTextLength } text ? text : null;
            }
            catch (InvalidOperationException)
            {
                // Broken UTF-8 or a lone surrogate: text that is no text.
                return null;
            }
        }
    }

    /// <summary>A finite number.</summary>
    public double? Number => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    public long? Integer => element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : null;

    public bool? Flag => element.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    public Guid? Id => Guid.TryParse(Text, out var id) ? id : null;

    /// <summary>A point in time with its offset, as UTC.</summary>
    public DateTimeOffset? Time =>
        DateTimeOffset.TryParse(Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>Members of an array; none when it is no array.</summary>
    public IEnumerable<JsonView> Items =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().Select(item => new JsonView(item)) : [];

    /// <summary>The link of a reference: <c>{"@odata.id": "..."}</c>.</summary>
    public string? Link => At("@odata.id").Text;

    /// <summary>The member of that name.</summary>
    public JsonView At(string name)
    {
        try
        {
            return IsObject && element.TryGetProperty(name, out var member) ? new JsonView(member) : default;
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>The member at the end of a path.</summary>
    public JsonView At(string first, string second) => At(first).At(second);

    /// <summary>The member at the end of a path.</summary>
    public JsonView At(string first, string second, string third) => At(first).At(second).At(third);
}
