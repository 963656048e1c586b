using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Where the records of arrivals and rackings are kept.</summary>
public interface ISiteRecords
{
    /// <summary>The record of one device; null when people recorded none.</summary>
    Task<SiteRecord?> FindAsync(HsmSerial serial, CancellationToken cancellationToken);

    /// <summary>All records.</summary>
    Task<IReadOnlyList<SiteRecord>> AllAsync(CancellationToken cancellationToken);
}
