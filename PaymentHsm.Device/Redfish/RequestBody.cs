using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentHsm.Device.Redfish;

/// <summary>Body of a login.</summary>
internal sealed record LoginBody(string UserName, string Password);

/// <summary>Body of <c>ComputerSystem.Reset</c>.</summary>
internal sealed record ResetBody(string ResetType);

/// <summary>Body of <c>PaymentHsm.HandOver</c> (OOB-PROFILE 5).</summary>
internal sealed record HandOverBody(Guid OperationId, string AllocationId);

/// <summary>Writes request bodies, names as Redfish spells them.</summary>
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(ResetBody))]
[JsonSerializable(typeof(HandOverBody))]
internal sealed partial class RequestBody : JsonSerializerContext
{
    public static byte[] Of(LoginBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.LoginBody);

    public static byte[] Of(ResetBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.ResetBody);

    public static byte[] Of(HandOverBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.HandOverBody);
}
