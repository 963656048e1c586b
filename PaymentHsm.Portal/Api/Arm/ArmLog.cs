namespace PaymentHsm.Portal.Api.Arm;

internal static partial class ArmLog
{
    [LoggerMessage(5301, LogLevel.Debug, "{Method} {Path} answered {Status}; request {RequestId}, the client calls it {ClientRequestId}.")]
    public static partial void ArmAnswered(this ILogger log, string method, string? path, int status, string requestId, string? clientRequestId);

    [LoggerMessage(5302, LogLevel.Error, "{Method} failed; request {RequestId}, the client calls it {ClientRequestId}.")]
    public static partial void ArmFailed(this ILogger log, string method, string requestId, string? clientRequestId, Exception exception);

    [LoggerMessage(5303, LogLevel.Information, "{Action} of {Resource} by {Caller} answered {Status}; request {RequestId}, the client calls it {ClientRequestId}.")]
    public static partial void ArmWrote(this ILogger log, string action, string resource, string caller, int status, string? requestId, string? clientRequestId);
}
