using Microsoft.Extensions.Diagnostics.HealthChecks;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Hosting;

/// <summary>Ready means: the store answers.</summary>
internal sealed class StoreCheck(IPortalDbs dbs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = dbs.Open();
        return await db.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The store does not answer.");
    }
}
