using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Portal.Audit;

internal static class AuditRegistration
{
    /// <summary>Reading, verifying and exporting the log; sealed evidence and the key that signs it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<IAuditTrail, AuditTrail>()
        .AddSingleton<IAuditExports, AuditExports>()
        .AddSingleton<IEvidenceDesk, EvidenceDesk>()
        .AddSingleton<IEvidenceSigner, EvidenceKey>();
}
