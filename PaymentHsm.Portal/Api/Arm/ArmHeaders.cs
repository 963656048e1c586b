using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>Headers of every answer: ids to find it again in the log, and nothing of it may be cached.</summary>
internal static class ArmHeaders
{
    public const string RequestId = "x-ms-request-id";
    public const string CorrelationId = "x-ms-correlation-request-id";
    public const string ClientRequestId = "x-ms-client-request-id";
    private const string RoutingId = "x-ms-routing-request-id";
    private const int MaxId = 128;

    public static void Write(HttpContext http, string requestId, DateTimeOffset now)
    {
        var headers = http.Response.Headers;
        headers[RequestId] = requestId;
        headers[CorrelationId] = Id(http.Request.Headers[CorrelationId]) ?? requestId;
        headers[RoutingId] = string.Create(CultureInfo.InvariantCulture, $"PAYMENTHSM:{now.UtcDateTime:yyyyMMddTHHmmssZ}:{requestId}");
        if (ClientId(http) is { } client)
        {
            headers[ClientRequestId] = client;
        }

        headers.CacheControl = "no-cache";
        headers.Pragma = "no-cache";
        headers.Expires = "-1";
        headers.XContentTypeOptions = "nosniff";

        // A browser that looks at this API on localhost must not lose the plain pages there.
        if (http.Request.IsHttps && !http.Request.Host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }
    }

    /// <summary>What the client calls its request; null when it does not say.</summary>
    public static string? ClientId(HttpContext http) => Id(http.Request.Headers[ClientRequestId]);

    /// <summary>A time as <c>Retry-After</c> wants it: whole seconds, at least one, because clients pass over a zero.</summary>
    public static string Seconds(TimeSpan time) => Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Ids go back into headers and into the log: plain characters and not too many.</summary>
    private static string? Id(StringValues header) =>
        header is [{ Length: > 0 and <= MaxId } id] && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or ';' or '/' or '=' or '+') ? id : null;
}
