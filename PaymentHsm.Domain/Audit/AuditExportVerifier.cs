using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PaymentHsm.Domain.Audit;

/// <summary>Verifies an export of the log, without the portal and without its store.</summary>
public static class AuditExportVerifier
{
    /// <summary>Verifies the bytes of a file in either form.</summary>
    /// <param name="file">The file.</param>
    /// <param name="trustedKey">Public key (PEM) that is known from elsewhere; null to use the one in the file, which proves less.</param>
    /// <param name="known">A place in the chain that is known from elsewhere; it must be in the export or lie at or before the signed end of the log.</param>
    public static AuditExportVerdict Verify(ReadOnlyMemory<byte> file, string? trustedKey = null, AuditCheckpoint? known = null)
    {
        try
        {
            return Check(file, trustedKey, known);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return new AuditExportVerdict.Broken($"The file cannot be read as an export: {e.Message}");
        }
    }

    private static AuditExportVerdict Check(ReadOnlyMemory<byte> file, string? trustedKey, AuditCheckpoint? known)
    {
        var bytes = file.Span;
        if (bytes.Length == 0 || bytes[^1] != '\n' || bytes[..^1].LastIndexOf((byte)'\n') is not (>= 0 and var before))
        {
            return new AuditExportVerdict.Broken("The file does not end with a checkpoint line: its end was cut off.");
        }

        var body = file[..(before + 1)];
        var csv = bytes.StartsWith("# "u8);
        if (Tail(file[(before + 1 + (csv ? 2 : 0))..]) is not { } tail)
        {
            return new AuditExportVerdict.Broken("The last line is not a checkpoint: the end of the file was cut off or changed.");
        }

        if (EvidenceKeys.IdOf(tail.PublicKey) is not { } keyId || keyId != tail.KeyId)
        {
            return new AuditExportVerdict.Broken("The public key in the file is not the one that it names.");
        }

        if (trustedKey is not null && EvidenceKeys.IdOf(trustedKey) != keyId)
        {
            return new AuditExportVerdict.Broken($"It was signed by key {keyId}, not by the given key {EvidenceKeys.IdOf(trustedKey) ?? "(not an ECDSA P-256 public key)"}.");
        }

        if (!EvidenceKeys.HasSigned(tail.PublicKey, Encoding.UTF8.GetBytes(tail.Signed), tail.Signature))
        {
            return new AuditExportVerdict.Broken("The signature does not fit the checkpoint.");
        }

        var (newest, entries, digest) = Checkpoint(tail.Signed);
        return Convert.ToHexStringLower(SHA256.HashData(body.Span)) != digest
            ? new AuditExportVerdict.Broken(Locate(body, csv) ?? "The lines are not those that were signed: a line was changed, added or removed.")
            : Entries(body, csv, newest, entries, keyId, trustedKey is not null, known);
    }

    /// <summary>Every entry gives its own hash; neighbours hold together; gaps are those of the filter.</summary>
    private static AuditExportVerdict Entries(ReadOnlyMemory<byte> body, bool csv, AuditCheckpoint newest, long entries, string keyId, bool trusted, AuditCheckpoint? known)
    {
        ChainedEntry? previous = null;
        var (count, gaps, holdsKnown) = (0L, 0L, known == newest);
        foreach (var link in Read(body, csv))
        {
            count++;
            if (Fault(previous, link) is { } fault)
            {
                return new AuditExportVerdict.Broken(fault);
            }

            if (link.Entry.Sequence == known?.Sequence && link.Hash != known.Hash)
            {
                return new AuditExportVerdict.Broken($"Entry {known.Sequence} is not the one that the given checkpoint covers.");
            }

            holdsKnown |= link.Entry.Sequence == known?.Sequence;
            gaps += link.Entry.Sequence - (previous?.Entry.Sequence ?? 0) - 1 > 0 ? 1 : 0;
            previous = link;
        }

        if (count != entries)
        {
            return new AuditExportVerdict.Broken($"The checkpoint covers {entries} entries, the file has {count}.");
        }

        if (previous is not null && (previous.Entry.Sequence > newest.Sequence || (previous.Entry.Sequence == newest.Sequence && previous.Hash != newest.Hash)))
        {
            return new AuditExportVerdict.Broken("The last entry does not fit the checkpoint.");
        }

        if (known is not null && (newest.Sequence < known.Sequence || (newest.Sequence == known.Sequence && newest.Hash != known.Hash)))
        {
            return new AuditExportVerdict.Broken($"The log ended at {newest.Sequence}, but the given checkpoint covers {known.Sequence}: the newest entries were removed, or the log was written anew.");
        }

        gaps += previous is not null && previous.Entry.Sequence < newest.Sequence ? 1 : 0;
        return new AuditExportVerdict.Intact(count, gaps == 0, newest, keyId, trusted, holdsKnown);
    }

    private static string? Fault(ChainedEntry? previous, ChainedEntry link)
    {
        var sequence = link.Entry.Sequence;
        if (link.PreviousHash.Length != AuditChain.Genesis.Length || link.Hash != AuditChain.HashOf(link.PreviousHash, link.Entry))
        {
            return $"Entry {sequence} was changed: its content does not give its hash.";
        }

        return previous is not null && sequence <= previous.Entry.Sequence ? $"Entry {sequence} stands after entry {previous.Entry.Sequence}."
            : sequence == (previous?.Entry.Sequence ?? 0) + 1 && link.PreviousHash != (previous?.Hash ?? AuditChain.Genesis) ? $"Entry {sequence} does not follow the entry before it."
            : null;
    }

    /// <summary>Says which entry was changed, for a file whose bytes are not the signed ones; null when only lines were added or removed.</summary>
    private static string? Locate(ReadOnlyMemory<byte> body, bool csv)
    {
        ChainedEntry? previous = null;
        foreach (var link in Read(body, csv))
        {
            if (Fault(previous, link) is { } fault)
            {
                return fault;
            }

            previous = link;
        }

        return null;
    }

    private static IEnumerable<ChainedEntry> Read(ReadOnlyMemory<byte> body, bool csv)
    {
        var end = body.Span.IndexOf((byte)'\n') + 1;
        return csv ? AuditCsv.Read(Encoding.UTF8.GetString(body[end..].Span)) : Lines(body[end..]);
    }

    private static IEnumerable<ChainedEntry> Lines(ReadOnlyMemory<byte> rest)
    {
        while (rest.Length > 0)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            yield return AuditJson.Read(rest[..end]);
            rest = rest[(end + 1)..];
        }
    }

    private static (string Signed, string Signature, string KeyId, string PublicKey)? Tail(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 2, AllowDuplicateProperties = false });
            string? Text(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
            return Text("checkpoint") is { } signed && Text("signature") is { } signature && Text("keyId") is { } id && Text("publicKey") is { } key ? (signed, signature, id, key) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static (AuditCheckpoint Newest, long Entries, string Digest) Checkpoint(string signed)
    {
        try
        {
            using var json = JsonDocument.Parse(signed);
            var root = json.RootElement;
            return root.GetProperty("format").GetString() == AuditExport.Format
                ? (new AuditCheckpoint(root.GetProperty("sequence").GetInt64(), root.GetProperty("hash").GetString() ?? ""), root.GetProperty("entries").GetInt64(), root.GetProperty("digest").GetString() ?? "")
                : throw new FormatException("It is of another form.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The checkpoint has another form.", e);
        }
    }
}

/// <summary>Outcome of verifying an export.</summary>
public abstract record AuditExportVerdict
{
    private AuditExportVerdict()
    {
    }

    /// <summary>Unchanged since it was exported.</summary>
    /// <param name="Entries">Entries in the file.</param>
    /// <param name="IsWhole">True when it holds every entry from the first to the newest; a filtered export does not.</param>
    /// <param name="Newest">The newest entry of the log at the time of the export.</param>
    /// <param name="KeyId">Which key signed.</param>
    /// <param name="KeyIsTrusted">True when that key was given from elsewhere.</param>
    /// <param name="HoldsKnown">True when a checkpoint was given from elsewhere and the log was seen to hold just that entry.</param>
    public sealed record Intact(long Entries, bool IsWhole, AuditCheckpoint Newest, string KeyId, bool KeyIsTrusted, bool HoldsKnown) : AuditExportVerdict;

    /// <summary>It proves nothing, and why.</summary>
    public sealed record Broken(string Why) : AuditExportVerdict;
}
