using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Firmware;

/// <summary>Pools, plans and members' operations for wave tests.</summary>
internal static class TestWaves
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    public static Actor Engineer1 { get; } = new("engineer1", Role.Engineering);

    public static Actor Engineer2 { get; } = new("engineer2", Role.Engineering);

    public static WaveLimits Limits { get; } = new(TimeSpan.FromHours(1), 1, 1, 20);

    public static FirmwareImage Image(string version) => new(
        version, new Uri($"https://images.example.com/payshield-{version}.bin"), new string('a', 64), "vendor.sig",
        new Listing("4711", Now.AddYears(-1), Now.AddYears(3)), new Listing("4-90042", Now.AddYears(-1), Now.AddYears(3)), "engineer3", Now, "engineer2", Now);

    public static HsmSerial Serial(int n) => HsmSerial.Parse($"A{n:0000000000}B");

    public static PoolDevice Device(int n, string stamp = "stamp1", string firmware = "2.1a") =>
        new(DeviceRecord.InPool(Serial(n), Now), new Location("eastus", stamp, "R11", n), firmware, Health.Ok, null);

    public static PoolDevice[] Pool(int count, string stamp = "stamp1", string firmware = "2.1a") => [.. Enumerable.Range(1, count).Select(n => Device(n, stamp, firmware))];

    public static PatchWave Wave(IReadOnlyCollection<PoolDevice> pool, WaveLimits? limits = null)
    {
        var scope = new WaveScope(null, null, []);
        var members = PatchWaves.Candidates(pool, scope, "2.2b");
        limits ??= Limits;
        return new PatchWave(
            Guid.Parse("0195f000-0000-7000-8000-00000041d7aa"), "2.2b", Image("2.2b").Image, Image("2.2b").Digest, scope, limits, members,
            PatchWave.DigestOf("2.2b", Image("2.2b").Digest, scope, limits, members), "base image", "engineer1", Now, Now.AddDays(1));
    }

    public static PatchWave Running(IReadOnlyCollection<PoolDevice> pool, WaveLimits? limits = null) => PatchWaves.Approved(Wave(pool, limits), Engineer2, Now, TimeSpan.FromDays(7));
}
