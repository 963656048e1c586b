using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>A request, its credentials already judged.</summary>
/// <param name="Method">HTTP method; HEAD counts as GET here.</param>
/// <param name="Path">Path without trailing slash.</param>
/// <param name="Args">What the template's placeholders matched.</param>
/// <param name="Query">Query options by name.</param>
/// <param name="Body">JSON body; null for none.</param>
/// <param name="IfMatch">If-Match header.</param>
/// <param name="OperationId">Header <c>X-PaymentHsm-Operation-Id</c>; null when absent.</param>
/// <param name="Caller">Who asks; null on the public resources.</param>
internal sealed record RedfishRequest(
    string Method,
    string Path,
    IReadOnlyList<string> Args,
    IReadOnlyDictionary<string, string> Query,
    JsonObject? Body,
    string? IfMatch,
    Guid? OperationId,
    Caller? Caller)
{
    /// <summary>A text member of the body; null when absent or of another type.</summary>
    public string? Text(string name) => Body?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

/// <summary>Who asks.</summary>
/// <param name="UserName">Account.</param>
/// <param name="RoleId">Its role.</param>
/// <param name="SessionId">Its session; null with basic authentication.</param>
internal sealed record Caller(string UserName, string RoleId, string? SessionId);
