using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Tests.Lifecycle;

/// <summary>The invariants of DOMAIN 2.5 over random lives: random events with facts that are mostly right, sometimes wrong in one point or many.</summary>
[Properties(Arbitrary = [typeof(Lives)], MaxTest = 1500)]
public sealed class DeviceRecordProperties
{
    [Property]
    public bool I1_AnyLife_CustomerCustodyMeansThatAccessIsDisabled(Life life) =>
        Walk(life).All(s => s.After.Custody != CustodyState.Customer || s.After.AdminAccess == AdminAccess.Disabled);

    [Property]
    public bool R13_AnyLife_CustodyPassesOnlyWithARefusedLoginOfThisHandOver(Life life) =>
        Walk(life).Where(s => s.After.Custody == CustodyState.Customer && s.Before.Custody != CustodyState.Customer).All(s =>
            s.Facts.Login is { Outcome: AdministratorLoginOutcome.Refused } login && login.At >= s.Before.StateSince);

    [Property]
    public bool I2_AnyLife_AccessComesBackOnlyThroughAVerifiedErasure(Life life) =>
        Walk(life).Where(s => s.Before.AdminAccess == AdminAccess.Disabled && s.After.AdminAccess == AdminAccess.Enabled).All(s =>
            s.Trigger == HsmEvent.SanitisationVerified && s.Facts.Erasure is { Misses.Count: 0 });

    [Property]
    public bool I3_AnyLife_AvailableMeansCleanInCustodyAndOnBaseline(Life life) =>
        Walk(life).Where(s => s.After.State == HsmState.Available).All(s =>
            s.After is { Sanitisation: Sanitisation.VerifiedClean, Custody: CustodyState.Operator, AdminAccess: AdminAccess.Enabled, Allocation: null }
            && (s.Trigger == HsmEvent.CancelReservation || s.Before.State == HsmState.Available || s.Facts.Baseline is { Misses.Count: 0 }));

    [Property]
    public bool I5_AnyLife_ReclaimStartsOnlyWithAConsumedApproval(Life life) =>
        Walk(life).Where(s => s.After.State == HsmState.Reclaiming && s.Before.State != HsmState.Reclaiming).All(s => s.Facts.ApprovalConsumed);

    [Property]
    public bool I7_AnyLife_ADirtyUnitLeavesQuarantineOnlyByALateReclaimOrToDestruction(Life life) =>
        Walk(life).Where(s => s.Before is { State: HsmState.Quarantined, Sanitisation: not Sanitisation.VerifiedClean } && s.After.State != HsmState.Quarantined).All(s =>
            s.Trigger is HsmEvent.ReclaimedLater or HsmEvent.OrderDestruction);

    [Property]
    public bool I8_AnyLife_TheHsmIsDestroyedOnlyAfterItsDisk(Life life) =>
        Walk(life).Where(s => s.After.State == HsmState.Destroyed).All(s => s.Before.State == HsmState.HddDestroyed && s.Facts.DatacenterSignatures >= 2);

    [Property]
    public bool I10_AnyLife_EveryPassingStateIsDueAndCanBeLeft(Life life) =>
        Walk(life).Where(s => HsmLifecycle.MarkOf(s.After.State) == StateMark.Passing).All(s =>
            s.After.Deadline(LifecycleOptions.Default) is { } due && due > s.After.StateSince
            && s.After.Apply(HsmLifecycle.OverdueEvent(s.After.State)!.Value, DeviceFacts.None, due) is Outcome<DeviceRecord>.Done);

    [Property]
    public bool R79_AnyLife_AFailedUnitIsNeverUsedAgain(Life life) =>
        Walk(life).Where(s => s.Before.HardwareFailed).All(s => s.After.HardwareFailed && s.After.State is not (HsmState.Available or HsmState.Commissioning or HsmState.Rebaselining));

    [Property]
    public bool AnyLife_FenceRisesByOneAndTimeNeverGoesBack(Life life) =>
        Walk(life).All(s => s.After.Fence == s.Before.Fence + 1 && s.After.StateSince >= s.Before.StateSince);

    /// <summary>The generator is worth something only if lives get far.</summary>
    [Fact]
    public void Generator_ManyLives_VisitEveryState()
    {
        var visited = Lives.Arbitrary().Generator.Sample(3000, size: 100).SelectMany(life => Walk(life)).Select(s => s.After.State).ToHashSet();

        Assert.Equal(Enum.GetValues<HsmState>().Where(s => s is not (HsmState.Received or HsmState.Racked)).Order(), visited.Where(s => s is not (HsmState.Received or HsmState.Racked)).Order());
    }

    private static List<LifeStep> Walk(Life life)
    {
        var steps = new List<LifeStep>();
        var device = life.Start;
        var now = TestFacts.Now;
        foreach (var draw in life.Draws)
        {
            now += TimeSpan.FromSeconds(20);
            var possible = HsmLifecycle.Table.EventsIn(device.State);
            var trigger = draw.Pick is { } pick && possible.Count > 0 ? possible[pick % possible.Count] : draw.Any;
            var facts = draw.Spoil.Aggregate(TestFacts.For(trigger, now), (f, spoil) => Lives.Spoilers[spoil](f));
            if (device.Apply(trigger, facts, now) is Outcome<DeviceRecord>.Done(var after))
            {
                steps.Add(new LifeStep(device, trigger, facts, after));
                device = after;
            }
        }

        return steps;
    }

    private sealed record LifeStep(DeviceRecord Before, HsmEvent Trigger, DeviceFacts Facts, DeviceRecord After);
}
