using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Live;

internal static class LiveRegistration
{
    /// <summary>The feed of this node and the hub that carries it outside.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR();
        services.AddSingleton<FleetFeed>();
        services.AddSingleton<IFleetFeed>(s => s.GetRequiredService<FleetFeed>());
        services.AddHostedService<TilePusher>();
        return services;
    }

    public static void MapLive(this WebApplication app) => app.MapHub<FleetHub>(FleetHub.Path);
}
