using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Lifecycle;

internal static class LifecycleRegistration
{
    /// <summary>Moving devices and customers' resources through their lifecycles: intake, allocation, deletion.</summary>
    public static IServiceCollection AddLifecycle(this IServiceCollection services) => services
        .AddSingleton(LifecycleOptions.Default)
        .AddSingleton<DeviceReader>()
        .AddSingleton<DeviceMoves>()
        .AddSingleton<Intake>()
        .AddSingleton<BaseImage>()
        .AddSingleton<ISanitisation, DeviceReturn>()
        .AddSingleton<ReleaseCheck>()
        .AddSingleton<SkuChanges>()
        .AddSingleton<ResourceKeeper>()
        .AddHostedService(s => s.GetRequiredService<ResourceKeeper>())
        .AddSingleton<ISubscriptionDesk, SubscriptionDesk>()
        .AddSingleton<IResourceDesk, ResourceDesk>()
        .AddSingleton<IOperationDriver, AllocationDriver>()
        .AddSingleton<IOperationDriver, DeletionDriver>()
        .AddSingleton<FleetSeeder>();
}
