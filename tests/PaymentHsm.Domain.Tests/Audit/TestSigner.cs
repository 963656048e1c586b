using System.Security.Cryptography;
using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Domain.Tests.Audit;

/// <summary>An evidence key of a test's own.</summary>
internal sealed class TestSigner : IEvidenceSigner
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TestSigner One { get; } = new();

    public static TestSigner Other { get; } = new();

    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    public string KeyId => EvidenceKeys.IdOf(PublicKey)!;

    public byte[] Sign(ReadOnlySpan<byte> content) => _key.SignData(content, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
