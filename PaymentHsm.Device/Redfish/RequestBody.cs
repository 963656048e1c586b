using System.Text.Json;
using System.Text.Json.Serialization;

namespace PaymentHsm.Device.Redfish;

/// <summary>Body of a login.</summary>
internal sealed record LoginBody(string UserName, string Password);

/// <summary>Body of <c>ComputerSystem.Reset</c>.</summary>
internal sealed record ResetBody(string ResetType);

/// <summary>Body of <c>PaymentHsm.HandOver</c> (OOB-PROFILE 5).</summary>
internal sealed record HandOverBody(Guid OperationId, string AllocationId);

/// <summary>Body of <c>PaymentHsm.Reclaim</c> (OOB-PROFILE 5).</summary>
internal sealed record ReclaimBody(Guid OperationId, string AllocationId, string ApprovalReference, string Scope);

/// <summary>Body of <c>PaymentHsm.SetLicence</c>.</summary>
internal sealed record LicenceBody(Guid OperationId, int CallsPerSecond, int LmkCount);

/// <summary>Body of <c>PaymentHsm.RemoveCertificates</c>.</summary>
internal sealed record RemoveCertificatesBody(Guid OperationId);

/// <summary>Body of <c>UpdateService.SimpleUpdate</c>.</summary>
internal sealed record UpdateBody([property: JsonPropertyName("ImageURI")] string Image);

/// <summary>Body of the change of an account's password.</summary>
internal sealed record PasswordBody(string Password)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(PasswordBody);
}

/// <summary>Writes request bodies, names as Redfish spells them.</summary>
[JsonSerializable(typeof(LoginBody))]
[JsonSerializable(typeof(ResetBody))]
[JsonSerializable(typeof(HandOverBody))]
[JsonSerializable(typeof(ReclaimBody))]
[JsonSerializable(typeof(LicenceBody))]
[JsonSerializable(typeof(RemoveCertificatesBody))]
[JsonSerializable(typeof(UpdateBody))]
[JsonSerializable(typeof(PasswordBody))]
internal sealed partial class RequestBody : JsonSerializerContext
{
    public static byte[] Of(LoginBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.LoginBody);

    public static byte[] Of(ResetBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.ResetBody);

    public static byte[] Of(HandOverBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.HandOverBody);

    public static byte[] Of(ReclaimBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.ReclaimBody);

    public static byte[] Of(LicenceBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.LicenceBody);

    public static byte[] Of(RemoveCertificatesBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.RemoveCertificatesBody);

    public static byte[] Of(UpdateBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.UpdateBody);

    public static byte[] Of(PasswordBody body) => JsonSerializer.SerializeToUtf8Bytes(body, Default.PasswordBody);
}
