using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace PaymentHsm.Portal.Identity;

/// <summary>Bearer tokens of the Development sign-in: <c>dev-engineer1</c> is engineer1. Registered in the Development environment only.</summary>
internal sealed class DevelopmentBearer(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "DevelopmentBearer";
    private const string Prefix = "Bearer dev-";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0 && Request.Query.TryGetValue("access_token", out var query) && Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal))
        {
            // Browsers cannot set headers on a WebSocket; SignalR clients send the token this way.
            header = $"Bearer {query}";
        }

        if (header.Length == 0)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && Personas.Find(header[Prefix.Length..]) is { } persona
            ? AuthenticateResult.Success(new AuthenticationTicket(Personas.Principal(persona, SchemeName, TimeProvider.GetUtcNow()), SchemeName))
            : AuthenticateResult.Fail("Unknown development token; use 'dev-' and the name of a persona, such as dev-engineer1."));
    }
}
