using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PaymentHsm.Device.Enrolment;

namespace PaymentHsm.Device.Redfish;

/// <summary>
/// The node's connection pools: one for each set of trust anchors, so that a root that may vouch for one site's endpoints cannot vouch for
/// another's. The host name is checked as well; nothing is ever "accepted anyway".
/// </summary>
internal sealed class RedfishHandlers(RedfishLimits limits) : IDisposable
{
    private readonly ConcurrentDictionary<TrustAnchors, Lazy<HttpMessageInvoker>> _pools = new();

    /// <summary>The pool for endpoints that these roots vouch for.</summary>
    public HttpMessageInvoker PoolFor(TrustAnchors trust) =>
        _pools.GetOrAdd(trust, static (key, limits) => new Lazy<HttpMessageInvoker>(() => Open(key, limits)), limits).Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pool in _pools.Values.Where(pool => pool.IsValueCreated))
        {
            pool.Value.Dispose();
        }

        _pools.Clear();
    }

    private static HttpMessageInvoker Open(TrustAnchors trust, RedfishLimits limits)
    {
        // No certificate download and no revocation look-up: the management network has no way out, and the roots are the site's own.
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(trust.Roots);
        return new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = limits.Connect,
                MaxConnectionsPerServer = 8,
                MaxResponseHeadersLength = 32,
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
                SslOptions = new SslClientAuthenticationOptions
                {
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    CertificateChainPolicy = policy,
                },
                PlaintextStreamFilter = (context, _) => ValueTask.FromResult(WireWatch.Over(context.PlaintextStream)),
            },
            disposeHandler: true);
    }
}
