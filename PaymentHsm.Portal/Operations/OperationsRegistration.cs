using PaymentHsm.Portal.Approvals;
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
        .AddSingleton<DestructionDesk>()
        .AddSingleton<IOperationKindDesk>(s => s.GetRequiredService<DestructionDesk>())
        .AddSingleton<IDestructionDesk>(s => s.GetRequiredService<DestructionDesk>())
        .AddSingleton<IApprovalAction, DestructionApproval>()
        .AddSingleton<IApprovalAction, CancelDestructionApproval>()
        .AddSingleton<IOperationDriver, DestructionDriver>()
        .AddSingleton<OperationDrivers>()
        .AddSingleton<IOperationDesk, OperationDesk>();
}
