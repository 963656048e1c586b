using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PaymentHsm.Device.Enrolment;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>Certificates of the tests' own site: one authority, and server certificates good and bad.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly X509Certificate2 Authority = MakeAuthority("CN=test site");
    private static readonly X509Certificate2 Stranger = MakeAuthority("CN=a stranger");

    public static TrustAnchors Trust { get; } = TrustAnchors.FromPem(Authority.ExportCertificatePem());

    public static string TrustPem => Authority.ExportCertificatePem();

    public static X509Certificate2 Good { get; } = MakeServer(Authority, IPAddress.Loopback, Now.AddDays(1));

    public static X509Certificate2 Untrusted { get; } = MakeServer(Stranger, IPAddress.Loopback, Now.AddDays(1));

    public static X509Certificate2 Expired { get; } = MakeServer(Authority, IPAddress.Loopback, Now.AddHours(-1));

    public static X509Certificate2 WrongName { get; } = MakeServer(Authority, IPAddress.Parse("127.0.0.9"), Now.AddDays(1));

    private static X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(Now.AddDays(-2), Now.AddDays(2));
    }

    private static X509Certificate2 MakeServer(X509Certificate2 authority, IPAddress address, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=oob", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(authority, Now.AddDays(-1), until, RandomNumberGenerator.GetBytes(8));
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
