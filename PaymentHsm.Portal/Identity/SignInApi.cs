using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Identity;

/// <summary>Signing in and out of the browser.</summary>
internal static class SignInApi
{
    public static void MapSignIn(this WebApplication app)
    {
        var development = app.Services.GetRequiredService<PortalSettings>().Identity.Provider == IdentityProvider.Development;
        if (development)
        {
            app.MapGet("/dev/signin", SignInAsPersona).AllowAnonymous().ExcludeFromDescription();

            // The same person again: what a second factor is in production. Only whoever is signed in is signed in again.
            app.MapGet("/signin/again", (HttpContext http, string? returnUrl, TimeProvider clock) => SignInAsPersona(http, http.User.ToActor()?.Id, returnUrl, clock)).ExcludeFromDescription();
        }
        else
        {
            app.MapGet("/signin/entra", (string? returnUrl) =>
                Results.Challenge(new AuthenticationProperties { RedirectUri = Local(returnUrl) }, [OpenIdConnectDefaults.AuthenticationScheme])).AllowAnonymous().ExcludeFromDescription();

            // Entra ID asks for the credentials again and says when it did: with the time asked for, the token must carry auth_time.
            app.MapGet("/signin/again", (string? returnUrl) => Results.Challenge(
                new OpenIdConnectChallengeProperties { RedirectUri = Local(returnUrl), Prompt = OpenIdConnectPrompt.Login, MaxAge = TimeSpan.Zero },
                [OpenIdConnectDefaults.AuthenticationScheme])).ExcludeFromDescription();
        }

        // A form parameter makes the antiforgery check apply; without one a foreign page could sign people out.
        app.MapPost("/signout", ([FromForm] string? returnUrl) => Results.SignOut(
            new AuthenticationProperties { RedirectUri = Local(returnUrl) },
            development ? [CookieAuthenticationDefaults.AuthenticationScheme] : [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme])).ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsPersona(HttpContext http, [FromQuery(Name = "as")] string? persona, string? returnUrl, TimeProvider clock)
    {
        // Behind a proxy on the same machine the peer would be loopback too; the start refuses other listen addresses.
        if (http.Connection.RemoteIpAddress is { } peer && !IPAddress.IsLoopback(peer))
        {
            return Results.NotFound();
        }

        if (Personas.Find(persona) is not { } actor)
        {
            return Results.Problem($"There is no persona '{persona}'. Known: {string.Join(", ", Personas.All.Select(p => p.Id))}.", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Personas.Principal(actor, CookieAuthenticationDefaults.AuthenticationScheme, clock.GetUtcNow()));
        return Results.LocalRedirect(Local(returnUrl));
    }

    /// <summary>Only addresses of this portal; anything else becomes the start page.</summary>
    private static string Local(string? url) =>
        url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal) ? url : "/";
}
