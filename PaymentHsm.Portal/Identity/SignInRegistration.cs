using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Identity.Web;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Identity;

internal static class SignInRegistration
{
    /// <summary>Chooses, request by request, between the browser's cookie and a bearer token.</summary>
    private const string EitherScheme = "CookieOrBearer";

    /// <summary>Sign-in by the configured provider; everything needs a signed-in user unless it says otherwise.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, PortalSettings settings, IConfiguration configuration)
    {
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        var development = settings.Identity.Provider == IdentityProvider.Development;
        services.AddSingleton(development ? SignInOptionsView.DevelopmentPersonas : SignInOptionsView.Entra);
        if (development)
        {
            services.AddSingleton<IPeople, PersonaPeople>();
            AddDevelopment(services);
        }
        else
        {
            services.AddSingleton<SeenPeople>().AddSingleton<IPeople>(s => s.GetRequiredService<SeenPeople>());
            AddEntra(services, configuration);
        }

        services.Configure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, o =>
        {
            o.LoginPath = "/signin";
            o.AccessDeniedPath = "/denied";
            o.ReturnUrlParameter = "returnUrl";
            o.Cookie.Name = "paymenthsm";
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Events.OnRedirectToLogin = c => StatusForPrograms(c, StatusCodes.Status401Unauthorized);
            o.Events.OnRedirectToAccessDenied = c => StatusForPrograms(c, StatusCodes.Status403Forbidden);
        });
        return services;
    }

    private static void AddDevelopment(IServiceCollection services) =>
        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, o => o.ForwardDefaultSelector = http => Choose(http, DevelopmentBearer.SchemeName))
            .AddCookie()
            .AddScheme<AuthenticationSchemeOptions, DevelopmentBearer>(DevelopmentBearer.SchemeName, null);

    private static void AddEntra(IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("AzureAd");
        var authentication = services.AddAuthentication(o =>
        {
            o.DefaultScheme = EitherScheme;
            o.DefaultChallengeScheme = EitherScheme;
        }).AddPolicyScheme(EitherScheme, null, o => o.ForwardDefaultSelector = http => Choose(http, JwtBearerDefaults.AuthenticationScheme));
        authentication.AddMicrosoftIdentityWebApp(section);
        authentication.AddMicrosoftIdentityWebApi(section);
        services.Configure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, o =>
        {
            // The default asks for an id_token at once, without PKCE.
            o.ResponseType = "code";
            o.UsePkce = true;
            o.TokenValidationParameters.RoleClaimType = "roles";
            o.TokenValidationParameters.NameClaimType = "name";
            var seen = o.Events.OnTokenValidated;
            o.Events.OnTokenValidated = async context =>
            {
                await seen(context);
                if (context.Principal?.ToActor() is { } actor)
                {
                    await context.HttpContext.RequestServices.GetRequiredService<SeenPeople>().SawAsync(actor, context.HttpContext.RequestAborted);
                }
            };
        });
        services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, o =>
        {
            o.TokenValidationParameters.RoleClaimType = "roles";
            o.TokenValidationParameters.NameClaimType = "name";
        });
    }

    private static string Choose(HttpContext http, string bearer) =>
        http.Request.Headers.ContainsKey("Authorization") || (http.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal) && http.Request.Query.ContainsKey("access_token"))
            ? bearer
            : CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>People are led to a page; programs get the bare status and never a redirect.</summary>
    private static Task StatusForPrograms(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (EmptyErrors.IsForPrograms(context.Request.Path))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
