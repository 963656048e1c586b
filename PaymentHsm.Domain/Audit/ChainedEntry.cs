namespace PaymentHsm.Domain.Audit;

/// <summary>An entry in its place in the chain.</summary>
/// <param name="Entry">What happened.</param>
/// <param name="PreviousHash">Hash of the entry before; <see cref="AuditChain.Genesis"/> for the first.</param>
/// <param name="Hash">Hash of this entry (SHA-256, 64 lower-case hex digits).</param>
public sealed record ChainedEntry(AuditEntry Entry, string PreviousHash, string Hash);

/// <summary>A place in the chain that is known from elsewhere, for example a signed checkpoint kept off the machine.</summary>
/// <param name="Sequence">The last entry it covers; 0 before the first.</param>
/// <param name="Hash">The hash of that entry.</param>
public sealed record AuditCheckpoint(long Sequence, string Hash)
{
    /// <summary>Before the first entry.</summary>
    public static AuditCheckpoint Start { get; } = new(0, AuditChain.Genesis);
}
