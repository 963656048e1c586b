namespace PaymentHsm.Device.Redfish;

/// <summary>One request, ready to be sent any number of times.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Uri">Absolute, already checked against the origin.</param>
/// <param name="Limit">From the start to the end of the answer's headers.</param>
/// <param name="Body">JSON, sent with Content-Length; null for none.</param>
/// <param name="Operation">Operation id for the <c>X-PaymentHsm-Operation-Id</c> header (OOB-PROFILE 5); null for none.</param>
/// <param name="IfMatch">Entity tag that the resource must still have; null for none.</param>
internal sealed record RedfishRequest(HttpMethod Method, Uri Uri, TimeSpan Limit, byte[]? Body = null, Guid? Operation = null, string? IfMatch = null);

/// <summary>One whole HTTP answer, whatever it says.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Location">Location header as sent, unchecked.</param>
/// <param name="Token">X-Auth-Token header.</param>
/// <param name="ETag">Entity tag of the resource, as sent; null when there is none.</param>
/// <param name="RetryAfter">Retry-After as a span; null when absent or unreadable.</param>
/// <param name="Body">The JSON body; empty view when there is none that can be used.</param>
/// <param name="BodyProblem">Why the body cannot be used; null when it can, or when there is none and none is needed.</param>
/// <param name="BodyRetries">How often a GET may be sent again because of <paramref name="BodyProblem"/>.</param>
internal sealed record RedfishAnswer(
    int Status,
    string? Location,
    string? Token,
    string? ETag,
    TimeSpan? RetryAfter,
    JsonView Body,
    string? BodyProblem,
    int BodyRetries)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Status and message key in words, for evidence and faults.</summary>
    public string InWords => RedfishMessage.Of(Body) is { } message ? $"{Status} {message}" : $"{Status}";
}
