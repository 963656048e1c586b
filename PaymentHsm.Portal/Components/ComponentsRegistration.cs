using MudBlazor.Services;

namespace PaymentHsm.Portal.Components;

/// <summary>The browser side: pages, their services and their addresses.</summary>
internal static class ComponentsRegistration
{
    /// <summary>Adds Razor components on circuits, MudBlazor and the cascading sign-in.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddCascadingAuthenticationState();
        return services;
    }

    /// <summary>
    /// Maps static assets and pages. An unknown address, and a page that says "not found", answer 404 with the not-found page.
    /// Call after authentication, authorization and antiforgery were put into the pipeline.
    /// </summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
        return app;
    }
}
