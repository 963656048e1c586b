namespace PaymentHsm.Domain.Audit;

/// <summary>Signs evidence with the portal's evidence key. The private part never leaves it.</summary>
public interface IEvidenceSigner
{
    /// <summary><see cref="EvidenceKeys.IdOf"/> the public key.</summary>
    string KeyId { get; }

    /// <summary>Public key, as PEM.</summary>
    string PublicKey { get; }

    /// <summary>ECDSA P-256 signature over the SHA-256 of <paramref name="content"/>, DER.</summary>
    byte[] Sign(ReadOnlySpan<byte> content);
}
