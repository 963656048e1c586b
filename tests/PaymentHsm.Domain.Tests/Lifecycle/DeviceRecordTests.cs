using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using static PaymentHsm.Domain.Tests.Lifecycle.TestFacts;

namespace PaymentHsm.Domain.Tests.Lifecycle;

public sealed class DeviceRecordTests
{
    [Fact]
    public void Apply_WholeLifeOfAGoodDevice_MovesCustodyAndAccessWithTheState()
    {
        var device = DeviceRecord.InPool(Serial, Now);
        (HsmEvent Trigger, CustodyState Custody, AdminAccess Access, Sanitisation Content, bool Allocated)[] life =
        [
            (HsmEvent.Reserve, CustodyState.Operator, AdminAccess.Enabled, Sanitisation.VerifiedClean, true),
            (HsmEvent.HandOver, CustodyState.HandingOver, AdminAccess.Unknown, Sanitisation.VerifiedClean, true),
            (HsmEvent.AccessDisabled, CustodyState.Customer, AdminAccess.Disabled, Sanitisation.Dirty, true),
            (HsmEvent.Restart, CustodyState.Customer, AdminAccess.Disabled, Sanitisation.Dirty, true),
            (HsmEvent.ReleaseObserved, CustodyState.ComingBack, AdminAccess.Disabled, Sanitisation.ReleasedUnverified, true),
            (HsmEvent.SanitisationVerified, CustodyState.Operator, AdminAccess.Enabled, Sanitisation.VerifiedClean, false),
            (HsmEvent.Rebaselined, CustodyState.Operator, AdminAccess.Enabled, Sanitisation.VerifiedClean, false),
        ];

        foreach (var (trigger, custody, access, content, allocated) in life)
        {
            device = Done(device.Apply(trigger, For(trigger, Now), Now));
            Assert.Equal((custody, access, content, allocated), (device.Custody, device.AdminAccess, device.Sanitisation, device.Allocation is not null));
        }

        Assert.Equal((HsmState.Available, 8L), (device.State, device.Fence));
    }

    [Fact]
    public void I1_Apply_RefusedLoginWhileTheDeviceSaysNothing_StillMeansThatAccessIsDisabled()
    {
        var device = Done(In(HsmState.HandingOver).Apply(HsmEvent.AccessDisabled, For(HsmEvent.AccessDisabled, Now) with { AdminAccess = AdminAccess.Unknown }, Now));

        Assert.Equal((CustodyState.Customer, AdminAccess.Disabled), (device.Custody, device.AdminAccess));
    }

    [Fact]
    public void D18_Apply_ReclaimOfADeadDevice_LeavesItDirtyAndOnlyDestructionOrALateReclaimFollow()
    {
        var failed = Done(In(HsmState.Reclaiming).Apply(HsmEvent.ReclaimFailed, DeviceFacts.None with { HardwareFailure = true }, Now));

        Assert.Equal((HsmState.Quarantined, Sanitisation.Dirty, true), (failed.State, failed.Sanitisation, failed.HardwareFailed));
        HsmEvent[] Possible(DeviceRecord device) => [.. Enum.GetValues<HsmEvent>().Where(e => device.Apply(e, For(e, Now), Now) is Outcome<DeviceRecord>.Done)];
        Assert.Equal([HsmEvent.ReclaimedLater, HsmEvent.OrderDestruction, HsmEvent.TamperOrMismatch], Possible(failed with { HardwareFailed = false }));
        Assert.Equal([HsmEvent.OrderDestruction, HsmEvent.TamperOrMismatch], Possible(failed));
    }

    [Fact]
    public void D20b_Apply_FailedUnitThatWasErased_NeverGetsBackToThePool()
    {
        var failed = Done(In(HsmState.Released).Apply(HsmEvent.HardwareFailed, For(HsmEvent.HardwareFailed, Now), Now));

        Assert.Equal("R79", Refused(failed.Apply(HsmEvent.ReclaimedLater, Perfect(Now), Now)).RuleId);
        Assert.Equal("R79", Refused((failed with { State = HsmState.Released }).Apply(HsmEvent.SanitisationVerified, Perfect(Now), Now)).RuleId);
    }

    [Fact]
    public void D13_Apply_HandOverThatFailed_TrustsOnlyALoginThatWasLetInSince()
    {
        DeviceRecord After(AdministratorLogin? login) =>
            Done(In(HsmState.HandingOver).Apply(HsmEvent.HandOverFailed, DeviceFacts.None with { Login = login }, Now.AddMinutes(1)));

        var open = After(new(AdministratorLoginOutcome.LetIn, Now.AddSeconds(5), "201"));
        Assert.Equal((CustodyState.Operator, AdminAccess.Enabled, Sanitisation.VerifiedClean), (open.Custody, open.AdminAccess, open.Sanitisation));

        Assert.All<AdministratorLogin?>(
            [null, new(AdministratorLoginOutcome.Refused, Now.AddSeconds(5), "401"), new(AdministratorLoginOutcome.LetIn, Now.AddSeconds(-5), "201")],
            login => Assert.Equal((CustodyState.ComingBack, AdminAccess.Unknown, Sanitisation.ReleasedUnverified), (After(login).Custody, After(login).AdminAccess, After(login).Sanitisation)));
    }

    [Fact]
    public void D5_Apply_NewUnitThatFailsItsBaseline_KeepsWhatWasFoundOutAboutItsContent()
    {
        Assert.Equal(Sanitisation.VerifiedClean, Done(In(HsmState.Commissioning).Apply(HsmEvent.BaselineFailed, Perfect(Now), Now)).Sanitisation);
        Assert.Equal(Sanitisation.Unknown, Done(In(HsmState.Commissioning).Apply(HsmEvent.BaselineFailed, DeviceFacts.None, Now)).Sanitisation);
    }

    [Fact]
    public void I12_Close_AnAllocationRecord_OnceAndNotBeforeItOpened()
    {
        var open = new AllocationRecord("alloc-7f3a", Serial, "/subscriptions/x/resource", "hsm-1", "Contoso", Now, null, "e1");

        var closed = Assert.IsType<Outcome<AllocationRecord>.Done>(open.Close(Now.AddDays(1), "e2")).Value;
        Assert.Equal((Now.AddDays(1), "e2"), (closed.ClosedAt, closed.ClosingDigest));
        Assert.Equal("I12", Assert.IsType<Outcome<AllocationRecord>.Refused>(closed.Close(Now.AddDays(2), "e3")).Why.RuleId);
        Assert.Equal("I12", Assert.IsType<Outcome<AllocationRecord>.Refused>(open.Close(Now.AddDays(-1), "e3")).Why.RuleId);
    }
}
