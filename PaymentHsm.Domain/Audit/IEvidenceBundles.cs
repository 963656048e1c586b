using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.Audit;

/// <summary>Seals and keeps evidence bundles.</summary>
public interface IEvidenceBundles
{
    /// <summary>
    /// Seals a bundle and stores it with its audit entry. The same draft gives the same bundle: a step that is repeated after a crash seals nothing twice.
    /// </summary>
    Task<EvidenceBundle> SealAsync(EvidenceDraft draft, CancellationToken cancellationToken);

    /// <summary>The bundle of that digest; null when there is none.</summary>
    Task<EvidenceBundle?> FindAsync(string digest, CancellationToken cancellationToken);

    /// <summary>Bundles, newest first.</summary>
    Task<EvidencePage> PageAsync(EvidenceFilter filter, CancellationToken cancellationToken);
}

/// <summary>What goes into a bundle.</summary>
/// <param name="Kind">What it proves.</param>
/// <param name="Serial">About which device.</param>
/// <param name="At">Time of the last fact in it (UTC): part of the content, so a repeat must give the same.</param>
/// <param name="Statement">What it says, in one or two sentences for a reader years later.</param>
/// <param name="Facts">Named facts with their values, in words and figures.</param>
/// <param name="Observations">What was read or done, in order.</param>
/// <param name="Ticket">Under which ticket.</param>
/// <param name="Operation">The operation that leaves it.</param>
/// <param name="Allocation">The allocation that it ends or begins.</param>
/// <param name="Approval">The approval behind it.</param>
public sealed record EvidenceDraft(
    EvidenceKind Kind,
    HsmSerial Serial,
    DateTimeOffset At,
    string Statement,
    IReadOnlyDictionary<string, string> Facts,
    IReadOnlyList<Evidence> Observations,
    string? Ticket = null,
    Guid? Operation = null,
    string? Allocation = null,
    string? Approval = null);

/// <summary>Which bundles.</summary>
public sealed record EvidenceFilter(string? Serial = null, string? Ticket = null, EvidenceKind? Kind = null, int Skip = 0, int Take = 50);

/// <summary>One page of bundles and how many there are in all.</summary>
public sealed record EvidencePage(int Total, IReadOnlyList<EvidenceBundle> Rows);
