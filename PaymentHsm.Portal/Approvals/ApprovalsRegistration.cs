namespace PaymentHsm.Portal.Approvals;

internal static class ApprovalsRegistration
{
    /// <summary>Approval requests: keeping them, signing them, their clocks. Each action registers an <see cref="IApprovalAction"/> of its own.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services) => services
        .AddSingleton<ApprovalChanges>()
        .AddSingleton<ApprovalBook>()
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<IApprovalDesk>(s => s.GetRequiredService<ApprovalDesk>())
        .AddHostedService<ApprovalClock>();
}
