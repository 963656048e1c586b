using System.Runtime.CompilerServices;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Api.Arm;

/// <summary>Resources in memory that move only when a test says so.</summary>
internal sealed class TestResourceDesk : IResourceDesk
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ResourceId, CustomerResource> _all = [];

    /// <summary>The answer to every command while it is set.</summary>
    public (int Status, string Code, string Message)? Refuses { get; set; }

    /// <summary>True: commands fail as a bug or a lost store makes them fail.</summary>
    public bool Fails { get; set; }

    public void Change(ResourceId id, Func<CustomerResource, CustomerResource?> change)
    {
        lock (_gate)
        {
            var after = change(_all[id]);
            _all.Remove(id);
            if (after is not null)
            {
                _all[id] = after;
            }
        }
    }

    public Task<ResourceAnswer<ResourcePut>> PutAsync(Actor actor, ResourceRequest request, CancellationToken cancellationToken) => Command<ResourcePut>(() =>
    {
        var isNew = !_all.TryGetValue(request.Id, out var existing);
        var stamp = new ResourceStamp(actor.Id, actor.Role != Role.Automation, TestTiles.Now);
        return new ResourcePut(_all[request.Id] = existing ?? Make(request, stamp), isNew);
    });

    public Task<ResourceAnswer<CustomerResource>> PatchAsync(
        Actor actor, ResourceId id, IReadOnlyDictionary<string, string>? tags, ResourceSku? sku, CancellationToken cancellationToken) =>
        Command<CustomerResource>(() => _all[id] = _all[id] with { Tags = tags ?? _all[id].Tags, Sku = sku ?? _all[id].Sku });

    public Task<ResourceAnswer<ResourceDeletion>> DeleteAsync(Actor actor, ResourceId id, CancellationToken cancellationToken) =>
        Command<ResourceDeletion>(() => new ResourceDeletion(_all.TryGetValue(id, out var resource) ? _all[id] = resource with { State = ResourceState.Deleting } : null));

    public Task<CustomerResource?> FindAsync(ResourceId id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Fails ? throw new InvalidOperationException("The store is lost: secret words.") : Task.FromResult(_all.GetValueOrDefault(id));
        }
    }

    public Task<CustomerResource?> OfDeviceAsync(HsmSerial serial, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ResourcePage> PageAsync(ResourceFilter filter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var match = _all.Values.Where(r => r.Id.Subscription == filter.Subscription && (filter.Group is null || string.Equals(r.Id.Group, filter.Group, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(r => r.Id.Key, StringComparer.Ordinal).ToList();
            var rest = match.Where(r => filter.After is null || string.CompareOrdinal(r.Id.Key, filter.After) > 0).ToList();
            return Task.FromResult(new ResourcePage(match.Count, [.. rest.Take(filter.Take)], rest.Count > filter.Take ? rest[filter.Take - 1].Id.Key : null));
        }
    }

    public async IAsyncEnumerable<CustomerResource?> FollowAsync(ResourceId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await FindAsync(id, cancellationToken);
    }

    private static CustomerResource Make(ResourceRequest request, ResourceStamp stamp) => new(
        request.Id, request.Location, request.Sku, request.Stamp, request.Zones, request.Tags, request.Host, request.Management, ResourceState.CheckingQuota, "Checking quota.", null, null, null, "Contoso", stamp, stamp,
        stamp.At, null, null, [], 1, 1);

    private Task<ResourceAnswer<T>> Command<T>(Func<T> act)
    {
        lock (_gate)
        {
            return Fails ? throw new InvalidOperationException("The store is lost: secret words.")
                : Task.FromResult(Refuses is { } no ? new ResourceAnswer<T>.Refused(no.Status, new ResourceFault(no.Code, no.Message), "R70") : (ResourceAnswer<T>)act());
        }
    }
}
