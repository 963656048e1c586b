using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>The Azure-shaped API of customers' resources, for automation that speaks ARM.</summary>
internal static class ArmRegistration
{
    public static IServiceCollection AddArmApi(this IServiceCollection services) => services
        .AddSingleton<IRefusalLog, RefusalLog>()
        .AddSingleton<ArmThrottle>()
        .AddSingleton<ArmScope>();

    /// <summary>Before sign-in, so that its refusals get the envelope too.</summary>
    public static void UseArmEnvelope(this WebApplication app) => app.UseWhen(http => ArmPaths.Include(http.Request.Path), arm => arm.UseMiddleware<ArmEnvelope>());

    public static void MapArmApi(this WebApplication app)
    {
        // A browser's cookie is no key to this API: only bearer tokens are, so that no foreign page can use somebody's sign-in.
        var development = app.Services.GetRequiredService<PortalSettings>().Identity.Provider == IdentityProvider.Development;
        var bearer = new AuthorizationPolicyBuilder(development ? DevelopmentBearer.SchemeName : JwtBearerDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build();
        var api = app.MapGroup("").RequireAuthorization(bearer).DisableAntiforgery().ExcludeFromDescription();
        api.AddEndpointFilter(app.Services.GetRequiredService<ArmThrottle>());
        api.AddEndpointFilter(ArmVersion.RequireAsync);
        api.AddEndpointFilter(app.Services.GetRequiredService<ArmScope>());
        api.MapDedicatedHsms();
        api.MapDedicatedHsmLists();
        api.MapOperationResults();
        api.MapProviderOperations();
    }
}
