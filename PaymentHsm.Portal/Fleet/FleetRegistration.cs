using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Fleet;

internal static class FleetRegistration
{
    public static IServiceCollection AddFleet(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings.Fleet)
        .AddSingleton<IAdministratorVault, AdministratorVault>()
        .AddSingleton<DeviceTimeline>()
        .AddSingleton<IFleetQueries, FleetQueries>();
}
