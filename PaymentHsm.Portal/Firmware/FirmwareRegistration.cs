using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Firmware;

internal static class FirmwareRegistration
{
    /// <summary>The firmware catalogue and patch waves. Before the grains: the intake of devices asks the catalogue.</summary>
    public static IServiceCollection AddFirmware(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings.ForFirmwareUpdate())
        .AddSingleton<FirmwarePool>()
        .AddSingleton<IOperationDriver, FirmwareUpdateDriver>()
        .AddSingleton<IFirmwareDesk, FirmwareDesk>()
        .AddHostedService<SampleCatalogue>()
        .AddHostedService<ListingWatch>();

    /// <summary>Runs the open wave. After the grains, which do the members' work.</summary>
    public static IServiceCollection AddWaves(this IServiceCollection services) => services
        .AddSingleton<WaveRunner>()
        .AddHostedService(s => s.GetRequiredService<WaveRunner>());
}
