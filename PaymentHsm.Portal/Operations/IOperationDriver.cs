using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Operations;

/// <summary>
/// Drives the operations of some kinds: asks the domain what is next, stores the intent, acts through a port, stores what came of it. It may be stopped
/// anywhere; started again it goes on from what is stored.
/// </summary>
internal interface IOperationDriver
{
    /// <summary>The kinds that it drives; each kind has one driver.</summary>
    IReadOnlyList<OperationKind> Kinds { get; }

    /// <summary>
    /// Does what is next. Returns the operation as it now is, or null when it has to be read again, and until when nothing is to be done.
    /// </summary>
    Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken);
}
