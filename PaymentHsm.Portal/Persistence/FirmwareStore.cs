using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <inheritdoc cref="IFirmwareStore"/>
internal sealed class FirmwareStore(IPortalDbs dbs, Ledger ledger) : IFirmwareStore
{
    public async Task<FirmwareCatalogue> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var images = (await db.FirmwareImages.AsNoTracking().ToListAsync(cancellationToken)).Select(i => i.ToImage());
        return new FirmwareCatalogue([.. images.OrderByDescending(i => FirmwareVersion.TryParse(i.Version, out var version) ? version : default)]);
    }

    public async Task<bool> AddAsync(FirmwareImage image, AuditNote note, CancellationToken cancellationToken)
    {
        return await GuardedAsync<FirmwareImageRow>(
            db =>
            {
                var row = FirmwareImageRow.Of(image);
                db.FirmwareImages.Add(row);
                return Task.FromResult<(FirmwareImageRow?, IReadOnlyList<AuditNote>)>((row, [note]));
            },
            cancellationToken) is not null;
    }

    public async Task<bool> SaveAsync(FirmwareImage before, FirmwareImage after, AuditNote note, CancellationToken cancellationToken)
    {
        return await GuardedAsync<FirmwareImageRow>(
            async db =>
            {
                var row = await db.FirmwareImages.FirstOrDefaultAsync(i => i.Version == before.Version, cancellationToken);
                if (row is null || row.ToImage() != before)
                {
                    return (null, []);
                }

                if (after.IsBase && !before.IsBase && await db.FirmwareImages.FirstOrDefaultAsync(i => i.IsBase, cancellationToken) is { } former)
                {
                    // First, so that the rule of one base image never sees two.
                    former.Take(former.ToImage() with { IsBase = false });
                    await db.SaveChangesAsync(cancellationToken);
                }

                row.Take(after);
                return (row, [note]);
            },
            cancellationToken) is not null;
    }

    public async Task<PatchWave?> WaveAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return (await db.PatchWaves.AsNoTracking().FirstOrDefaultAsync(w => w.Id == id, cancellationToken))?.ToWave();
    }

    public async Task<IReadOnlyList<PatchWave>> WavesAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return [.. (await db.PatchWaves.AsNoTracking().OrderByDescending(w => w.PlannedAt).Take(200).ToListAsync(cancellationToken)).Select(w => w.ToWave())];
    }

    public async Task<PatchWave?> AddAsync(PatchWave wave, AuditNote note, CancellationToken cancellationToken)
    {
        var row = await GuardedAsync<PatchWaveRow>(
            db =>
            {
                var added = PatchWaveRow.Of(wave);
                added.Version = 1;
                db.PatchWaves.Add(added);
                return Task.FromResult<(PatchWaveRow?, IReadOnlyList<AuditNote>)>((added, [note]));
            },
            cancellationToken);
        return row?.ToWave();
    }

    public async Task<PatchWave?> SaveAsync(PatchWave wave, AuditNote? note, CancellationToken cancellationToken)
    {
        var row = await GuardedAsync<PatchWaveRow>(
            async db =>
            {
                var stored = await db.PatchWaves.FirstAsync(w => w.Id == wave.Id, cancellationToken);
                stored.Take(wave);
                db.Entry(stored).Property(w => w.Version).OriginalValue = wave.Version;
                stored.Version = wave.Version + 1;
                return (stored, note is null ? [] : [note]);
            },
            cancellationToken);
        return row?.ToWave();
    }

    private async Task<T?> GuardedAsync<T>(Func<PortalDb, Task<(T? Result, IReadOnlyList<AuditNote> Notes)>> change, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await ledger.WriteAsync(change, cancellationToken);
        }
        catch (DbUpdateException e) when (Guard.Held(e))
        {
            // The guard held: another writer was first. The caller reads again and asks the rules.
            return null;
        }
    }
}
