using PaymentHsm.Portal.Audit;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>A log with what a test put in.</summary>
internal sealed class TestAuditTrail : IAuditTrail
{
    public List<AuditFilter> Asked { get; } = [];

    public AuditCheck Check { get; set; } = new(0, null, null, default);

    public Task<AuditPage> PageAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        Asked.Add(filter);
        return Task.FromResult(new AuditPage(0, []));
    }

    public Task<AuditCheck> VerifyAsync(CancellationToken cancellationToken) => Task.FromResult(Check);
}
