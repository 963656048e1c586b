using PaymentHsm.Domain;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Operations;

/// <summary>Calling off a destruction that was ordered (D26): the same quorum, and only before anything was removed from the rack.</summary>
public interface IDestructionDesk
{
    /// <summary>Asks for the cancellation; two engineers sign it. Returns the approval.</summary>
    Task<Outcome<string>> CancelAsync(Actor actor, Guid operation, string? reason, CancellationToken cancellationToken);
}
