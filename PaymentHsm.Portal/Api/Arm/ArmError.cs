namespace PaymentHsm.Portal.Api.Arm;

/// <summary>An error in the API's envelope. Always plain <c>application/json</c>: clients do not look into problem details.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Word for programs.</param>
/// <param name="Message">For people: what was wrong and what to do.</param>
/// <param name="RuleId">The rule that refused a write and that nobody has logged yet; null when there is nothing to log.</param>
/// <param name="RetryAfter">When to try again; null when that is no question of time.</param>
internal sealed record ArmError(int Status, string Code, string Message, string? RuleId = null, TimeSpan? RetryAfter = null) : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (RetryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = ArmHeaders.Seconds(wait);
        }

        return httpContext.Response.WriteAsJsonAsync(new ArmErrorView(new ArmErrorBody(Code, Message)), ArmJson.Options, httpContext.RequestAborted);
    }
}

/// <summary>The envelope.</summary>
internal sealed record ArmErrorView(ArmErrorBody Error);

/// <summary>What is in it, and what a resource that failed carries beside its properties.</summary>
internal sealed record ArmErrorBody(string Code, string Message);
