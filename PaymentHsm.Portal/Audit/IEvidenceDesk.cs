using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Audit;

/// <summary>Reading sealed evidence. Every opening and every download stands in the log (R84).</summary>
public interface IEvidenceDesk
{
    /// <summary>Bundles, newest first.</summary>
    Task<EvidencePage> PageAsync(EvidenceFilter filter, CancellationToken cancellationToken);

    /// <summary>One bundle with what it says; null when there is none. Logged once per person and minute, because a page asks twice.</summary>
    Task<OpenedEvidence?> OpenAsync(Actor actor, string digest, CancellationToken cancellationToken);

    /// <summary>The bundle as a file of its own; null when there is none.</summary>
    Task<byte[]?> DownloadAsync(Actor actor, string digest, CancellationToken cancellationToken);
}

/// <summary>A bundle and its content, verified at this moment.</summary>
/// <param name="Bundle">As stored.</param>
/// <param name="Content">What it says; null when it no longer verifies.</param>
/// <param name="Fault">Why it does not verify; null when it does.</param>
/// <param name="IsOurKey">True when it was signed with the portal's present key.</param>
public sealed record OpenedEvidence(EvidenceBundle Bundle, EvidenceDraft? Content, string? Fault, bool IsOurKey);
