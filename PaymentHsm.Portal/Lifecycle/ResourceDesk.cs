using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Lifecycle;

/// <inheritdoc cref="IResourceDesk"/>
internal sealed class ResourceDesk(
    IPortalDbs dbs, IResourceStore store, IOperationStore operations, ISubscriptionDesk subscriptions, IForceDeleteFlags flags, ResourceKeeper keeper, ReleaseCheck release,
    StoredChanges<CustomerResource> changes, Ledger ledger, TimeProvider clock) : IResourceDesk
{
    public async Task<ResourceAnswer<ResourcePut>> PutAsync(Actor actor, ResourceRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.FindAsync(request.Id, cancellationToken) is { } existing)
            {
                return await ChangeByPutAsync(actor, existing, request, cancellationToken);
            }

            if (await subscriptions.FindAsync(request.Id.Subscription, cancellationToken) is not { IsApproved: true } subscription)
            {
                return await RefusedAsync<ResourcePut>(actor, "resource.create", 403, new ResourceFault(
                    "SubscriptionNotApproved", $"The subscription '{request.Id.Subscription}' is not approved for payment HSMs. Ask support to approve it; registering the provider alone is not enough."), "R20", null, cancellationToken);
            }

            var (stored, fault) = await store.AddAsync(
                New(actor, request, subscription.Customer), others => ResourceConflicts.OfAddresses(New(actor, request, subscription.Customer), others),
                new AuditNote(actor, "resource.create", $"{request.Id}, {request.Sku}, {request.Location}{(request.Stamp is null ? "" : $"/{request.Stamp}")}"), cancellationToken);
            if (fault is not null)
            {
                return await RefusedAsync<ResourcePut>(actor, "resource.create", 409, fault, "R14", null, cancellationToken);
            }

            if (stored is not null)
            {
                keeper.Take(stored.Id);
                return new ResourcePut(stored, true);
            }
        }
    }

    public async Task<ResourceAnswer<CustomerResource>> PatchAsync(Actor actor, ResourceId id, IReadOnlyDictionary<string, string>? tags, ResourceSku? sku, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.FindAsync(id, cancellationToken) is not { } resource)
            {
                return NotFound<CustomerResource>(id);
            }

            if (ResourceConflicts.OfState(resource) is { } busy)
            {
                return await RefusedAsync<CustomerResource>(actor, "resource.change", 409, busy, "R67", resource, cancellationToken);
            }

            if (await ChangeAsync(actor, resource, tags, sku, cancellationToken) is { } answer)
            {
                return answer;
            }
        }
    }

    public async Task<ResourceAnswer<ResourceDeletion>> DeleteAsync(Actor actor, ResourceId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.FindAsync(id, cancellationToken) is not { } resource)
            {
                return new ResourceDeletion(null);
            }

            if (ResourceConflicts.OfState(resource) is { } busy)
            {
                return await RefusedAsync<ResourceDeletion>(actor, "resource.delete", 409, busy, "R67", resource, cancellationToken);
            }

            switch (await flags.TryConsumeAsync(actor, resource, cancellationToken))
            {
                case Outcome<Operation>.Done:
                    return new ResourceDeletion(await store.FindAsync(id, cancellationToken));
                case Outcome<Operation>.Refused(var why):
                    return await RefusedAsync<ResourceDeletion>(actor, "resource.delete", 409, new ResourceFault("ForceDeleteRefused", why.ToString()), why.RuleId, resource, cancellationToken);
            }

            var holding = resource.Serial is { } serial ? await operations.HoldingAsync(serial, cancellationToken) : null;
            var facts = new ResourceFacts { Locked = holding is not null };
            if (resource.Apply(ResourceEvent.Delete, facts, "Deleting: checking that the device was released.", clock.GetUtcNow()) is not Outcome<CustomerResource>.Done(var deleting))
            {
                return await RefusedAsync<ResourceDeletion>(actor, "resource.delete", 409, new ResourceFault(
                    "AnotherOperationInProgress", $"An operation on the device of '{id.Name}' has not ended ({holding?.Kind}, {holding?.ShortName}). Wait until it has ended, then retry."), "R67", resource, cancellationToken);
            }

            var touched = Touch(deleting, actor) with { Generation = resource.Generation + 1 };
            if (await store.SaveAsync(touched, new AuditNote(actor, "resource.delete", $"Deletion of {id} asked for", resource.Serial), null, null, cancellationToken) is { } stored)
            {
                return await CheckReleaseAsync(stored, cancellationToken);
            }
        }
    }

    public Task<CustomerResource?> FindAsync(ResourceId id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public Task<CustomerResource?> OfDeviceAsync(HsmSerial serial, CancellationToken cancellationToken) => store.OfDeviceAsync(serial, cancellationToken);

    public async Task<ResourcePage> PageAsync(ResourceFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = db.Resources.AsNoTracking();
        rows = filter.Subscription is { } subscription ? rows.Where(r => r.Subscription == subscription) : rows;
        rows = filter.Group?.ToUpperInvariant() is { } group ? rows.Where(r => r.GroupKey == group) : rows;
        rows = filter.State is { } state ? rows.Where(r => r.State == state) : rows;
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var like = $"%{filter.Text.Trim()}%";
            rows = rows.Where(r => EF.Functions.Like(r.Id, like) || EF.Functions.Like(r.Customer, like) || EF.Functions.Like(r.Serial!, like));
        }

        var total = await rows.CountAsync(cancellationToken);
        var after = filter.After;
        var page = await (after is null ? rows : rows.Where(r => string.Compare(r.Key, after) > 0)).OrderBy(r => r.Key).Take(filter.Take + 1).ToListAsync(cancellationToken);
        return new ResourcePage(total, [.. page.Take(filter.Take).Select(r => r.ToResource())], page.Count > filter.Take ? page[filter.Take - 1].Key : null);
    }

    public IAsyncEnumerable<CustomerResource?> FollowAsync(ResourceId id, CancellationToken cancellationToken) =>
        changes.FollowAsync(r => r.Id == id, () => store.FindAsync(id, cancellationToken), r => r.IsGone, cancellationToken);

    private async Task<ResourceAnswer<ResourceDeletion>> CheckReleaseAsync(CustomerResource deleting, CancellationToken cancellationToken)
    {
        // From here the keeper would go on alone, if this process died: what is stored says Deleting.
        var checkedNow = await release.CheckAsync(deleting, cancellationToken);
        return checkedNow switch
        {
            ReleaseVerdict.Blocked(var resource, var fault, var rule) => new ResourceAnswer<ResourceDeletion>.Refused(409, fault, rule),
            ReleaseVerdict.Ended => new ResourceDeletion(null),
            ReleaseVerdict.Begun(var resource) => new ResourceDeletion(resource),
            _ => new ResourceDeletion(await store.FindAsync(deleting.Id, cancellationToken)),
        };
    }

    private async Task<ResourceAnswer<ResourcePut>> ChangeByPutAsync(Actor actor, CustomerResource existing, ResourceRequest request, CancellationToken cancellationToken)
    {
        if (ResourceConflicts.OfPut(existing, request.Location, request.Stamp, request.Zones, request.Host, request.Management) is { } conflict)
        {
            return await RefusedAsync<ResourcePut>(actor, "resource.change", 409, conflict, "A1", existing, cancellationToken);
        }

        // A PUT that says what is wished already is the same wish again: clients repeat it when an answer was lost.
        if (existing.State != ResourceState.Deleting && existing.Sku == request.Sku && SameTags(existing.Tags, request.Tags))
        {
            return new ResourcePut(existing, false);
        }

        return await PatchAsync(actor, request.Id, request.Tags, request.Sku, cancellationToken) switch
        {
            ResourceAnswer<CustomerResource>.Done(var changed) => new ResourcePut(changed, false),
            ResourceAnswer<CustomerResource>.Refused(var status, var fault, var rule) => new ResourceAnswer<ResourcePut>.Refused(status, fault, rule),
            _ => throw new InvalidOperationException("An answer is either done or refused."),
        };
    }

    /// <summary>Null: somebody else changed it first; look again.</summary>
    private async Task<ResourceAnswer<CustomerResource>?> ChangeAsync(
        Actor actor, CustomerResource resource, IReadOnlyDictionary<string, string>? tags, ResourceSku? sku, CancellationToken cancellationToken)
    {
        var wished = Touch(resource, actor) with { Tags = tags ?? resource.Tags };
        if (sku is null || sku == resource.Sku)
        {
            if (SameTags(wished.Tags, resource.Tags))
            {
                return resource;
            }

            var tagged = await store.SaveAsync(wished, new AuditNote(actor, "resource.tags", $"Tags of {resource.Id} changed", resource.Serial), null, null, cancellationToken);
            return tagged is null ? null : new ResourceAnswer<CustomerResource>.Done(tagged);
        }

        if (resource.Apply(ResourceEvent.ChangeSku, new ResourceFacts { SkuKnown = true }, $"Changing the performance level to {sku}.", clock.GetUtcNow()) is not Outcome<CustomerResource>.Done(var changing))
        {
            return await RefusedAsync<CustomerResource>(actor, "resource.sku", 409, new ResourceFault(
                "ResourceNotReady", $"The SKU of '{resource.Id.Name}' can be changed only while it is Succeeded; it is {resource.State}."), "A7", resource, cancellationToken);
        }

        if (await store.SaveAsync(
            Touch(changing, actor) with { Tags = wished.Tags, PendingSku = sku, Generation = resource.Generation + 1 },
            new AuditNote(actor, "resource.sku", $"SKU of {resource.Id} from {resource.Sku} to {sku} asked for", resource.Serial), null, null, cancellationToken) is not { } stored)
        {
            return null;
        }

        // The keeper pushes the licence and reads it back; it would do so after a crash too.
        return await keeper.ChangeSkuAsync(stored, cancellationToken) switch
        {
            { PendingSku: null } done when done.Sku == sku => done,
            { } other => new ResourceAnswer<CustomerResource>.Refused(409, new ResourceFault("SkuChangeFailed", other.StatusMessage), "R16"),
            null => NotFound<CustomerResource>(resource.Id),
        };
    }

    private CustomerResource New(Actor actor, ResourceRequest request, string customer)
    {
        var stamp = new ResourceStamp(actor.Id, actor.Role != Role.Automation, clock.GetUtcNow());
        return new CustomerResource(
            request.Id, request.Location, request.Sku, Placement.StampAsked(request.Stamp, request.Zones), request.Zones, request.Tags, request.Host, request.Management,
            ResourceState.CheckingQuota, "Checking quota.", null, null, null, customer, stamp, stamp, stamp.At, null, null, [], 1, 0);
    }

    private CustomerResource Touch(CustomerResource resource, Actor actor) => resource with { Modified = new ResourceStamp(actor.Id, actor.Role != Role.Automation, clock.GetUtcNow()) };

    private static ResourceAnswer<T> NotFound<T>(ResourceId id) =>
        new ResourceAnswer<T>.Refused(404, new ResourceFault("ResourceNotFound", $"The resource '{ResourceId.Type}/{id.Name}' under resource group '{id.Group}' was not found."), "R71");

    private async Task<ResourceAnswer<T>> RefusedAsync<T>(Actor actor, string action, int status, ResourceFault fault, string rule, CustomerResource? resource, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(new AuditNote(actor, action, $"{fault.Code}: {fault.Message}", resource?.Serial, RuleId: rule), cancellationToken);
        return new ResourceAnswer<T>.Refused(status, fault, rule);
    }

    private static bool SameTags(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b) =>
        a.Count == b.Count && a.All(t => b.TryGetValue(t.Key, out var value) && value == t.Value);
}
