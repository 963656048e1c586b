namespace PaymentHsm.Portal.Audit;

internal static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<IAuditTrail, AuditTrail>();
}
