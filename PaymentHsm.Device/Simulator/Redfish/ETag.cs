using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Simulator.Redfish;

/// <summary>Strong entity tags: a digest of what is sent.</summary>
internal static class ETag
{
    /// <summary>Tag of a JSON body.</summary>
    public static string Of(JsonObject body) => Of(Encoding.UTF8.GetBytes(body.ToJsonString()));

    /// <summary>Tag of a body.</summary>
    public static string Of(ReadOnlySpan<byte> body) => $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"";
}
