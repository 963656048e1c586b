using System.Security.Cryptography;

namespace PaymentHsm.Portal.Hosting;

/// <summary>The content security policy: everything from this portal, nothing inline but the import map, which carries the nonce.</summary>
internal static class SecurityHeaders
{
    /// <summary>Where App.razor finds the nonce of the present request.</summary>
    public const string NonceItem = "csp-nonce";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        http.Items[NonceItem] = nonce;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return next(http);
    });
}
