using System.Globalization;
using System.Threading.RateLimiting;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Api.Arm;

/// <summary>Limits how often one caller may read, write and delete, and tells how much is left.</summary>
internal sealed class ArmThrottle(PortalSettings settings) : IEndpointFilter, IAsyncDisposable
{
    private readonly PartitionedRateLimiter<Demand> _limiter = PartitionedRateLimiter.Create<Demand, Demand>(demand => RateLimitPartition.GetTokenBucketLimiter(demand, d => Bucket(d.Kind, settings.Arm)));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var demand = new Demand(http.User.ToActor()?.Id ?? "", Kind(http.Request.Method));
        using var lease = _limiter.AttemptAcquire(demand);
        var left = _limiter.GetStatistics(demand)?.CurrentAvailablePermits ?? 0;
        http.Response.Headers[$"x-ms-ratelimit-remaining-subscription-{demand.Kind}"] = left.ToString(CultureInfo.InvariantCulture);
        if (lease.IsAcquired)
        {
            return await next(context);
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromSeconds(1);
        return new ArmError(429, "TooManyRequests", $"Too many {demand.Kind} of '{demand.Caller}'. Try again in {ArmHeaders.Seconds(wait)} seconds.", RetryAfter: wait);
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private static TokenBucketRateLimiterOptions Bucket(string kind, ArmSettings settings)
    {
        var perMinute = kind switch { "reads" => settings.ReadsPerMinute, "deletes" => settings.DeletesPerMinute, _ => settings.WritesPerMinute };
        return new TokenBucketRateLimiterOptions { TokenLimit = perMinute, TokensPerPeriod = Math.Max(1, perMinute / 60), ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true };
    }

    private static string Kind(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? "reads" : HttpMethods.IsDelete(method) ? "deletes" : "writes";

    private sealed record Demand(string Caller, string Kind);
}
