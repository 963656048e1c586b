using PaymentHsm.Device.Simulator;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Hosting;

/// <summary>The simulated fleet inside this process. The portal reaches it over its sockets only.</summary>
internal static class SimulatorRegistration
{
    public static IServiceCollection AddSimulatedFleet(this IServiceCollection services, PortalSettings settings, DataDirectory data, IHostEnvironment environment)
    {
        if (!settings.Simulator.Enabled)
        {
            return services;
        }

        var options = new SimulatorOptions { DataDirectory = data.Path, Devices = settings.Simulator.Devices, ControlUrl = settings.Simulator.ControlUrl, RestartTime = settings.Simulator.RestartTime };
        services.AddSingleton(provider => new FleetSimulator(options, environment.EnvironmentName, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddHostedService(provider => provider.GetRequiredService<FleetSimulator>());
        return services;
    }

    /// <summary>Where the enrolment records are: as configured, else the simulator of this process, whose port is known once it has started.</summary>
    public static Uri FleetSource(this IServiceProvider services, PortalSettings settings) =>
        settings.Fleet.Source ?? services.GetRequiredService<FleetSimulator>().ControlUrl;
}
