using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Persistence;

/// <inheritdoc cref="ISiteRecords"/>
internal sealed class SiteRecords(IPortalDbs dbs) : ISiteRecords
{
    public async Task<SiteRecord?> FindAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        return (await db.SiteRecords.AsNoTracking().FirstOrDefaultAsync(s => s.Serial == text, cancellationToken))?.ToRecord();
    }

    public async Task<IReadOnlyList<SiteRecord>> AllAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return [.. (await db.SiteRecords.AsNoTracking().OrderBy(s => s.ReceivedAt).ToListAsync(cancellationToken)).Select(s => s.ToRecord())];
    }
}
