using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Log lines of the out-of-band driver: 3100 to 3199. Never a token, a password or a body.</summary>
internal static partial class RedfishLog
{
    [LoggerMessage(3100, LogLevel.Debug, "{Serial}: session opened as {UserName}.")]
    public static partial void SessionOpened(this ILogger log, HsmSerial serial, string userName);

    [LoggerMessage(3101, LogLevel.Warning, "{Serial}: credentials of {UserName} refused; not tried again before {Until:O}.")]
    public static partial void CredentialsRefused(this ILogger log, HsmSerial serial, string userName, DateTimeOffset until);

    [LoggerMessage(3102, LogLevel.Critical, "{Serial}: the peer is not the enrolled device: {What}. Nothing more is sent.")]
    public static partial void WrongDevice(this ILogger log, HsmSerial serial, string what);

    [LoggerMessage(3103, LogLevel.Error, "{Serial}: {What}")]
    public static partial void TrustFailed(this ILogger log, HsmSerial serial, string what);

    [LoggerMessage(3104, LogLevel.Information, "{Serial}: restart {Operation}: {Delivery} after {Attempts} connect(s). {Answer}")]
    public static partial void RestartSent(this ILogger log, HsmSerial serial, Guid operation, RestartDelivery delivery, int attempts, string answer);

    [LoggerMessage(3105, LogLevel.Debug, "{Serial}: event stream {Kind}: {Why}")]
    public static partial void Stream(this ILogger log, HsmSerial serial, OobWakeUpKind kind, string why);

    [LoggerMessage(3106, LogLevel.Warning, "{Serial}: Reclaim {Operation}: {Delivery}. {Answer}")]
    public static partial void ReclaimSent(this ILogger log, HsmSerial serial, Guid operation, ReclaimDelivery delivery, string answer);

    [LoggerMessage(3107, LogLevel.Information, "{Serial}: administrator credential: {What}")]
    public static partial void AdministratorCredential(this ILogger log, HsmSerial serial, string what);
}
