using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PaymentHsm.Portal.Hosting;

/// <summary>
/// The portal's own TLS certificate for loopback: an authority kept as <c>portal-ca.pem</c> and <c>portal-ca.key</c> in the data directory, which
/// clients are told to trust, and a server certificate signed by it. Made at the first start, made again before it expires.
/// </summary>
internal static class DevelopmentCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The server certificate with its key and chain, from the data directory or freshly made.</summary>
    public static X509Certificate2 Load(string dataDirectory, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var (ca, server) = (Paths(dataDirectory, "portal-ca"), Paths(dataDirectory, "portal"));
        if (Usable(server, now) is { } kept && File.Exists(ca.Certificate))
        {
            return kept;
        }

        Directory.CreateDirectory(dataDirectory);
        using var authority = Usable(ca, now) ?? MakeAuthority(ca, now);
        return MakeServer(server, authority, now);
    }

    private static (string Certificate, string Key) Paths(string directory, string name) =>
        (Path.Combine(directory, name + ".pem"), Path.Combine(directory, name + ".key"));

    private static X509Certificate2? Usable((string Certificate, string Key) files, DateTimeOffset now)
    {
        if (!File.Exists(files.Certificate) || !File.Exists(files.Key))
        {
            return null;
        }

        var certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        if (certificate.NotAfter.ToUniversalTime() > now.UtcDateTime.AddDays(7))
        {
            return certificate;
        }

        certificate.Dispose();
        return null;
    }

    private static X509Certificate2 MakeAuthority((string Certificate, string Key) files, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=PaymentHsm development authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var authority = request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(5));
        Save(files, authority, key);
        return authority;
    }

    private static X509Certificate2 MakeServer((string Certificate, string Key) files, X509Certificate2 authority, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        using var bare = request.Create(authority, now.AddMinutes(-5), now.AddDays(397), RandomNumberGenerator.GetBytes(16));
        using var server = bare.CopyWithPrivateKey(key);
        Save(files, server, key);
        return X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
    }

    private static void Save((string Certificate, string Key) files, X509Certificate2 certificate, ECDsa key)
    {
        // The key first, readable by this user alone: a certificate on disk then always has its key.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(files.Key, options))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
    }
}
