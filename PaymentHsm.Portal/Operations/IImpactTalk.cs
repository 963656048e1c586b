using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Operations;

/// <summary>The talk with the customer before a hard reboot (R64): wait, take a new HSM, or both.</summary>
public interface IImpactTalk
{
    /// <summary>Records the customer's decision. A new HSM begins with a look at what is free, recorded too (R83).</summary>
    Task<Outcome<Operation>> RecordAsync(Actor actor, Guid operation, string? decision, string? note, string? document, CancellationToken cancellationToken);

    /// <summary>What is free in the region of the operation's device, in words.</summary>
    Task<string?> CapacityAsync(Guid operation, CancellationToken cancellationToken);
}
