using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Lifecycle;

internal static class LifecycleRegistration
{
    /// <summary>Moving devices through their lifecycle: intake and allocation.</summary>
    public static IServiceCollection AddLifecycle(this IServiceCollection services) => services
        .AddSingleton<DeviceReader>()
        .AddSingleton<DeviceMoves>()
        .AddSingleton<Intake>()
        .AddSingleton<IOperationDriver, AllocationDriver>()
        .AddSingleton<FleetSeeder>();
}
