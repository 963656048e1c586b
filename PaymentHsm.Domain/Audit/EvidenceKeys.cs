using System.Security.Cryptography;

namespace PaymentHsm.Domain.Audit;

/// <summary>Public evidence keys: their short name, and checking what they signed.</summary>
public static class EvidenceKeys
{
    /// <summary>Short name of a key: the first 16 hex digits of the SHA-256 of its public part (SubjectPublicKeyInfo); null when the text is no public key.</summary>
    public static string? IdOf(string publicKey)
    {
        using var key = Read(publicKey);
        return key is null ? null : Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
    }

    /// <summary>True when <paramref name="signature"/> (Base64 of DER) is this key's signature over <paramref name="content"/>.</summary>
    public static bool HasSigned(string publicKey, ReadOnlySpan<byte> content, string signature)
    {
        using var key = Read(publicKey);
        Span<byte> raw = stackalloc byte[256];
        return key is not null && Convert.TryFromBase64String(signature, raw, out var length)
            && key.VerifyData(content, raw[..length], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static ECDsa? Read(string publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(publicKey);
            if (key.KeySize == 256)
            {
                return key;
            }
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // Not a key: the caller says so.
        }

        key.Dispose();
        return null;
    }
}
