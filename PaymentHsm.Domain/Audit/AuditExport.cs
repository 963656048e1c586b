using System.Security.Cryptography;
using System.Text;

namespace PaymentHsm.Domain.Audit;

/// <summary>
/// Writes entries of the log as a file that can be verified without the portal: a head line, one line an entry, and a signed checkpoint as the last line. The
/// checkpoint signs the bytes of all lines before it and the place of the newest entry of the whole log.
/// </summary>
public sealed class AuditExport : IDisposable
{
    /// <summary>Names the form; a later form has another number.</summary>
    public const string Format = "paymenthsm-audit/1";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly AuditExportForm _form;
    private long _entries;

    /// <summary>Begins an export.</summary>
    public AuditExport(AuditExportForm form) => _form = form;

    /// <summary>Extension and format name.</summary>
    public static string Extension(AuditExportForm form) => form == AuditExportForm.Csv ? "csv" : "jsonl";

    /// <summary>The first lines.</summary>
    /// <param name="filter">What was filtered by, by name; empty for the whole log.</param>
    /// <param name="at">When it was asked for (UTC).</param>
    /// <param name="by">Who asked.</param>
    public byte[] Head(IReadOnlyDictionary<string, string> filter, DateTimeOffset at, string by)
    {
        var head = CanonicalJson.Encode(new Dictionary<string, object?> { ["format"] = Format, ["filter"] = filter, ["exportedAt"] = at, ["exportedBy"] = by });
        return Count(_form == AuditExportForm.Csv ? [.. "# "u8, .. head, .. "\n"u8, .. Encoding.UTF8.GetBytes(AuditCsv.Heads + "\n")] : [.. head, .. "\n"u8]);
    }

    /// <summary>The line of an entry; entries come in ascending order.</summary>
    public byte[] Line(ChainedEntry link)
    {
        _entries++;
        return Count(_form == AuditExportForm.Csv ? Encoding.UTF8.GetBytes(AuditCsv.Line(link) + "\n") : [.. AuditJson.Line(link), .. "\n"u8]);
    }

    /// <summary>The last line.</summary>
    /// <param name="newest">The newest entry of the whole log at the time of the export.</param>
    /// <param name="signer">Signs it.</param>
    public byte[] Tail(AuditCheckpoint newest, IEvidenceSigner signer)
    {
        ArgumentNullException.ThrowIfNull(newest);
        ArgumentNullException.ThrowIfNull(signer);
        var signed = Signed(newest, _entries, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        var tail = CanonicalJson.Encode(new Dictionary<string, object?>
        {
            ["checkpoint"] = Encoding.UTF8.GetString(signed),
            ["signature"] = Convert.ToBase64String(signer.Sign(signed)),
            ["keyId"] = signer.KeyId,
            ["publicKey"] = signer.PublicKey,
        });
        return _form == AuditExportForm.Csv ? [.. "# "u8, .. tail, .. "\n"u8] : [.. tail, .. "\n"u8];
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private static byte[] Signed(AuditCheckpoint newest, long entries, string digest) => CanonicalJson.Encode(new Dictionary<string, object?>
    {
        ["format"] = Format,
        ["sequence"] = newest.Sequence,
        ["hash"] = newest.Hash,
        ["entries"] = entries,
        ["digest"] = digest,
    });

    private byte[] Count(byte[] line)
    {
        _hash.AppendData(line);
        return line;
    }
}

/// <summary>Forms of an export; both carry every field that is hashed.</summary>
public enum AuditExportForm
{
    /// <summary>One JSON object a line.</summary>
    Jsonl,

    /// <summary>For a spreadsheet.</summary>
    Csv,
}
