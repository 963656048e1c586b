using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <inheritdoc cref="IDeviceStore"/>
internal sealed class DeviceStore(IPortalDbs dbs, Ledger ledger) : IDeviceStore
{
    public async Task<StoredDevice?> FindAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        return (await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Serial == text, cancellationToken))?.ToDevice();
    }

    public async Task<IReadOnlyList<StoredDevice>> AllAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return [.. (await db.Devices.AsNoTracking().OrderBy(d => d.Serial).ToListAsync(cancellationToken)).Select(d => d.ToDevice())];
    }

    public async Task<IReadOnlyList<StoredDevice>> OfCustomerAsync(string customer, string region, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return [.. (await db.Devices.AsNoTracking().Where(d => d.Customer == customer && d.Region == region).OrderBy(d => d.Serial).ToListAsync(cancellationToken)).Select(d => d.ToDevice())];
    }

    public Task<bool> AddAsync(StoredDevice device, AuditNote note, CancellationToken cancellationToken) => GuardedAsync(
        db =>
        {
            db.Devices.Add(DeviceRow.Of(device));
            return Task.CompletedTask;
        },
        note,
        cancellationToken);

    public Task<bool> SaveAsync(DeviceRecord before, StoredDevice after, AllocationRecord? opens, AuditNote note, CancellationToken cancellationToken) => GuardedAsync(
        async db =>
        {
            var text = before.Serial.ToString();
            var row = await db.Devices.FirstAsync(d => d.Serial == text, cancellationToken);
            row.Take(after);
            db.Entry(row).Property(d => d.Fence).OriginalValue = before.Fence;
            if (opens is not null)
            {
                db.Allocations.Add(AllocationRow.Of(opens));
            }
        },
        note,
        cancellationToken);

    public async Task RelocateAsync(EnrolledDevice device, CancellationToken cancellationToken)
    {
        var text = device.Serial.ToString();
        await ledger.WriteAsync<bool>(
            async db =>
            {
                var row = await db.Devices.FirstAsync(d => d.Serial == text, cancellationToken);
                var before = row.ToDevice().Enrolled;
                row.Take(device);
                return (true, before == device
                    ? []
                    : [new AuditNote(Domain.People.Actor.Portal, "device.enrolment.changed", $"{before.Location} ({before.ServiceId}) is now {device.Location} ({device.ServiceId})", device.Serial)]);
            },
            cancellationToken);
    }

    public async Task<AllocationRecord?> AllocationAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        return (await db.Allocations.AsNoTracking().FirstOrDefaultAsync(a => a.Serial == text && a.ClosedAt == null, cancellationToken))?.ToRecord();
    }

    private async Task<bool> GuardedAsync(Func<PortalDb, Task> change, AuditNote note, CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.WriteAsync<bool>(
                async db =>
                {
                    await change(db);
                    return (true, [note]);
                },
                cancellationToken);
        }
        catch (DbUpdateException e) when (Guard.Held(e))
        {
            return false;
        }
    }
}
