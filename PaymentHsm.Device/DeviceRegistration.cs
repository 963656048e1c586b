using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Enrolment;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.Redfish;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device;

/// <summary>Registers the drivers behind the domain's device ports.</summary>
public static class DeviceRegistration
{
    /// <summary>
    /// Registers <see cref="IFleetEnrolment"/>, <see cref="IOutOfBandLinks"/> and <see cref="IHostLinks"/>. The caller registers an
    /// <see cref="IAdministratorVault"/>; there is none by default, because one that forgets would lock the operator out.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="fleetSource">
    /// <c>Fleet:Source</c>, asked for at each reading of the records: a simulator in the same process knows its address only after it has started.
    /// </param>
    /// <param name="connections">Connections kept to each controller, one of them for its events when there are two or more; null is the usual number.</param>
    public static IServiceCollection AddDeviceLinks(this IServiceCollection services, Func<IServiceProvider, Uri> fleetSource, int? connections = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(connections is { } most ? new RedfishLimits { Connections = most } : new RedfishLimits());
        services.AddSingleton<DeviceDirectory>();
        services.AddSingleton<RedfishHandlers>();
        services.AddSingleton<RackSwitches>();
        services.AddSingleton<IOutOfBandLinks, OutOfBandLinks>();
        services.TryAddSingleton<HostLinkOptions>();
        services.AddSingleton<IHostEndpoints, EnrolledHostPorts>();
        services.AddSingleton<IHostLinks, HostLinks>();
        services.AddSingleton<IFleetEnrolment>(provider => new ControlApiEnrolment(
            () => fleetSource(provider), provider.GetRequiredService<DeviceDirectory>(), provider.GetRequiredService<RedfishLimits>(), provider.GetRequiredService<ILogger<ControlApiEnrolment>>()));
        return services;
    }
}
