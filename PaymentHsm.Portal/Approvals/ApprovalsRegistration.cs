using PaymentHsm.Domain.Approvals;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Approvals;

internal static class ApprovalsRegistration
{
    /// <summary>
    /// Approval requests: keeping them, signing them, their clocks; the force delete, the first act that needs them, and the Reclaim again. Each further act registers an
    /// <see cref="IApprovalAction"/> of its own.
    /// </summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton<ApprovalBook>()
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<IApprovalDesk>(s => s.GetRequiredService<ApprovalDesk>())
        .AddHostedService<ApprovalClock>()
        .AddSingleton<ObservedClasses>()
        .AddSingleton(settings.ForForceDelete())
        .AddSingleton<ForceDeleteFacts>()
        .AddSingleton<ReclaimWait>()
        .AddSingleton<ForceDeleteAction>()
        .AddSingleton<IApprovalAction>(s => s.GetRequiredService<ForceDeleteAction>())
        .AddSingleton<IForceDeleteFlags, ForceDeleteFlags>()
        .AddSingleton<ForceDeleteDesk>()
        .AddSingleton<IForceDeleteDesk>(s => s.GetRequiredService<ForceDeleteDesk>())
        .AddSingleton<IOperationKindDesk>(s => s.GetRequiredService<ForceDeleteDesk>())
        .AddSingleton<ReclaimBrake>()
        .AddSingleton<ReclaimAgainAction>()
        .AddSingleton<IApprovalAction>(s => s.GetRequiredService<ReclaimAgainAction>())
        .AddSingleton<ReclaimAgainDesk>()
        .AddSingleton<IReclaimAgainDesk>(s => s.GetRequiredService<ReclaimAgainDesk>())
        .AddSingleton<IOperationKindDesk>(s => s.GetRequiredService<ReclaimAgainDesk>())
        .AddSingleton<IOperationDriver, ForceDeleteDriver>();
}
