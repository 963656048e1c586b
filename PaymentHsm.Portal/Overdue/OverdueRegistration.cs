namespace PaymentHsm.Portal.Overdue;

internal static class OverdueRegistration
{
    /// <summary>What is stuck, and the sweep that keeps states from being so. A feature adds its own <see cref="IOverdueSource"/>.</summary>
    public static IServiceCollection AddOverdue(this IServiceCollection services) => services
        .AddSingleton<OverdueBoard>()
        .AddSingleton<IOverdueBoard>(s => s.GetRequiredService<OverdueBoard>())
        .AddSingleton<IOverdueSource, OverdueDevices>()
        .AddSingleton<IOverdueSource, OverdueResources>()
        .AddSingleton<IOverdueSource, OverdueOperations>()
        .AddSingleton<IOverdueSource, OverdueApprovals>()
        .AddSingleton<IOverdueSource, OverdueWorkOrders>()
        .AddSingleton<IOverdueSource, OverdueTickets>()
        .AddSingleton<IOverdueDesk, OverdueDesk>()
        .AddHostedService<OverdueSweep>();
}
