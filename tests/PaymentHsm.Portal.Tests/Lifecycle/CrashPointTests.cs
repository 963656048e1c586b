using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Audit;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Tests.Lifecycle;

/// <summary>The portal dies before and after every single call to a device, through W1 and through W4: it always ends as if nothing had happened.</summary>
public sealed class CrashPointTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task W1_KilledAtEveryCallToTheDevice_SucceedsOnOneDeviceHandedOverOnce()
    {
        var points = await AtEveryPointAsync(
            async scene =>
            {
                await scene.CreateAsync("hsm1", "stamp1", Stop);
                await scene.SettleAsync(Stop);
            },
            async (scene, where) =>
            {
                var resource = await scene.FindAsync("hsm1", Stop);
                Assert.True(resource is { State: ResourceState.Succeeded, Serial: not null }, $"{where}: {resource?.State} {resource?.StatusMessage}");
                var device = scene.Devices.Single(d => d.Serial == resource!.Serial);
                Assert.Equal((where, CommissionState.InCustody, false, (250, 2)), (where, device.Commission, device.AdminEnabled, device.Licence));
                Assert.Equal(1, scene.Devices.Sum(d => d.HandOvers.Count));
                Assert.Equal(CustodyState.Customer, (await scene.RecordAsync(device.Serial, Stop)).Custody);
            });
        Assert.True(points >= 12, $"Only {points} points were tried.");
    }

    [Fact]
    public async Task W4_KilledAtEveryCallToTheDevice_ResourceIsGoneAndTheDeviceIsCleanInThePool()
    {
        var points = await AtEveryPointAsync(
            async scene =>
            {
                var device = scene.Devices.Single(d => d.HandOvers.Count == 1);
                device.CustomerCommissions();
                device.CustomerReleases();
                device.Certificates = 1;
                device.Firmware = "1.9a";
                await scene.DeleteAsync("hsm1", Stop);
                await scene.SettleAsync(Stop);
            },
            async (scene, where) =>
            {
                Assert.Null(await scene.FindAsync("hsm1", Stop));
                var device = scene.Devices.Single(d => d.HandOvers.Count == 1);
                Assert.Equal((where, 0, "2.2b", (60, 1)), (where, device.Certificates, device.Firmware, device.Licence));
                var record = await scene.RecordAsync(device.Serial, Stop);
                Assert.True(record is { State: HsmState.Available, Custody: CustodyState.Operator, Sanitisation: Sanitisation.VerifiedClean, Allocation: null }, $"{where}: {record}");
                Assert.Null(await scene.Get<IDeviceStore>().AllocationAsync(device.Serial, Stop));
            },
            async scene =>
            {
                await scene.CreateAsync("hsm1", "stamp1", Stop);
                await scene.SettleAsync(Stop);
            });
        Assert.True(points >= 12, $"Only {points} points were tried.");
    }

    /// <summary>Runs the act once without a crash to count its points, then once for each point; returns how many there were.</summary>
    private static async Task<int> AtEveryPointAsync(Func<LifecycleScene, Task> act, Func<LifecycleScene, string, Task> check, Func<LifecycleScene, Task>? before = null)
    {
        int? points = null;
        for (var at = -1; points is null || at < points; at++)
        {
            await using var scene = await LifecycleScene.StartAsync(4, Stop);
            if (before is not null)
            {
                await before(scene);
            }

            var begin = scene.Wire.Points;
            scene.Wire.CrashAt = at < 0 ? null : begin + at;
            try
            {
                await act(scene);
            }
            catch (CrashException)
            {
                // It died in the middle of somebody's request; the next process goes on.
                await scene.RestartAsync();
                await scene.SettleAsync(Stop);
            }

            points ??= scene.Wire.Points - begin;
            await check(scene, scene.Wire.CrashedAt ?? "no crash");
            Assert.Null((await new AuditTrail(scene.Get<IPortalDbs>(), scene.Clock).VerifyAsync(Stop)).FirstBroken);
        }

        return points.Value;
    }
}
