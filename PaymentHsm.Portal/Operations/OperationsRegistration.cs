using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Operations;

internal static class OperationsRegistration
{
    /// <summary>Asking for operations and driving them.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings.ForSoftReboot())
        .AddSingleton<Standings>()
        .AddSingleton<IOperationDriver, SoftRebootDriver>()
        .AddSingleton<IOperationKindDesk, SoftRebootDesk>()
        .AddSingleton(settings.ForHardReboot())
        .AddSingleton<IOperationDriver, HardRebootDriver>()
        .AddSingleton<IOperationKindDesk, HardRebootDesk>()
        .AddSingleton<IImpactTalk, ImpactTalk>()
        .AddSingleton<OperationDrivers>()
        .AddSingleton<IOperationDesk, OperationDesk>();
}
