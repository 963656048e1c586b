using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Incidents;

internal static partial class IncidentsLog
{
    [LoggerMessage(5401, LogLevel.Critical, "Tamper latched on {Hsm}: it is frozen, ticket {Ticket}.")]
    public static partial void TamperRaised(this ILogger log, HsmSerial hsm, string ticket);

    [LoggerMessage(5402, LogLevel.Error, "The watch for tampers broke; it begins again in {Pause}.")]
    public static partial void WatchBroken(this ILogger log, TimeSpan pause, Exception exception);
}
