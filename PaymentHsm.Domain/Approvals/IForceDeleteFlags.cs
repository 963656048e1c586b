using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Approvals;

/// <summary>The armed force-delete flags (R72 to R74): what a deletion asks before it looks at the release.</summary>
public interface IForceDeleteFlags
{
    /// <summary>
    /// Consumes the armed flag of a resource, once. Done: one transaction stored the consumed approval, the running force delete and the resource as
    /// Deleting; the Reclaim goes on by itself. Refused: there is an armed flag, but it may not be used (drift, clock). Null: no flag is armed for this
    /// resource; the deletion is a normal one.
    /// </summary>
    Task<Outcome<Operation>?> TryConsumeAsync(Actor by, CustomerResource resource, CancellationToken cancellationToken);
}
