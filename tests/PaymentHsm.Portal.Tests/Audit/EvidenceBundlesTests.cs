using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Audit;
using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;
using PaymentHsm.Tests;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Audit;

/// <summary>Sealing and reading evidence over a real store and a real key, and verifying the file with the program itself, away from both.</summary>
public sealed class EvidenceBundlesTests : IAsyncLifetime
{
    private static readonly Actor Auditor = new("auditor1", Role.Auditor);

    private readonly ScratchDirectory _data = new();
    private readonly FakeTimeProvider _clock = new(TestTiles.Now);
    private ServiceProvider _services = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private IEvidenceBundles Bundles => _services.GetRequiredService<IEvidenceBundles>();

    private IEvidenceDesk Desk => _services.GetRequiredService<IEvidenceDesk>();

    public async ValueTask InitializeAsync()
    {
        _services = Services();
        await _services.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task R86_Seal_TheSameDraftAgain_IsTheSameBundleAndOneAuditEntry()
    {
        var first = await Bundles.SealAsync(Draft(), Stop);
        _clock.Advance(TimeSpan.FromHours(1));
        var again = await Bundles.SealAsync(Draft(), Stop);
        var other = await Bundles.SealAsync(Draft() with { Statement = "Not erased.", Kind = EvidenceKind.NotSanitised }, Stop);

        Assert.Equal((first.Digest, first.Signature, first.At), (again.Digest, again.Signature, again.At));
        Assert.NotEqual(first.Digest, other.Digest);
        Assert.Equal(2, (await EntriesAsync("evidence.sealed")).Count);
        Assert.Equal([other.Digest, first.Digest], (await Bundles.PageAsync(new EvidenceFilter("A4665271234F", "T-10482"), Stop)).Rows.Select(b => b.Digest));
        Assert.Equal([other.Digest], (await Bundles.PageAsync(new EvidenceFilter(Kind: EvidenceKind.NotSanitised), Stop)).Rows.Select(b => b.Digest));
        Assert.Null(await Bundles.FindAsync(new string('0', 64), Stop));
        Assert.Null((await _services.GetRequiredService<IAuditTrail>().VerifyAsync(Stop)).FirstBroken);
    }

    [Fact]
    public async Task R84_ReadingAndDownloading_AreLogged_APageThatAsksTwiceOnce()
    {
        var bundle = await Bundles.SealAsync(Draft(), Stop);

        Assert.Null((await Desk.OpenAsync(Auditor, bundle.Digest, Stop))!.Fault);
        await Desk.OpenAsync(Auditor, bundle.Digest, Stop);
        await Desk.OpenAsync(new Actor("support1", Role.Support), bundle.Digest, Stop);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Desk.OpenAsync(Auditor, bundle.Digest, Stop);
        await Desk.DownloadAsync(Auditor, bundle.Digest, Stop);
        await Desk.DownloadAsync(Auditor, bundle.Digest, Stop);

        Assert.Equal(["auditor1", "support1", "auditor1"], (await EntriesAsync("evidence.read")).Select(e => e.Actor).Reverse());
        Assert.Equal(2, (await EntriesAsync("evidence.downloaded")).Count);
    }

    [Fact]
    public async Task Key_IsKeptAcrossStarts_AndReadableByItsOwnerAlone()
    {
        var id = _services.GetRequiredService<IEvidenceSigner>().KeyId;
        await _services.DisposeAsync();
        _services = Services();

        Assert.Equal(id, _services.GetRequiredService<IEvidenceSigner>().KeyId);
        Assert.Equal(id, EvidenceKeys.IdOf(await File.ReadAllTextAsync(Path.Combine(_data.Path, "evidence-key.pub.pem"), Stop)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data.Path, "evidence-key.pem")));
        }
    }

    [Fact]
    public async Task Verb_GenuineChangedAndForeign_TellsThemApart()
    {
        var bundle = await Bundles.SealAsync(Draft(), Stop);
        using var elsewhere = new ScratchDirectory();
        string Put(string name, byte[] content)
        {
            var path = Path.Combine(elsewhere.Path, name);
            File.WriteAllBytes(path, content);
            return path;
        }

        var file = (await Desk.DownloadAsync(Auditor, bundle.Digest, Stop))!;
        var good = Put("good.json", file);
        var bad = Put("bad.json", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file).Replace("Erased", "Erasee", StringComparison.Ordinal)));
        var key = Put("key.pem", await File.ReadAllBytesAsync(Path.Combine(_data.Path, "evidence-key.pub.pem"), Stop));

        var genuine = await RunAsync(elsewhere, good, "--key", key);
        Assert.True(genuine.ExitCode == 0 && genuine.Output.Contains("comes from that portal", StringComparison.Ordinal) && genuine.Output.Contains("lmks loaded: 0", StringComparison.Ordinal), genuine.Output);
        var changed = await RunAsync(elsewhere, bad);
        Assert.True(changed.ExitCode == 1 && changed.Output.Contains("NOT GENUINE", StringComparison.Ordinal), changed.Output);
        Assert.Equal(2, (await RunAsync(elsewhere, "nowhere.json")).ExitCode);
    }

    private static Task<(int ExitCode, string Output)> RunAsync(ScratchDirectory where, params string[] arguments) =>
        ProductProcess.RunAsync(["evidence", "verify", .. arguments], new Dictionary<string, string>(), where.Path, Stop);

    private async Task<IReadOnlyList<AuditView>> EntriesAsync(string action) => (await _services.GetRequiredService<IAuditTrail>().PageAsync(new AuditFilter(action), Stop)).Rows;

    private ServiceProvider Services()
    {
        var data = new DataDirectory(_data.Path);
        return new ServiceCollection().AddSingleton<TimeProvider>(_clock).AddSingleton(data).AddPersistence(new StorageSettings(), data).AddAudit().BuildServiceProvider();
    }

    private static EvidenceDraft Draft() => new(
        EvidenceKind.Sanitisation, HsmSerial.Parse("A4665271234F"), TestTiles.Now, "Erased and read back as clean.", new Dictionary<string, string> { ["lmks loaded"] = "0" },
        [new Evidence("administrator login", "let in with the new credential", TestTiles.Now)], "T-10482", Guid.Parse("2f6a4b1e-8b2d-4a86-9f5e-6f1b2c3d4e5f"));
}
