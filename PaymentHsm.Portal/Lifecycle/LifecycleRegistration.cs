using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Lifecycle;

internal static class LifecycleRegistration
{
    /// <summary>Moving devices and customers' resources through their lifecycles: intake, allocation, deletion.</summary>
    public static IServiceCollection AddLifecycle(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings.ForLifecycle())
        .AddSingleton<DeviceReader>()
        .AddSingleton<DeviceMoves>()
        .AddSingleton<Intake>()
        .AddSingleton<IntakeBoard>()
        .AddSingleton<IQuarantineDesk, QuarantineDesk>()
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
