using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Customers' resources: creating, changing, deleting and reading them. The same rules stand behind the ARM API and the pages.</summary>
public interface IResourceDesk
{
    /// <summary>
    /// Creates a resource (A1) or changes an existing one's tags and SKU. Returns as soon as the wish is stored; the allocation goes on by itself and the
    /// resource can be read at once.
    /// </summary>
    Task<ResourceAnswer<ResourcePut>> PutAsync(Actor actor, ResourceRequest request, CancellationToken cancellationToken);

    /// <summary>Replaces tags and/or changes the SKU of a resource that is Succeeded (A7, R16); null leaves them as they are. Done means read back.</summary>
    Task<ResourceAnswer<CustomerResource>> PatchAsync(Actor actor, ResourceId id, IReadOnlyDictionary<string, string>? tags, ResourceSku? sku, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes (A8). A device that is not released, or cannot be asked, is refused at once and the resource stays usable (R70); a released one comes back by
    /// itself; with an armed flag the force delete begins (R73).
    /// </summary>
    Task<ResourceAnswer<ResourceDeletion>> DeleteAsync(Actor actor, ResourceId id, CancellationToken cancellationToken);

    /// <summary>One resource; null when there is none (a deleted one is gone, R71).</summary>
    Task<CustomerResource?> FindAsync(ResourceId id, CancellationToken cancellationToken);

    /// <summary>The resource that has the device; null when none has.</summary>
    Task<CustomerResource?> OfDeviceAsync(HsmSerial serial, CancellationToken cancellationToken);

    /// <summary>Resources in stable order of their ids.</summary>
    Task<ResourcePage> PageAsync(ResourceFilter filter, CancellationToken cancellationToken);

    /// <summary>The resource now and after every stored change; ends when it is gone or the token is cancelled.</summary>
    IAsyncEnumerable<CustomerResource?> FollowAsync(ResourceId id, CancellationToken cancellationToken);
}

/// <summary>What a PUT did.</summary>
/// <param name="Resource">The resource as stored.</param>
/// <param name="IsNew">True when it did not exist before.</param>
public sealed record ResourcePut(CustomerResource Resource, bool IsNew);

/// <summary>What a DELETE did.</summary>
/// <param name="Resource">The resource as it is now; null: there is none (any more).</param>
public sealed record ResourceDeletion(CustomerResource? Resource);

/// <summary>Which resources; <paramref name="After"/> is the <see cref="ResourceId.Key"/> of the last one seen.</summary>
public sealed record ResourceFilter(Guid? Subscription = null, string? Group = null, string? After = null, int Take = 100, ResourceState? State = null, string? Text = null);

/// <summary>One page of resources.</summary>
/// <param name="Total">How many match in all.</param>
/// <param name="Rows">This page.</param>
/// <param name="Next">Continues after this key; null on the last page.</param>
public sealed record ResourcePage(int Total, IReadOnlyList<CustomerResource> Rows, string? Next);

/// <summary>Answer of a command on a resource: done, or a fault in the API's words with its status.</summary>
public abstract record ResourceAnswer<T>
{
    private ResourceAnswer()
    {
    }

    /// <summary>Done, or on its way.</summary>
    public sealed record Done(T Value) : ResourceAnswer<T>;

    /// <summary>Refused; nothing is half-done.</summary>
    /// <param name="Status">HTTP status.</param>
    /// <param name="Fault">Code and message.</param>
    /// <param name="RuleId">The rule behind it.</param>
    public sealed record Refused(int Status, ResourceFault Fault, string RuleId) : ResourceAnswer<T>;

    public static implicit operator ResourceAnswer<T>(T value) => new Done(value);
}
