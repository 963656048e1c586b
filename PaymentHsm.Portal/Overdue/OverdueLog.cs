namespace PaymentHsm.Portal.Overdue;

internal static partial class OverdueLog
{
    [LoggerMessage(5301, LogLevel.Error, "Looking for overdue work of kind '{Kind}' failed; it is tried again in half a minute.")]
    public static partial void SweepFailed(this ILogger log, string kind, Exception exception);

    [LoggerMessage(5302, LogLevel.Warning, "{Serial} was {State} past its deadline and is now {Next}.")]
    public static partial void DeviceMoved(this ILogger log, Domain.Fleet.HsmSerial serial, Domain.Lifecycle.HsmState state, Domain.Lifecycle.HsmState next);
}
