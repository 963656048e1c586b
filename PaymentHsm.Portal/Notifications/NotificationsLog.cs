using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Notifications;

internal static partial class NotificationsLog
{
    [LoggerMessage(5501, LogLevel.Warning, "Notices could not be taken to their readers; tried again at the next look.")]
    public static partial void DispatchFailed(this ILogger log, Exception exception);

    [LoggerMessage(5502, LogLevel.Warning, "{Channel} delivery {Delivery} failed, try {Try}.")]
    public static partial void DeliveryFailed(this ILogger log, DeliveryChannel channel, long delivery, int @try, Exception exception);

    [LoggerMessage(5503, LogLevel.Warning, "A bell could not follow its notices; tried again.")]
    public static partial void BellBroken(this ILogger log, Exception exception);
}
