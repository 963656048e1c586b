using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PaymentHsm.Device.Enrolment;

/// <summary>The root certificates that may vouch for an endpoint; nothing else may. Equal when they hold the same certificates.</summary>
internal sealed class TrustAnchors : IEquatable<TrustAnchors>
{
    private TrustAnchors(X509Certificate2Collection roots)
    {
        Roots = roots;
        Key = string.Join(',', roots.Select(root => root.GetCertHashString(HashAlgorithmName.SHA256)).Order(StringComparer.Ordinal));
    }

    /// <summary>The certificates.</summary>
    public X509Certificate2Collection Roots { get; }

    /// <summary>Hashes of the certificates: the identity of this set.</summary>
    public string Key { get; }

    /// <summary>Reads a PEM file.</summary>
    /// <exception cref="FormatException">The file holds no certificate.</exception>
    public static TrustAnchors FromPemFile(string path) => FromPem(File.ReadAllText(path));

    /// <summary>Reads PEM text.</summary>
    /// <exception cref="FormatException">The text holds no certificate.</exception>
    public static TrustAnchors FromPem(string pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        return roots.Count > 0 ? new TrustAnchors(roots) : throw new FormatException("No certificate in the PEM text.");
    }

    /// <inheritdoc/>
    public bool Equals(TrustAnchors? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TrustAnchors);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
