using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <inheritdoc cref="IHealthStore"/>
internal sealed class HealthStore(IPortalDbs dbs) : IHealthStore
{
    public async Task<LastKnown?> FindAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        return await db.Health.AsNoTracking().FirstOrDefaultAsync(h => h.Serial == text, cancellationToken) is { } row
            && JsonSerializer.Deserialize<Dictionary<string, JudgedReading>>(row.Readings, StoredJson.Options) is { } readings
            ? new LastKnown(row.ObservedAt, row.Firmware, readings)
            : null;
    }

    public async Task SaveAsync(HsmSerial serial, LastKnown known, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var (text, json) = (serial.ToString(), JsonSerializer.Serialize(known.Readings, StoredJson.Options));
        var updated = await db.Health.Where(h => h.Serial == text).ExecuteUpdateAsync(
            s => s.SetProperty(h => h.ObservedAt, known.ObservedAt).SetProperty(h => h.Firmware, known.Firmware).SetProperty(h => h.Readings, json), cancellationToken);
        if (updated == 0)
        {
            db.Health.Add(new HealthRow { Serial = text, ObservedAt = known.ObservedAt, Firmware = known.Firmware, Readings = json });
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
