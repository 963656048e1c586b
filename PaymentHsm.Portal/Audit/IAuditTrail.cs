namespace PaymentHsm.Portal.Audit;

/// <summary>Reading the hash-chained audit log (R84).</summary>
public interface IAuditTrail
{
    /// <summary>Entries, newest first.</summary>
    Task<AuditPage> PageAsync(AuditFilter filter, CancellationToken cancellationToken);

    /// <summary>Walks the whole chain and says whether it holds.</summary>
    Task<AuditCheck> VerifyAsync(CancellationToken cancellationToken);
}

/// <summary>What the audit page asks for; text is looked for in actor, action, serial and ticket.</summary>
public sealed record AuditFilter(string? Text = null, string? Serial = null, string? Ticket = null, Guid? Correlation = null, int Skip = 0, int Take = 50);

/// <summary>One page of entries and how many there are in all.</summary>
public sealed record AuditPage(int Total, IReadOnlyList<AuditView> Rows);

/// <summary>One entry as shown.</summary>
public sealed record AuditView(
    long Sequence, DateTimeOffset At, string Actor, string Role, string Action, string? Serial, string? Ticket, Guid? Correlation, string? RuleId, string Detail, string Hash);

/// <summary>Result of walking the chain.</summary>
/// <param name="FirstBroken">Sequence of the first entry that does not fit; null when the chain holds.</param>
public sealed record AuditCheck(long Entries, long? FirstBroken, string? Why, DateTimeOffset CheckedAt);
