namespace PaymentHsm.Domain.Audit;

/// <summary>Verifies a run of the audit chain, without the portal and without its database.</summary>
public static class AuditVerifier
{
    /// <summary>Reads the entries once, in their order, and stops at the first that does not fit.</summary>
    /// <param name="entries">A run of entries without gaps.</param>
    /// <param name="after">The place before the first of them; the start of the log when null.</param>
    /// <param name="upTo">
    /// A place that the run must reach or pass with this very hash. Without it nobody can tell that the newest entries were cut off: a shorter chain is
    /// a valid chain.
    /// </param>
    public static AuditVerdict Verify(IEnumerable<ChainedEntry> entries, AuditCheckpoint? after = null, AuditCheckpoint? upTo = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var (sequence, hash) = after ?? AuditCheckpoint.Start;
        var count = 0L;
        foreach (var link in entries)
        {
            if (link.Entry.Sequence != sequence + 1)
            {
                return new AuditVerdict.Broken(sequence + 1, $"Entry {sequence + 1} is missing: entry {link.Entry.Sequence} follows {sequence}.");
            }

            sequence++;
            count++;
            if (link.PreviousHash != hash)
            {
                return new AuditVerdict.Broken(sequence, $"Entry {sequence} does not follow the entry before it: it names another previous hash.");
            }

            if (link.Hash != AuditChain.HashOf(hash, link.Entry))
            {
                return new AuditVerdict.Broken(sequence, $"Entry {sequence} was changed: its content does not give its hash.");
            }

            hash = link.Hash;
            if (upTo?.Sequence == sequence && upTo.Hash != hash)
            {
                return new AuditVerdict.Broken(sequence, $"Entry {sequence} is not the one that the checkpoint covers.");
            }
        }

        return upTo is not null && sequence < upTo.Sequence
            ? new AuditVerdict.Broken(sequence + 1, $"The log ends at {sequence}, but a checkpoint covers {upTo.Sequence}: the newest entries were removed.")
            : new AuditVerdict.Intact(count, new AuditCheckpoint(sequence, hash));
    }
}

/// <summary>Outcome of a verification.</summary>
public abstract record AuditVerdict
{
    private AuditVerdict()
    {
    }

    /// <summary>Every entry fits.</summary>
    /// <param name="Count">Entries read.</param>
    /// <param name="Last">Where the run ends.</param>
    public sealed record Intact(long Count, AuditCheckpoint Last) : AuditVerdict;

    /// <summary>The first entry that does not fit, and why.</summary>
    public sealed record Broken(long Sequence, string Why) : AuditVerdict;
}
