using System.Security.Cryptography;

namespace PaymentHsm.Domain.Audit;

/// <summary>The hash chain of the audit log: each hash is SHA-256 over the 32 bytes of the one before and the canonical bytes of the entry (R84, I13).</summary>
public static class AuditChain
{
    /// <summary>What stands for the hash before the first entry: 64 zeros.</summary>
    public static readonly string Genesis = new('0', 64);

    /// <summary>Puts an entry into the chain.</summary>
    /// <exception cref="FormatException"><paramref name="previousHash"/> is no hash.</exception>
    public static ChainedEntry Append(string previousHash, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new ChainedEntry(entry, previousHash, HashOf(previousHash, entry));
    }

    /// <summary>The hash that an entry must have after <paramref name="previousHash"/>.</summary>
    internal static string HashOf(string previousHash, AuditEntry entry)
    {
        var previous = Convert.FromHexString(previousHash);
        return previous.Length == SHA256.HashSizeInBytes
            ? Convert.ToHexStringLower(SHA256.HashData([.. previous, .. entry.Canonical()]))
            : throw new FormatException($"A hash has {SHA256.HashSizeInBytes} bytes, not {previous.Length}.");
    }
}
