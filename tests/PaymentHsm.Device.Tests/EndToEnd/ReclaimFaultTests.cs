using PaymentHsm.Device.Tests.Redfish;
using PaymentHsm.Device.Tests.Simulator.Support;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.EndToEnd;

/// <summary>Reclaims of the real simulator while it misbehaves (OOB-PROFILE 9 and 11, column Reclaim): whatever is lost, customer content is erased once.</summary>
public sealed class ReclaimFaultTests
{
    private const string Allocation = "alloc-7f3a";
    private const string Action = "/redfish/v1/Systems/hsm/Actions/Oem/PaymentHsm.Reclaim";

    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(8);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", ReclaimDelivery.Accepted, 1)]
    [InlineData("CloseBeforeEffect", ReclaimDelivery.Unknown, 2)]
    [InlineData("CloseAfterEffect", ReclaimDelivery.Unknown, 1)]
    [InlineData("HangBeforeEffect", ReclaimDelivery.Unknown, 2)]
    [InlineData("HangAfterEffect", ReclaimDelivery.Unknown, 1)]
    [InlineData("Status401", ReclaimDelivery.Accepted, 1)]
    [InlineData("Status503", ReclaimDelivery.Unknown, 2)]
    [InlineData("Status500", ReclaimDelivery.Unknown, 2)]
    [InlineData("MalformedJson", ReclaimDelivery.Unknown, 1)]
    [InlineData("TruncatedBody", ReclaimDelivery.Unknown, 1)]
    [InlineData("NoLocation202", ReclaimDelivery.Unknown, 1)]
    [InlineData("OffOriginLink", ReclaimDelivery.Unknown, 1)]
    public async Task R73_content_is_erased_once_whatever_becomes_of_the_request(string kind, ReclaimDelivery delivery, int sends)
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.GiveToCustomerAsync(Allocation);
        var authority = TestAuthority.For(scene.Link.Serial, Allocation, Guid.NewGuid());
        if (kind.Length > 0)
        {
            await scene.InjectAsync(kind, "POST", Action, count: 1);
        }

        var first = await scene.Link.SendReclaimAsync(authority, Stop);
        Assert.Equal(delivery, first.Delivery);
        var (operation, sent) = await FollowAsync(scene, authority);

        Assert.Equal((DeviceOperationState.Succeeded, "ReclaimCompleted", sends), (operation.State, operation.ResultKey, sent));
        await ErasedOnceAsync(scene, authority.Operation);
    }

    [Fact]
    public async Task TaskLost_TheRecordTellsHowItEnded()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.GiveToCustomerAsync(Allocation);
        await scene.InjectAsync("TaskLost", "GET", "/redfish/v1/TaskService");
        var authority = TestAuthority.For(scene.Link.Serial, Allocation, Guid.NewGuid());
        Assert.Equal(ReclaimDelivery.Accepted, (await scene.Link.SendReclaimAsync(authority, Stop)).Delivery);
        var (operation, _) = await FollowAsync(scene, authority);
        Assert.Equal((DeviceOperationState.Succeeded, null), (operation.State, operation.Phase));
        await ErasedOnceAsync(scene, authority.Operation);
    }

    [Fact]
    public async Task TaskStuck_StaysUnderWay_AndGoesOnWhenLifted()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.GiveToCustomerAsync(Allocation);
        await scene.InjectAsync("TaskStuck", "*", "/");
        var authority = TestAuthority.For(scene.Link.Serial, Allocation, Guid.NewGuid());
        Assert.Equal(ReclaimDelivery.Accepted, (await scene.Link.SendReclaimAsync(authority, Stop)).Delivery);
        var stuck = await scene.Link.FindOperationAsync(authority.Operation, Stop);
        Assert.Equal((DeviceOperationState.Accepted, "Accepted"), (stuck!.State, stuck.Phase));
        await scene.ClearAsync();
        await FollowAsync(scene, authority);
        await ErasedOnceAsync(scene, authority.Operation);
    }

    [Theory]
    [InlineData("TaskException")]
    [InlineData("HardLock")]
    public async Task R80_a_device_that_cannot_be_erased_says_so_and_stays_closed(string kind)
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.GiveToCustomerAsync(Allocation);
        await scene.InjectAsync(kind, "*", "/");
        var authority = TestAuthority.For(scene.Link.Serial, Allocation, Guid.NewGuid());
        Assert.Equal(ReclaimDelivery.Accepted, (await scene.Link.SendReclaimAsync(authority, Stop)).Delivery);
        var (operation, _) = await FollowAsync(scene, authority);
        Assert.Equal((DeviceOperationState.Failed, "ReclaimFailed", "Failed"), (operation.State, operation.ResultKey, operation.Phase));

        await scene.ClearAsync();
        var facts = await scene.Link.ReadCommissionAsync(Stop);
        Assert.Equal((CommissionState.EraseFailed, AdminAccess.Disabled, false), (facts.State, facts.AdminAccess, facts.LastEraseVerified));
        Assert.DoesNotContain("CustomerContentErased", await KeysAsync(scene));
        Assert.Equal(LinkFault.Unsupported, (await Assert.ThrowsAnyAsync<LinkException>(() => scene.Link.ReadContentAsync(Stop))).Fault);

        // The same id tells the same for ever; a fresh approval may try again.
        Assert.Equal(ReclaimDelivery.Accepted, (await scene.Link.SendReclaimAsync(authority, Stop)).Delivery);
        Assert.Equal(DeviceOperationState.Failed, (await scene.Link.FindOperationAsync(authority.Operation, Stop))!.State);
        var fresh = TestAuthority.For(scene.Link.Serial, Allocation, Guid.NewGuid());
        await scene.Link.SendReclaimAsync(fresh, Stop);
        await FollowAsync(scene, fresh);
        await ErasedOnceAsync(scene, fresh.Operation, accepted: 2);
    }

    [Fact]
    public async Task LogGap_TheProofOnTheDeviceStays_AndTheGapIsToldOnce()
    {
        await using var scene = await DriverScene.StartAsync(Patient);
        await scene.GiveToCustomerAsync(Allocation);
        var authority = TestAuthority.For(scene.Link.Serial, Allocation, Guid.NewGuid());
        await scene.Link.SendReclaimAsync(authority, Stop);
        await FollowAsync(scene, authority);
        await scene.InjectAsync("LogGap", "*", "/");
        Assert.True((await scene.Link.ReadAuditAsync(1, Stop)).HasGap);
        var facts = await scene.Link.ReadCommissionAsync(Stop);
        Assert.Equal((CommissionState.Released, authority.Operation, true), (facts.State, facts.LastEraseOperation, facts.LastEraseVerified));
    }

    /// <summary>What the portal does after the first send: looks the operation up, sends the same id again only after a clean "never heard of it".</summary>
    private static async Task<(DeviceOperation Operation, int Sends)> FollowAsync(DriverScene scene, ReclaimAuthority authority)
    {
        var sends = 1;
        var ended = await Eventually.GetAsync(async () =>
        {
            try
            {
                var found = await scene.Link.FindOperationAsync(authority.Operation, Stop);
                if (found is null && sends < 3)
                {
                    sends++;
                    await scene.Link.SendReclaimAsync(authority, Stop);
                }

                return found is { State: DeviceOperationState.Succeeded or DeviceOperationState.Failed } ? found : null;
            }
            catch (LinkException failure) when (failure.IsTransient)
            {
                return null;
            }
        });
        return (ended, sends);
    }

    private static async Task ErasedOnceAsync(DriverScene scene, Guid operation, int accepted = 1)
    {
        var facts = await scene.Link.ReadCommissionAsync(Stop);
        Assert.Equal(
            (CommissionState.Released, null, AdminAccess.Enabled, false, operation, true),
            (facts.State, facts.Allocation, facts.AdminAccess, facts.CustomerContentPresent, facts.LastEraseOperation, facts.LastEraseVerified));
        var content = await scene.Link.ReadContentAsync(Stop);
        Assert.Equal((0, 0, 0L, true), (content.LmksLoaded, content.Certificates, content.LogEntries, content.FactoryConfiguration));
        var keys = await KeysAsync(scene);
        Assert.Equal((accepted, 1, 1), (keys.Count(k => k == "ReclaimAccepted"), keys.Count(k => k == "CustomerContentErased"), keys.Count(k => k == "ReclaimCompleted")));
        var sessions = (await scene.Device.GetAsync("/redfish/v1/SessionService/Sessions"))["Members"]!.AsArray();
        foreach (var session in sessions)
        {
            Assert.NotEqual("oob-reclaim", (string?)(await scene.Device.GetAsync((string)session!["@odata.id"]!))["UserName"]);
        }
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(DriverScene scene) => [.. (await scene.Link.ReadAuditAsync(0, Stop)).Entries.Select(entry => entry.Key)];
}
