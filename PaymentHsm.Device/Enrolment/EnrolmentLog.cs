using Microsoft.Extensions.Logging;

namespace PaymentHsm.Device.Enrolment;

/// <summary>Log lines of enrolment: 3000 to 3099.</summary>
internal static partial class EnrolmentLog
{
    [LoggerMessage(3000, LogLevel.Warning, "{Serial} is left out: field '{Field}' is missing or wrong.")]
    public static partial void LeftOut(this ILogger log, string serial, string field);

    [LoggerMessage(3001, LogLevel.Information, "{Count} devices enrolled from {Source}.")]
    public static partial void Enrolled(this ILogger log, int count, Uri source);

    [LoggerMessage(3002, LogLevel.Warning, "Connections to {Count} devices take about {Needed} file handles, and this process may have {Limit}. Raise the limit (ulimit -n, LimitNOFILE), or keep fewer connections to each (PaymentHsm:Polling:Connections).")]
    public static partial void FewHandles(this ILogger log, int count, int needed, int limit);
}
