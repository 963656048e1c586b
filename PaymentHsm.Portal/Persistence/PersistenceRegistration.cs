using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Persistence;

internal static class PersistenceRegistration
{
    /// <summary>The store of the configured provider and everything that reads and writes it.</summary>
    public static IServiceCollection AddPersistence(this IServiceCollection services, StorageSettings settings, DataDirectory data)
    {
        var connection = settings.ConnectionString is { Length: > 0 } text ? text : $"Data Source={data.File("portal.db")}";
        services.AddPooledDbContextFactory<SqlitePortalDb>(o => o.UseSqlite(connection));
        services.AddSingleton<IPortalDbs, PortalDbs<SqlitePortalDb>>();
        services.AddSingleton<Ledger>();
        services.AddSingleton(typeof(StoredChanges<>));
        services.AddSingleton<IOperationStore, OperationStore>();
        services.AddSingleton<IWorkOrderStore, WorkOrderStore>();
        services.AddSingleton<IDeviceStore, DeviceStore>();
        services.AddSingleton<ISiteRecords, SiteRecords>();
        services.AddSingleton<IResourceStore, ResourceStore>();
        services.AddSingleton<IHealthStore, HealthStore>();
        services.AddSingleton<EvidenceBundles>();
        services.AddSingleton<IEvidenceBundles>(s => s.GetRequiredService<EvidenceBundles>());
        services.AddSingleton<IFirmwareStore, FirmwareStore>();
        services.AddSingleton<IFirmwareCatalogue>(s => s.GetRequiredService<IFirmwareStore>());
        return services;
    }

    /// <summary>Brings the store to the present schema; makes it when there is none.</summary>
    public static async Task MigrateAsync(this IServiceProvider services)
    {
        await using var db = services.GetRequiredService<IPortalDbs>().Open();
        await db.Database.MigrateAsync();
    }
}
