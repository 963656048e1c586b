using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>Which query options a service here understands: paging, nothing else.</summary>
internal static class ProtocolFeatures
{
    public static JsonObject Body() => new()
    {
        ["SelectQuery"] = false,
        ["FilterQuery"] = false,
        ["OnlyMemberQuery"] = false,
        ["ExcerptQuery"] = false,
        ["TopSkipQuery"] = true,
        ["ExpandQuery"] = new JsonObject { ["ExpandAll"] = false, ["Levels"] = false, ["Links"] = false, ["NoLinks"] = false },
    };
}
