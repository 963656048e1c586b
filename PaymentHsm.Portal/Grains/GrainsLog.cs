using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Grains;

internal static partial class GrainsLog
{
    [LoggerMessage(5101, LogLevel.Error, "Polling {Hsm} failed.")]
    public static partial void PollFailed(this ILogger log, HsmSerial hsm, Exception exception);

    [LoggerMessage(5102, LogLevel.Error, "Listening to {Hsm} ended; it is polled at the usual interval.")]
    public static partial void WakeUpsFailed(this ILogger log, HsmSerial hsm, Exception exception);

    [LoggerMessage(5103, LogLevel.Error, "Driving operation {Operation} on {Hsm} failed; it is taken up again in {Pause}.")]
    public static partial void DriveFailed(this ILogger log, Guid operation, HsmSerial hsm, TimeSpan pause, Exception exception);

    [LoggerMessage(5104, LogLevel.Information, "Operation {Operation} on {Hsm} ended: {Outcome}.")]
    public static partial void OperationEnded(this ILogger log, Guid operation, HsmSerial hsm, string? outcome);

    [LoggerMessage(5105, LogLevel.Warning, "The enrolment source cannot be read: {Reason} Trying again in {Pause}.")]
    public static partial void EnrolmentFailed(this ILogger log, string reason, TimeSpan pause);

    [LoggerMessage(5109, LogLevel.Error, "Taking up the fleet failed; it is tried again in {Pause}.")]
    public static partial void KeepingFailed(this ILogger log, TimeSpan pause, Exception exception);

    [LoggerMessage(5106, LogLevel.Information, "{Count} devices are enrolled; {Fresh} of them are new.")]
    public static partial void FleetEnrolled(this ILogger log, int count, int fresh);

    [LoggerMessage(5107, LogLevel.Warning, "{Hsm} was not taken into the pool: {Reason}")]
    public static partial void NotCommissioned(this ILogger log, HsmSerial hsm, string reason);

    [LoggerMessage(5108, LogLevel.Information, "{Hsm} is now with {Customer}.")]
    public static partial void HandedOver(this ILogger log, HsmSerial hsm, string? customer);
}
