using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Fleet;

internal static partial class FleetLog
{
    [LoggerMessage(5301, LogLevel.Error, "The administrator credential kept for {Serial} cannot be decrypted; it counts as lost.")]
    public static partial void SecretUnreadable(this ILogger log, HsmSerial serial, Exception exception);
}
