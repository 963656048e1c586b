using System.Security.Cryptography;
using System.Text;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Firmware;

/// <summary>
/// Gives a simulated fleet the catalogue that it needs: made-up images of the releases that the simulator knows, marked as sample. A real fleet starts with
/// an empty catalogue, and with nothing approved.
/// </summary>
internal sealed class SampleCatalogue(IFirmwareStore store, PortalSettings settings, IHostEnvironment environment, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var simulated = settings.Simulator.Enabled || settings.Fleet.Source is { IsLoopback: true };
        if (!environment.IsDevelopment() || !simulated || (await store.ReadAsync(cancellationToken)).Images.Count > 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var image in Images(now))
        {
            await store.AddAsync(image, new AuditNote(Actor.Portal, "firmware.image.sample", $"Sample image {image.Version} for the simulated fleet, until {image.Pts.ValidUntil:yyyy-MM-dd}"), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The newest is the base image; the oldest listing ends soon, so that its warning can be seen.</summary>
    private static IEnumerable<FirmwareImage> Images(DateTimeOffset now) =>
    [
        Image("1.9a", now, TimeSpan.FromDays(75)),
        Image("2.1a", now, TimeSpan.FromDays(400)),
        Image("2.2b", now, TimeSpan.FromDays(1100)) with { IsBase = true },
    ];

    private static FirmwareImage Image(string version, DateTimeOffset now, TimeSpan listed)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var name = $"payshield-{version}.bin";
        return new FirmwareImage(
            version,
            new Uri($"https://images.sample.invalid/{name}"),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"sample image {version}"))),
            $"{name}.sig (sample)",
            new Listing($"SAMPLE-FIPS-{version}", today.AddYears(-2), today.AddDays(1200)),
            new Listing($"SAMPLE-PTS-{version}", today.AddYears(-1), today + listed),
            "sample",
            now,
            "sample",
            now,
            IsSample: true);
    }
}
