using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>No flag is ever armed: every deletion is a normal one.</summary>
internal sealed class NoForceDeletes : IForceDeleteFlags
{
    public Task<Outcome<Operation>?> TryConsumeAsync(Actor by, CustomerResource resource, CancellationToken cancellationToken) => Task.FromResult<Outcome<Operation>?>(null);
}
