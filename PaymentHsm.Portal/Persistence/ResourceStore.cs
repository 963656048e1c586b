using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <inheritdoc cref="IResourceStore"/>
internal sealed class ResourceStore(IPortalDbs dbs, Ledger ledger, StoredChanges<CustomerResource> changes, StoredChanges<Operation> operationChanges, TimeProvider clock) : IResourceStore
{
    public async Task<CustomerResource?> FindAsync(ResourceId id, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return (await db.Resources.AsNoTracking().FirstOrDefaultAsync(r => r.Key == id.Key, cancellationToken))?.ToResource();
    }

    public async Task<CustomerResource?> OfDeviceAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        return (await db.Resources.AsNoTracking().FirstOrDefaultAsync(r => r.Serial == text, cancellationToken))?.ToResource();
    }

    public async Task<IReadOnlyList<CustomerResource>> UnsettledAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = await db.Resources.AsNoTracking()
            .Where(r => (r.State != ResourceState.Succeeded && r.State != ResourceState.Failed) || r.PendingSku != null)
            .OrderBy(r => r.StateSince).ToListAsync(cancellationToken);
        return [.. rows.Select(r => r.ToResource())];
    }

    public async Task<IReadOnlyList<CustomerResource>> OfSubscriptionAsync(Guid subscription, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return [.. (await db.Resources.AsNoTracking().Where(r => r.Subscription == subscription).OrderBy(r => r.Key).ToListAsync(cancellationToken)).Select(r => r.ToResource())];
    }

    public async Task<(CustomerResource? Stored, ResourceFault? Fault)> AddAsync(
        CustomerResource resource, Func<IReadOnlyList<CustomerResource>, ResourceFault?> conflict, AuditNote note, CancellationToken cancellationToken)
    {
        var (stored, fault) = await ledger.WriteAsync<(CustomerResource?, ResourceFault?)>(
            async db =>
            {
                if (await db.Resources.AnyAsync(r => r.Key == resource.Id.Key, cancellationToken))
                {
                    return ((null, null), []);
                }

                // Addresses belong to subnets, and subnets to subscriptions: only the subscription's own resources can share one.
                var siblings = await db.Resources.AsNoTracking().Where(r => r.Subscription == resource.Id.Subscription).ToListAsync(cancellationToken);
                if (conflict([.. siblings.Select(r => r.ToResource())]) is { } found)
                {
                    return ((null, found), []);
                }

                var row = ResourceRow.Of(resource);
                row.Version = 1;
                db.Resources.Add(row);
                return ((row.ToResource(), null), [note]);
            },
            cancellationToken);
        Publish(stored);
        return (stored, fault);
    }

    public async Task<CustomerResource?> SaveAsync(CustomerResource resource, AuditNote? note, Operation? begins, string? closingDigest, CancellationToken cancellationToken)
    {
        try
        {
            var (stored, operation) = await ledger.WriteAsync<(CustomerResource, Operation?)>(
                async db =>
                {
                    var row = await db.Resources.FirstOrDefaultAsync(r => r.Key == resource.Id.Key, cancellationToken) ?? throw new DbUpdateConcurrencyException($"{resource.Id} is gone.");
                    db.Entry(row).Property(r => r.Version).OriginalValue = resource.Version;
                    OperationRow? operationRow = null;
                    if (begins is not null)
                    {
                        operationRow = OperationRow.Of(begins);
                        operationRow.Version = 1;
                        db.Operations.Add(operationRow);
                    }

                    row.Take(resource);
                    row.Version = resource.Version + 1;
                    if (resource.IsGone)
                    {
                        db.Resources.Remove(row);
                        await CloseAllocationAsync(db, resource, closingDigest, cancellationToken);
                    }

                    return ((row.ToResource() with { IsGone = resource.IsGone }, operationRow?.ToOperation()), note is null ? [] : [note]);
                },
                cancellationToken);
            Publish(stored);
            if (operation is not null)
            {
                operationChanges.Publish(operation);
            }

            return stored;
        }
        catch (DbUpdateException e) when (Guard.Held(e))
        {
            return null;
        }
    }

    public async Task<CustomerResource?> DecideQuotaAsync(
        ResourceId id, Func<CustomerResource, IReadOnlyList<CustomerResource>, (CustomerResource After, AuditNote Note)> decide, CancellationToken cancellationToken)
    {
        var stored = await ledger.WriteAsync<CustomerResource?>(
            async db =>
            {
                if (await db.Resources.FirstOrDefaultAsync(r => r.Key == id.Key, cancellationToken) is not { State: ResourceState.CheckingQuota } row)
                {
                    return (null, []);
                }

                var siblings = await db.Resources.AsNoTracking().Where(r => r.Subscription == id.Subscription).ToListAsync(cancellationToken);
                var (after, note) = decide(row.ToResource(), [.. siblings.Select(r => r.ToResource())]);
                row.Take(after);
                row.Version++;
                return (row.ToResource(), [note]);
            },
            cancellationToken);
        Publish(stored);
        return stored;
    }

    /// <summary>I12: a resource that is gone has no open allocation.</summary>
    private async Task CloseAllocationAsync(PortalDb db, CustomerResource resource, string? closingDigest, CancellationToken cancellationToken)
    {
        var id = resource.Id.ToString();
        foreach (var open in await db.Allocations.Where(a => a.ResourceId == id && a.ClosedAt == null).ToListAsync(cancellationToken))
        {
            open.ClosedAt = clock.GetUtcNow();
            open.ClosingDigest = closingDigest ?? "";
        }
    }

    private void Publish(CustomerResource? stored)
    {
        if (stored is not null)
        {
            changes.Publish(stored);
        }
    }
}
