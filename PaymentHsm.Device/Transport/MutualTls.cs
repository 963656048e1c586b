using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace PaymentHsm.Device.Transport;

/// <summary>Trust rules of a mutual TLS connection: whom we believe and who we are. The certificates belong to whoever made this.</summary>
/// <param name="Authority">The only issuer that is believed; the machine's own store is not asked.</param>
/// <param name="ServerName">Name or address the peer's certificate must bear.</param>
/// <param name="Client">Our certificate with its key, or null to show none.</param>
internal sealed record MutualTls(X509Certificate2 Authority, string ServerName, X509Certificate2? Client)
{
    /// <summary>The terms as the platform takes them: TLS 1.2 or later, our one authority, no revocation list on an isolated network.</summary>
    public SslClientAuthenticationOptions ToOptions()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(Authority);
        return new SslClientAuthenticationOptions
        {
            TargetHost = ServerName,
            CertificateChainPolicy = policy,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateContext = Client is null ? null : SslStreamCertificateContext.Create(Client, additionalCertificates: null, offline: true),
        };
    }
}
