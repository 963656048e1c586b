namespace PaymentHsm.Portal.Approvals;

internal static partial class ApprovalsLog
{
    [LoggerMessage(5601, LogLevel.Error, "The clocks of the approvals could not be looked at; again in {Pause}.")]
    public static partial void SweepFailed(this ILogger log, TimeSpan pause, Exception failure);
}
