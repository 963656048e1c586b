namespace PaymentHsm.Portal.Live;

internal static partial class LiveLog
{
    [LoggerMessage(5201, LogLevel.Warning, "A push of {Count} tiles to hub clients failed.")]
    public static partial void PushFailed(this ILogger log, int count, Exception exception);
}
