using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.WorkOrders;

internal static class WorkOrdersRegistration
{
    /// <summary>Work at the rack.</summary>
    public static IServiceCollection AddWorkOrders(this IServiceCollection services, PortalSettings settings) => services
        .AddSingleton(settings.ForWorkOrders())
        .AddSingleton<IWorkOrderDesk, WorkOrderDesk>();
}
