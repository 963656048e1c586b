using Microsoft.EntityFrameworkCore;

namespace PaymentHsm.Portal.Persistence;

/// <summary>Opens the store of the configured provider.</summary>
internal interface IPortalDbs
{
    PortalDb Open();
}

/// <summary>Opens the store with one provider's context.</summary>
internal sealed class PortalDbs<T>(IDbContextFactory<T> factory) : IPortalDbs
    where T : PortalDb
{
    public PortalDb Open() => factory.CreateDbContext();
}
