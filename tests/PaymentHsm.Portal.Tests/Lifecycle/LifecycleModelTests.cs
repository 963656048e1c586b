using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Audit;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Tests.Lifecycle;

/// <summary>
/// Random lives of a small fleet over the real desks, keeper, drivers and store: customers create, use, release and delete; devices become unreachable; the portal
/// dies at random calls. After every act the invariants of DOMAIN 2.5 hold, and in the end nothing is lost, doubly given or stuck.
/// </summary>
public sealed class LifecycleModelTests
{
    private const int Runs = 60;
    private const int ActsPerRun = 14;

    /// <summary>Kept, so that a failure can be run again: the number of the run is added to it.</summary>
    private const int Seed = 41;

    private static readonly string[] Names = ["hsm1", "hsm2", "hsm3"];

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task RandomLives_WithFaultsAndCrashes_KeepTheInvariants()
    {
        var ends = new HashSet<string>();
        for (var run = 0; run < Runs; run++)
        {
            var chance = new Random(Seed + run);
            await using var scene = await LifecycleScene.StartAsync(4, Stop);
            var done = new List<string>();
            for (var i = 0; i < ActsPerRun; i++)
            {
                var act = Act.Any(chance);
                done.Add(act.ToString());
                await PerformAsync(scene, act);
                await AssertInvariantsAsync(scene, $"run {run}: {string.Join(", ", done)}");
            }

            foreach (var device in scene.Devices)
            {
                device.Unreachable = false;
            }

            scene.Wire.CrashAt = null;
            await scene.SettleAsync(Stop);
            await AssertInvariantsAsync(scene, $"run {run}, settled: {string.Join(", ", done)}");
            foreach (var name in Names)
            {
                ends.Add((await scene.FindAsync(name, Stop))?.State.ToString() ?? "gone");
            }

            Assert.Null((await new AuditTrail(scene.Get<IPortalDbs>(), scene.Clock).VerifyAsync(Stop)).FirstBroken);
        }

        // A generator that never gets anywhere would prove nothing.
        Assert.Superset(new HashSet<string> { "Succeeded", "gone" }, ends);
    }

    private static async Task PerformAsync(LifecycleScene scene, Act act)
    {
        var device = scene.Devices[act.Index % scene.Devices.Count];
        var name = Names[act.Index % Names.Length];
        try
        {
            switch (act.Kind)
            {
                case ActKind.Create: await scene.CreateAsync(name, act.Index % 2 == 0 ? "stamp1" : null, Stop); break;
                case ActKind.Delete: await scene.DeleteAsync(name, Stop); break;
                case ActKind.Commission: device.CustomerCommissions(); break;
                case ActKind.Release: device.CustomerReleases(); break;
                case ActKind.Lose: device.Unreachable = true; break;
                case ActKind.Find: device.Unreachable = false; break;
                case ActKind.Crash: scene.Wire.CrashAt = scene.Wire.Points + (act.Index % 17); break;
                case ActKind.Work when scene.Devices.All(d => !d.Unreachable): await scene.SettleAsync(Stop); break;
                default: await scene.WorkAWhileAsync(Stop); break;
            }
        }
        catch (CrashException)
        {
            await scene.RestartAsync();
        }
    }

    private static async Task AssertInvariantsAsync(LifecycleScene scene, string where)
    {
        var resources = new List<CustomerResource>();
        foreach (var name in Names)
        {
            if (await scene.FindAsync(name, Stop) is { } resource)
            {
                resources.Add(resource);
            }
        }

        foreach (var device in scene.Devices)
        {
            var record = await scene.RecordAsync(device.Serial, Stop);
            var allocation = await scene.Get<IDeviceStore>().AllocationAsync(device.Serial, Stop);
            var owners = resources.Where(r => r.Serial == device.Serial).ToList();
            void Holds(bool truth, string rule) => Assert.True(truth, $"{rule} broken for {record} ({device.Commission}, {device.Allocation}); {where}");

            Holds(record.Custody != CustodyState.Customer || record.AdminAccess == AdminAccess.Disabled, "I1");
            Holds(record.State != HsmState.Available || record is { Sanitisation: Sanitisation.VerifiedClean, Custody: CustodyState.Operator } && device is { Commission: CommissionState.Released, Content: false, AdminEnabled: true, Lmks: 0, Certificates: 0 }, "I3");
            Holds(owners.Count <= 1, "one device, one resource");
            Holds(allocation is null || resources.Any(r => r.Id.ToString() == allocation.ResourceId), "I12");
            Holds(record.Custody != CustodyState.Customer || allocation is not null, "custody has an allocation");
            Holds(owners is not [{ State: ResourceState.Succeeded }] || record.State is HsmState.Allocated or HsmState.HandingOver || device.Commission == CommissionState.Released, "a resource in use has its device");
            Holds(device.HandOvers.Distinct().Count() == device.HandOvers.Count, "each allocation handed over once");
            Holds(device.Commission == CommissionState.Released || record.Custody != CustodyState.Operator, "R30: a customer's device is never thought the operator's");
        }
    }

    internal enum ActKind
    {
        Create,
        Delete,
        Commission,
        Release,
        Lose,
        Find,
        Crash,
        Work,
    }

    internal sealed record Act(ActKind Kind, int Index)
    {
        /// <summary>How often each kind comes up.</summary>
        private static readonly ActKind[] Bag =
        [
            .. Enumerable.Repeat(ActKind.Create, 4), .. Enumerable.Repeat(ActKind.Delete, 3), .. Enumerable.Repeat(ActKind.Commission, 2), .. Enumerable.Repeat(ActKind.Release, 3),
            ActKind.Lose, .. Enumerable.Repeat(ActKind.Find, 2), .. Enumerable.Repeat(ActKind.Crash, 3), .. Enumerable.Repeat(ActKind.Work, 5),
        ];

        public static Act Any(Random chance) => new(Bag[chance.Next(Bag.Length)], chance.Next(1000));
    }
}
