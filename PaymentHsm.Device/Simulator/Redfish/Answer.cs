using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>What a Redfish service answers, before it is written to the wire: faults still change it there.</summary>
internal sealed class Answer(int status, JsonObject? body = null)
{
    public int Status { get; set; } = status;

    /// <summary>JSON body; null for none.</summary>
    public JsonObject? Body { get; set; } = body;

    /// <summary>A body that is not JSON (metadata, schema files).</summary>
    public byte[]? Raw { get; init; }

    /// <summary>Media type of <see cref="Raw"/>.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>Further headers.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>Adds a header.</summary>
    public Answer With(string name, string value)
    {
        Headers[name] = value;
        return this;
    }
}
