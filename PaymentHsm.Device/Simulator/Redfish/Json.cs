using System.Globalization;
using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>Small pieces of which every resource is made.</summary>
internal static class Json
{
    /// <summary>Format of every time on the wire.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>A resource's head: where it is, what it is, its name.</summary>
    public static JsonObject Resource(string path, string type, string id, string name) => new()
    {
        ["@odata.id"] = path,
        ["@odata.type"] = "#" + type,
        ["Id"] = id,
        ["Name"] = name,
    };

    /// <summary>A collection of the members at those ids below <paramref name="path"/>.</summary>
    public static JsonObject Collection(string path, string type, string name, IEnumerable<string> ids) =>
        Collection(path, type, name, [.. ids.Select(JsonNode (i) => Ref($"{path}/{i}"))]);

    /// <summary>A collection of those members.</summary>
    public static JsonObject Collection(string path, string type, string name, JsonArray members) => new()
    {
        ["@odata.id"] = path,
        ["@odata.type"] = $"#{type}.{type}",
        ["Name"] = name,
        ["Members@odata.count"] = members.Count,
        ["Members"] = members,
    };

    /// <summary>A link.</summary>
    public static JsonObject Ref(string path) => new() { ["@odata.id"] = path };

    /// <summary>Links.</summary>
    public static JsonArray Refs(params IEnumerable<string> paths) => [.. paths.Select(JsonNode (p) => Ref(p))];

    /// <summary>Text values.</summary>
    public static JsonArray Strings(params IEnumerable<string> values) => [.. values.Select(JsonNode (v) => JsonValue.Create(v))];

    /// <summary>A time, UTC, whole seconds.</summary>
    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A time or nothing.</summary>
    public static string? Time(DateTimeOffset? time) => time is { } t ? Time(t) : null;

    /// <summary>State and health.</summary>
    public static JsonObject Status(string state = "Enabled", string? health = "OK") => new() { ["State"] = state, ["Health"] = health };
}
