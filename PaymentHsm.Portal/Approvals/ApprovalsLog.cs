namespace PaymentHsm.Portal.Approvals;

internal static partial class ApprovalsLog
{
    [LoggerMessage(5601, LogLevel.Error, "The clocks of the approvals could not be looked at; again in {Pause}.")]
    public static partial void SweepFailed(this ILogger log, TimeSpan pause, Exception failure);

    [LoggerMessage(5602, LogLevel.Warning, "The page of an approval lost its changes and follows again.")]
    public static partial void ApprovalFeedBroken(this ILogger log, Exception failure);
}
