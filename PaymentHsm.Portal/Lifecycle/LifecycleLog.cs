namespace PaymentHsm.Portal.Lifecycle;

internal static partial class LifecycleLog
{
    [LoggerMessage(5201, LogLevel.Error, "Moving the customers' resources on failed; it is tried again in a second.")]
    public static partial void ResourcesFailed(this ILogger log, Exception exception);

    [LoggerMessage(5202, LogLevel.Information, "{Resource} waits: {Reason}")]
    public static partial void ResourceWaits(this ILogger log, string resource, string reason);
}
