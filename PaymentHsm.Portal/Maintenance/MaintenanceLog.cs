namespace PaymentHsm.Portal.Maintenance;

internal static partial class MaintenanceLog
{
    [LoggerMessage(5501, LogLevel.Error, "The maintenance calendar could not be read; it is tried again in {Pause}.")]
    public static partial void CalendarNotRead(this ILogger log, TimeSpan pause, Exception exception);
}
