namespace PaymentHsm.Portal.Firmware;

internal static class FirmwareRegistration
{
    /// <summary>The firmware catalogue. Before the grains: the intake of devices asks it.</summary>
    public static IServiceCollection AddFirmware(this IServiceCollection services) => services
        .AddHostedService<SampleCatalogue>();
}
