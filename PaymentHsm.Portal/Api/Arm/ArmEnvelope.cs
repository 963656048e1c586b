using System.Text.RegularExpressions;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>
/// Stands around everything below <c>/subscriptions</c> and <c>/providers</c>: gives every answer its headers and every error the envelope, whoever made it
/// (routing, sign-in, the server's limits, a bug).
/// </summary>
internal sealed partial class ArmEnvelope(RequestDelegate next, TimeProvider clock, PortalSettings settings, IConfiguration configuration, ILogger<ArmEnvelope> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var requestId = Guid.NewGuid().ToString();
        ArmHeaders.Write(http, requestId, clock.GetUtcNow());
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
            {
                await Bare(http).ExecuteAsync(http);
            }
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await Unreadable(e).ExecuteAsync(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            log.ArmFailed(http.Request.Method, requestId, ArmHeaders.ClientId(http), e);
            await new ArmError(500, "InternalServerError", $"The portal failed. Try again; if it fails again, tell support the request id {requestId}.").ExecuteAsync(http);
        }

        log.ArmAnswered(http.Request.Method, http.Request.Path, http.Response.StatusCode, requestId, ArmHeaders.ClientId(http));
    }

    /// <summary>An error that came with its status alone.</summary>
    private ArmError Bare(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => NotSignedIn(http),
        StatusCodes.Status403Forbidden => new ArmError(403, "AuthorizationFailed", "The token is valid, but carries none of the roles that may do this."),
        StatusCodes.Status404NotFound => new ArmError(404, "InvalidResourceType", $"There is nothing at '{http.Request.Path}'. This portal serves Microsoft.HardwareSecurityModules/dedicatedHSMs and its operations."),
        StatusCodes.Status405MethodNotAllowed => new ArmError(405, "MethodNotAllowed", $"{http.Request.Method} is not possible here. Allowed: {http.Response.Headers.Allow}."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType(http),
        var other => new ArmError(other, "RequestFailed", $"The request failed with status {other}."),
    };

    /// <summary>The server gave up on the request before anybody could judge it: too large, too slow, broken off.</summary>
    private static ArmError Unreadable(BadHttpRequestException e) => e.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? new ArmError(413, "RequestContentTooLarge", $"The body is too large; {BodyReader.MaxBytes} bytes are the most.")
        : new ArmError(e.StatusCode, "InvalidRequestContent", "The request could not be read.");

    internal static ArmError UnsupportedMediaType(HttpContext http) =>
        new(415, "UnsupportedMediaType", $"The content type {Domain.Lifecycle.ResourceRules.Shown(http.Request.ContentType)} is not supported. Send application/json.", "R7");

    private ArmError NotSignedIn(HttpContext http)
    {
        var why = http.Request.Headers.Authorization.ToString() is not { Length: > 0 } given ? "the 'Authorization' header is missing"
            : !given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? "the 'Authorization' header is not a bearer token"
            : Described().Match(http.Response.Headers.WWWAuthenticate.ToString()) is { Success: true } told ? $"the access token is not accepted: {told.Groups[1].Value}"
            : "the access token is not accepted";
        http.Response.Headers.WWWAuthenticate = $"Bearer authorization_uri=\"{Authority(http.Request)}\", error=\"invalid_token\", error_description=\"The authentication failed: {why}.\"";
        return new ArmError(401, "InvalidAuthenticationToken", $"The authentication failed: {why}.");
    }

    /// <summary>Where tokens come from.</summary>
    private string Authority(HttpRequest request) => settings.Identity.Provider == IdentityProvider.EntraId
        ? $"{configuration["AzureAd:Instance"]?.TrimEnd('/')}/{configuration["AzureAd:TenantId"]}"
        : $"{request.Scheme}://{request.Host}{request.PathBase}/signin";

    [GeneratedRegex("error_description=\"([^\"]*)\"")]
    private static partial Regex Described();
}
