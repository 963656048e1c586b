using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PaymentHsm.Device.Simulator.Store;

/// <summary>
/// The simulator's certificate authority and the server certificates of its controllers: ECDSA P-256, for 127.0.0.1 and localhost. Kept on disk,
/// so that a pinned certificate stays right; a controller's certificate is made when somebody first connects.
/// </summary>
internal sealed class SimulatorCertificates : IDisposable
{
    private const string HostClient = "host-client";

    private static readonly TimeSpan Life = TimeSpan.FromDays(3650);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly X509Certificate2 _authority;
    private readonly ConcurrentDictionary<string, Lazy<SslStreamCertificateContext>> _servers = [];

    public SimulatorCertificates(string folder, TimeProvider time)
    {
        (_folder, _time) = (Directory.CreateDirectory(Path.Combine(folder, "certificates")).FullName, time);
        CaFile = Path.Combine(folder, "oob-ca.pem");
        _authority = LoadOrMakeAuthority();
    }

    /// <summary>The certificate that a client is to trust, PEM, without key.</summary>
    public string CaFile { get; }

    /// <summary>The authority itself, for servers that judge client certificates.</summary>
    public X509Certificate2 Authority => _authority;

    /// <summary>Makes <c>certificates/host-client.pem</c>: certificate and key with which a client may show itself at the host ports under TLS.</summary>
    public void MakeHostClient() => LoadOrMake(HostClient).Dispose();

    /// <summary>The server certificate of all host ports, with its key; the caller disposes it.</summary>
    public X509Certificate2 HostPorts() => LoadOrMake("host-ports");

    /// <summary>The server certificate of an endpoint.</summary>
    public SslStreamCertificateContext Of(string name) =>
        _servers.GetOrAdd(name, n => new Lazy<SslStreamCertificateContext>(() => Context(LoadOrMake(n)))).Value;

    /// <summary>A wrong certificate: signed by nobody who is trusted, run out, or for another host.</summary>
    public SslStreamCertificateContext Wrong(WrongCertificate fault) => _servers.GetOrAdd($"!{fault}", _ => new Lazy<SslStreamCertificateContext>(() =>
    {
        var now = _time.GetUtcNow();
        return Context(fault switch
        {
            WrongCertificate.Untrusted => SelfSigned(now),
            WrongCertificate.Expired => Make("localhost", now.AddDays(-20), now.AddDays(-10)),
            _ => Make("somewhere-else.invalid", now.AddDays(-1), now + Life, loopback: false),
        });
    })).Value;

    public void Dispose() => _authority.Dispose();

    private static SslStreamCertificateContext Context(X509Certificate2 certificate) => SslStreamCertificateContext.Create(certificate, null, offline: true);

    private static X509Certificate2 SelfSigned(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(key, "localhost", loopback: true).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    private static CertificateRequest Request(ECDsa key, string host, bool loopback)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (loopback)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));

        // Server and client authentication: the host ports ask their clients for a certificate of the same authority.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        return request;
    }

    private X509Certificate2 Make(string host, DateTimeOffset from, DateTimeOffset until, bool loopback = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key, host, loopback);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_authority, true, false));

        // A certificate may not outlive its issuer, nor begin before it.
        var last = until < _authority.NotAfter ? until : _authority.NotAfter;
        using var issued = request.Create(_authority.SubjectName, X509SignatureGenerator.CreateForECDsa(_authority.GetECDsaPrivateKey()!), from, last, RandomNumberGenerator.GetBytes(16));
        return issued.CopyWithPrivateKey(key);
    }

    private X509Certificate2 LoadOrMake(string name)
    {
        var path = Path.Combine(_folder, name + ".pem");
        if (File.Exists(path))
        {
            return X509Certificate2.CreateFromPemFile(path);
        }

        var now = _time.GetUtcNow();
        var certificate = Make("localhost", now.AddDays(-1), now + Life);
        Write(path, certificate);
        return certificate;
    }

    private X509Certificate2 LoadOrMakeAuthority()
    {
        var keyFile = Path.Combine(_folder, "ca-key.pem");
        if (File.Exists(keyFile) && File.Exists(CaFile))
        {
            return X509Certificate2.CreateFromPemFile(keyFile);
        }

        var now = _time.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=PaymentHsm simulator CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var authority = request.CreateSelfSigned(now.AddDays(-30), now + Life);
        Write(keyFile, authority);
        SimulatorFiles.WriteWhole(CaFile, System.Text.Encoding.ASCII.GetBytes(authority.ExportCertificatePem() + "\n"));
        return authority;
    }

    private static void Write(string path, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        SimulatorFiles.WriteWhole(path, System.Text.Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n"));
    }
}

/// <summary>Ways in which a server certificate can be wrong.</summary>
internal enum WrongCertificate
{
    Untrusted,
    Expired,
    Name,
}
