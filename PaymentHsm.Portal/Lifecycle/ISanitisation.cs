using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>The way back of a released device, the same after a normal and a force delete. Every act may be repeated after a crash.</summary>
internal interface ISanitisation
{
    /// <summary>
    /// From Released: removes left-over certificates (R77), renews the administrator's credential, reads the R78 list and moves the device to Rebaselining (D19),
    /// or to quarantine when a point was missed (D20). The caller stores what was seen as the evidence of its step, then seals.
    /// </summary>
    Task<SanitisationResult> VerifyAsync(Operation operation, CancellationToken cancellationToken);

    /// <summary>Seals the sanitisation bundle from the stored evidence of the operation; a repeat gives the same bundle. Returns its digest.</summary>
    /// <param name="statement">What the bundle says, for a reader years later.</param>
    Task<string> SealAsync(Operation operation, EvidenceKind kind, string statement, CancellationToken cancellationToken);

    /// <summary>From Rebaselining: base image and licences, read back; then Available (D21) or quarantine (D22).</summary>
    Task<SanitisationResult> RebaselineAsync(Operation operation, CancellationToken cancellationToken);
}

/// <summary>How a part of the way back ended.</summary>
public abstract record SanitisationResult
{
    private SanitisationResult()
    {
    }

    /// <summary>Proven by what was read back.</summary>
    /// <param name="Seen">What was read, for the step's evidence.</param>
    public sealed record Proven(IReadOnlyList<Evidence> Seen) : SanitisationResult;

    /// <summary>A point was missed; the device is quarantined.</summary>
    public sealed record Missed(string Reason, IReadOnlyList<Evidence> Seen) : SanitisationResult;

    /// <summary>Not known yet: the device cannot be read now. Try again; the deadline of the device's state ends it.</summary>
    public sealed record Unclear(string Reason) : SanitisationResult;
}
