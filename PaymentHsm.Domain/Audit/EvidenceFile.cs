using System.Text;
using System.Text.Json;

namespace PaymentHsm.Domain.Audit;

/// <summary>
/// A bundle as a file that stands by itself: content, signature and public key. The content is a string whose UTF-8 bytes are what was signed, so that other
/// tools can verify it too.
/// </summary>
public static class EvidenceFile
{
    /// <summary>Names the form; a later form has another number.</summary>
    public const string Format = "paymenthsm-evidence/1";

    /// <summary>Larger files are not read: no bundle comes near it.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    private static readonly string[] Members = ["content", "digest", "format", "keyId", "publicKey", "signature"];

    /// <summary>The file of a bundle.</summary>
    public static byte[] Write(EvidenceBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return CanonicalJson.Encode(new Dictionary<string, object?>
        {
            ["format"] = Format,
            ["digest"] = bundle.Digest,
            ["content"] = Encoding.UTF8.GetString(bundle.Content.Span),
            ["signature"] = bundle.Signature,
            ["keyId"] = bundle.KeyId,
            ["publicKey"] = bundle.PublicKey,
        });
    }

    /// <summary>Verifies a file, without the portal and without its store.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="trustedKey">Public key (PEM) that is known from elsewhere; null to use the one in the file, which proves less.</param>
    public static EvidenceVerdict Verify(ReadOnlySpan<byte> file, string? trustedKey = null)
    {
        if (file.Length > MaximumBytes)
        {
            return new EvidenceVerdict.Broken($"The file has {file.Length} bytes; a bundle has at most {MaximumBytes}.");
        }

        Dictionary<string, string> members;
        try
        {
            using var json = JsonDocument.Parse(file.ToArray(), new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            members = json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new EvidenceVerdict.Broken("This is not an evidence file: it is no JSON object of strings.");
        }

        if (!members.Keys.Order(StringComparer.Ordinal).SequenceEqual(Members) || members["format"] != Format)
        {
            return new EvidenceVerdict.Broken($"This is not an evidence file of the form {Format}.");
        }

        return Check(members, trustedKey);
    }

    private static EvidenceVerdict Check(Dictionary<string, string> members, string? trustedKey)
    {
        var content = Encoding.UTF8.GetBytes(members["content"]);
        if (EvidenceContent.DigestOf(content) != members["digest"])
        {
            return new EvidenceVerdict.Broken("The content was changed: it does not give its digest.");
        }

        if (trustedKey is not null && EvidenceKeys.IdOf(trustedKey) is null)
        {
            return new EvidenceVerdict.Broken("The given key is not an ECDSA P-256 public key in PEM.");
        }

        if (EvidenceKeys.IdOf(members["publicKey"]) is not { } keyId || keyId != members["keyId"])
        {
            return new EvidenceVerdict.Broken("The public key in the file is not the one that it names.");
        }

        if (trustedKey is not null && EvidenceKeys.IdOf(trustedKey) != keyId)
        {
            return new EvidenceVerdict.Broken($"It was signed by key {keyId}, not by the given key {EvidenceKeys.IdOf(trustedKey)}.");
        }

        if (!EvidenceKeys.HasSigned(members["publicKey"], content, members["signature"]))
        {
            return new EvidenceVerdict.Broken("The signature does not fit: content or signature was changed.");
        }

        return EvidenceContent.Read(content) is { } draft
            ? new EvidenceVerdict.Genuine(draft, members["digest"], keyId, trustedKey is not null)
            : new EvidenceVerdict.Broken("The content is signed, but not in the canonical form of a bundle.");
    }
}

/// <summary>Outcome of verifying an evidence file.</summary>
public abstract record EvidenceVerdict
{
    private EvidenceVerdict()
    {
    }

    /// <summary>Unchanged since it was signed.</summary>
    /// <param name="Content">What it says.</param>
    /// <param name="Digest">Its address.</param>
    /// <param name="KeyId">Which key signed.</param>
    /// <param name="KeyIsTrusted">True when that key was given from elsewhere; false when it only came with the file, so that the origin is not proven.</param>
    public sealed record Genuine(EvidenceDraft Content, string Digest, string KeyId, bool KeyIsTrusted) : EvidenceVerdict;

    /// <summary>It proves nothing, and why.</summary>
    public sealed record Broken(string Why) : EvidenceVerdict;
}
