using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Where customers' resources are kept. Every write is guarded by the version that was read and carries its audit entry in the same transaction.</summary>
public interface IResourceStore
{
    Task<CustomerResource?> FindAsync(ResourceId id, CancellationToken cancellationToken);

    /// <summary>The resource that has the device; null when none has.</summary>
    Task<CustomerResource?> OfDeviceAsync(HsmSerial serial, CancellationToken cancellationToken);

    /// <summary>All resources in a passing state or with a SKU change under way: what the system acts on next.</summary>
    Task<IReadOnlyList<CustomerResource>> UnsettledAsync(CancellationToken cancellationToken);

    /// <summary>All resources of a subscription.</summary>
    Task<IReadOnlyList<CustomerResource>> OfSubscriptionAsync(Guid subscription, CancellationToken cancellationToken);

    /// <summary>Stores a new resource unless <paramref name="conflict"/>, asked with the resources that share a subnet with it, finds a fault; or unless it exists: then null and null.</summary>
    Task<(CustomerResource? Stored, ResourceFault? Fault)> AddAsync(
        CustomerResource resource, Func<IReadOnlyList<CustomerResource>, ResourceFault?> conflict, AuditNote note, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a change of what was read, or removes the resource when <see cref="CustomerResource.IsGone"/>, together with a new operation on its device if
    /// there is one and with the end of its allocation when it is gone. Null when somebody else changed it first, or another operation holds the device.
    /// </summary>
    /// <param name="begins">An operation that begins with this change; null for none.</param>
    /// <param name="closingDigest">Digest of the evidence that ends the allocation; needed when the resource is gone and has a device.</param>
    Task<CustomerResource?> SaveAsync(CustomerResource resource, AuditNote? note, Operation? begins, string? closingDigest, CancellationToken cancellationToken);

    /// <summary>Moves a resource on from <see cref="ResourceState.CheckingQuota"/>: <paramref name="decide"/> sees all resources of the subscription as stored at this moment, and no other quota is decided meanwhile.</summary>
    Task<CustomerResource?> DecideQuotaAsync(ResourceId id, Func<CustomerResource, IReadOnlyList<CustomerResource>, (CustomerResource After, AuditNote Note)> decide, CancellationToken cancellationToken);
}
