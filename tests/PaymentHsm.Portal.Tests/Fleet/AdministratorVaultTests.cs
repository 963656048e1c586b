using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Fleet;
using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Fleet;

/// <summary>Renewed administrator credentials in the real store: never in clear, durable, destroyed when told (R31).</summary>
public sealed class AdministratorVaultTests : IDisposable
{
    private const string Secret = "kT3-a-secret-that-nobody-may-read-9Zq.x_";
    private static readonly HsmSerial Serial = HsmSerial.Parse("A4665270118C");
    private static readonly HsmSerial Other = HsmSerial.Parse("A4665270155K");
    private readonly ScratchDirectory _data = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task R31_a_secret_survives_the_process_and_stands_nowhere_in_clear()
    {
        await using (var first = await OpenAsync())
        {
            var vault = first.GetRequiredService<IAdministratorVault>();
            Assert.Null(await vault.FindAsync(Serial, Stop));
            await vault.ConfirmAsync(Serial, Stop);
            Assert.Null(await vault.FindAsync(Serial, Stop));
            await vault.ProposeAsync(Serial, Secret, Stop);
        }

        await using (var second = await OpenAsync())
        {
            var vault = second.GetRequiredService<IAdministratorVault>();
            Assert.Equal(new AdministratorSecrets(null, Secret), await vault.FindAsync(Serial, Stop));
            await vault.ConfirmAsync(Serial, Stop);
            await vault.ProposeAsync(Serial, "another secret, not yet proved by a login", Stop);
            Assert.Equal(new AdministratorSecrets(Secret, "another secret, not yet proved by a login"), await vault.FindAsync(Serial, Stop));

            await using var db = second.GetRequiredService<IPortalDbs>().Open();
            Assert.DoesNotContain(await db.Audit.ToListAsync(Stop), e => $"{e.Detail} {e.Before} {e.After}".Contains("secret", StringComparison.OrdinalIgnoreCase));
            Assert.Equal(["device.credential.proposed", "device.credential.renewed", "device.credential.proposed"], await db.Audit.OrderBy(a => a.Sequence).Select(a => a.Action).ToListAsync(Stop));
        }

        foreach (var file in Directory.GetFiles(_data.Path, "*", SearchOption.AllDirectories))
        {
            Assert.False((await File.ReadAllBytesAsync(file, Stop)).AsSpan().IndexOf("nobody-may-read"u8) >= 0, file);
        }
    }

    [Fact]
    public async Task R31_a_forgotten_secret_is_gone_and_a_row_moved_to_another_device_opens_nothing()
    {
        await using var services = await OpenAsync();
        var vault = services.GetRequiredService<IAdministratorVault>();
        await vault.ProposeAsync(Serial, Secret, Stop);
        await vault.ProposeAsync(Other, "the other unit's secret", Stop);
        await using (var db = services.GetRequiredService<IPortalDbs>().Open())
        {
            var stolen = await db.AdministratorSecrets.Where(s => s.Serial == Serial.ToString()).Select(s => s.Proposed).SingleAsync(Stop);
            await db.AdministratorSecrets.Where(s => s.Serial == Other.ToString()).ExecuteUpdateAsync(s => s.SetProperty(r => r.Proposed, stolen), Stop);
        }

        Assert.Equal(new AdministratorSecrets(null, null), await vault.FindAsync(Other, Stop));
        await vault.ForgetAsync(Serial, Stop);
        await vault.ForgetAsync(Serial, Stop);
        Assert.Null(await vault.FindAsync(Serial, Stop));
        await using var after = services.GetRequiredService<IPortalDbs>().Open();
        Assert.Equal(1, await after.Audit.CountAsync(a => a.Action == "device.credential.destroyed", Stop));
    }

    private async Task<ServiceProvider> OpenAsync()
    {
        var services = new ServiceCollection();
        services.AddLogging(b => b.SetMinimumLevel(LogLevel.None)).AddSingleton(TimeProvider.System);
        services.AddDataProtection().SetApplicationName("PaymentHsm").PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(_data.Path, "keys")));
        services.AddPersistence(new StorageSettings(), new DataDirectory(_data.Path)).AddSingleton<IAdministratorVault, AdministratorVault>();
        var provider = services.BuildServiceProvider();
        await provider.MigrateAsync();
        return provider;
    }
}
