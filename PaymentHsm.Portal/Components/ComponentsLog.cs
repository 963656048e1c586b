namespace PaymentHsm.Portal.Components;

/// <summary>What the browser side logs.</summary>
internal static partial class ComponentsLog
{
    [LoggerMessage(6001, LogLevel.Warning, "The fleet feed broke under a page; it is followed again shortly.")]
    public static partial void FeedBroken(this ILogger log, Exception broken);

    [LoggerMessage(6002, LogLevel.Warning, "Following an operation broke under a page; it is followed again shortly.")]
    public static partial void OperationFeedBroken(this ILogger log, Exception broken);

    [LoggerMessage(6011, LogLevel.Warning, "Reading firmware or a wave broke under a page; it is read again shortly.")]
    public static partial void FirmwareFeedBroken(this ILogger log, Exception broken);
}
