using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Portal.Maintenance;

internal static class MaintenanceRegistration
{
    /// <summary>The calendar of power-feed maintenance.</summary>
    public static IServiceCollection AddMaintenance(this IServiceCollection services) => services
        .AddSingleton<FeedWindows>()
        .AddSingleton<IFeedWindows>(s => s.GetRequiredService<FeedWindows>())
        .AddHostedService(s => s.GetRequiredService<FeedWindows>())
        .AddSingleton<IMaintenanceDesk, MaintenanceDesk>();
}
