using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Grains;

internal static class GrainsRegistration
{
    /// <summary>The silo in this process, and what keeps the devices' grains alive and polled.</summary>
    public static WebApplicationBuilder AddGrains(this WebApplicationBuilder builder, PortalSettings settings)
    {
        builder.Host.UseOrleans(silo =>
        {
            var (siloPort, gatewayPort) = FreePorts.Two();
            silo.UseLocalhostClustering(siloPort, gatewayPort);
        });
        builder.Services.AddSingleton(settings.Polling);
        builder.Services.AddSingleton<IOperationRunner, GrainOperationRunner>();
        builder.Services.AddSingleton<FleetPoller>();
        builder.Services.AddHostedService(s => s.GetRequiredService<FleetPoller>());
        builder.Services.AddHostedService<FleetKeeper>();
        return builder;
    }
}
