using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using static PaymentHsm.Domain.Tests.Lifecycle.TestFacts;

namespace PaymentHsm.Domain.Tests.Lifecycle;

public sealed class HsmLifecycleTests
{
    /// <summary>The reference, row by row, written down a second time: D30 is in a test of its own.</summary>
    private static readonly (string Id, HsmState From, HsmEvent Trigger, HsmState To)[] Expected =
    [
        ("D2", HsmState.Received, HsmEvent.Rack, HsmState.Racked),
        ("D3", HsmState.Racked, HsmEvent.Commission, HsmState.Commissioning),
        ("D4", HsmState.Commissioning, HsmEvent.BaselinePassed, HsmState.Available),
        ("D5", HsmState.Commissioning, HsmEvent.BaselineFailed, HsmState.Quarantined),
        ("D6", HsmState.Available, HsmEvent.StartPatch, HsmState.Patching),
        ("D7", HsmState.Patching, HsmEvent.Patched, HsmState.Available),
        ("D8", HsmState.Patching, HsmEvent.PatchFailed, HsmState.Quarantined),
        ("D9", HsmState.Available, HsmEvent.Reserve, HsmState.Reserved),
        ("D10", HsmState.Reserved, HsmEvent.CancelReservation, HsmState.Available),
        ("D11", HsmState.Reserved, HsmEvent.HandOver, HsmState.HandingOver),
        ("D12", HsmState.HandingOver, HsmEvent.AccessDisabled, HsmState.Allocated),
        ("D13", HsmState.HandingOver, HsmEvent.HandOverFailed, HsmState.Quarantined),
        ("D14", HsmState.Allocated, HsmEvent.Restart, HsmState.Allocated),
        ("D15", HsmState.Allocated, HsmEvent.ReleaseObserved, HsmState.Released),
        ("D16", HsmState.Allocated, HsmEvent.StartReclaim, HsmState.Reclaiming),
        ("D17", HsmState.Reclaiming, HsmEvent.ReclaimVerified, HsmState.Released),
        ("D18", HsmState.Reclaiming, HsmEvent.ReclaimFailed, HsmState.Quarantined),
        ("D19", HsmState.Released, HsmEvent.SanitisationVerified, HsmState.Rebaselining),
        ("D20", HsmState.Released, HsmEvent.SanitisationMissed, HsmState.Quarantined),
        ("D20b", HsmState.Released, HsmEvent.HardwareFailed, HsmState.Quarantined),
        ("D21", HsmState.Rebaselining, HsmEvent.Rebaselined, HsmState.Available),
        ("D22", HsmState.Rebaselining, HsmEvent.RebaselineFailed, HsmState.Quarantined),
        ("D23", HsmState.Quarantined, HsmEvent.RepairSignedOff, HsmState.Commissioning),
        ("D24", HsmState.Quarantined, HsmEvent.ReclaimedLater, HsmState.Released),
        ("D25", HsmState.Quarantined, HsmEvent.OrderDestruction, HsmState.PendingDestruction),
        ("D26", HsmState.PendingDestruction, HsmEvent.CancelDestruction, HsmState.Quarantined),
        ("D27", HsmState.PendingDestruction, HsmEvent.RemovalScanned, HsmState.DestructionStarted),
        ("D28", HsmState.DestructionStarted, HsmEvent.HddDestroyed, HsmState.HddDestroyed),
        ("D29", HsmState.HddDestroyed, HsmEvent.HsmDestroyed, HsmState.Destroyed),
        ("D31", HsmState.Available, HsmEvent.Retire, HsmState.PendingDestruction),
        ("D31", HsmState.Quarantined, HsmEvent.Retire, HsmState.PendingDestruction),
    ];

    public static TheoryData<HsmState, HsmEvent> EveryPair() =>
        TheoryPairs.Of(Enum.GetValues<HsmState>(), [.. Enum.GetValues<HsmEvent>().Where(e => e != HsmEvent.TamperOrMismatch)]);

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Apply_EveryStateAndEvent_MovesAsTheReferenceSaysOrRefusesWithARule(HsmState state, HsmEvent trigger)
    {
        var device = Ready(state, trigger);
        var row = Expected.FirstOrDefault(e => e.From == state && e.Trigger == trigger);

        var outcome = device.Apply(trigger, For(trigger, Now), Now.AddSeconds(1));

        if (row.Id is null)
        {
            var why = Refused(outcome);
            Assert.Equal(RefusalKind.NotInThisState, why.Kind);
            Assert.Matches("^(D[0-9]+b?)$", why.RuleId);
            Assert.Contains(state.ToString(), why.Reason);
            Assert.NotNull(why.Instead);
        }
        else
        {
            var moved = Done(outcome);
            Assert.Equal(row.To, moved.State);
            Assert.Equal(device.Fence + 1, moved.Fence);
            Assert.Equal(row.To == state ? Now : Now.AddSeconds(1), moved.StateSince);
            Assert.Equal(row.Id, Assert.IsType<StepResult<HsmState, HsmEvent>.Moved>(HsmLifecycle.Table.Next(state, trigger)).By.Id);
        }
    }

    [Theory]
    [InlineData(HsmState.Received, HsmState.Quarantined)]
    [InlineData(HsmState.Racked, HsmState.Quarantined)]
    [InlineData(HsmState.Commissioning, HsmState.Quarantined)]
    [InlineData(HsmState.Available, HsmState.Quarantined)]
    [InlineData(HsmState.Patching, HsmState.Quarantined)]
    [InlineData(HsmState.Reserved, HsmState.Quarantined)]
    [InlineData(HsmState.HandingOver, HsmState.HandingOver)]
    [InlineData(HsmState.Allocated, HsmState.Allocated)]
    [InlineData(HsmState.Released, HsmState.Released)]
    [InlineData(HsmState.Reclaiming, HsmState.Reclaiming)]
    [InlineData(HsmState.Rebaselining, HsmState.Quarantined)]
    [InlineData(HsmState.Quarantined, HsmState.Quarantined)]
    [InlineData(HsmState.PendingDestruction, HsmState.PendingDestruction)]
    [InlineData(HsmState.DestructionStarted, HsmState.DestructionStarted)]
    [InlineData(HsmState.HddDestroyed, HsmState.HddDestroyed)]
    public void D30_Apply_TamperInAnyStateButDestroyed_HoldsTheDevice(HsmState state, HsmState expected)
    {
        var device = Done(In(state).Apply(HsmEvent.TamperOrMismatch, DeviceFacts.None, Now));

        Assert.Equal(expected, device.State);
        Assert.True(device.Hold);
    }

    [Fact]
    public void D30_Apply_TamperOfADestroyedDevice_IsRefused() =>
        Assert.Equal("D30", Refused(In(HsmState.Destroyed).Apply(HsmEvent.TamperOrMismatch, DeviceFacts.None, Now)).RuleId);

    [Fact]
    public void Next_NothingBeforeADeviceExists_ButReceive()
    {
        Assert.All(Enum.GetValues<HsmEvent>(), e =>
            Assert.Equal(e == HsmEvent.Receive, HsmLifecycle.Table.Next(null, e) is StepResult<HsmState, HsmEvent>.Moved { By.To: HsmState.Received }));
    }

    [Fact]
    public void D1_Receive_WithoutTheSitesChecks_IsRefused()
    {
        Assert.Equal("D1", Refused(DeviceRecord.Receive(Serial, DeviceFacts.None, Now)).RuleId);
        Assert.Equal(HsmState.Received, Done(DeviceRecord.Receive(Serial, Perfect(Now), Now)).State);
    }

    [Fact]
    public void I10_EveryPassingState_HasADeadlineAndAWayOutThatNoFactCanBlock()
    {
        foreach (var state in Enum.GetValues<HsmState>())
        {
            var passing = HsmLifecycle.MarkOf(state) == StateMark.Passing;
            Assert.Equal(passing, LifecycleOptions.Default.DeadlineOf(state) is { } limit && limit > TimeSpan.Zero);
            Assert.Equal(passing, HsmLifecycle.OverdueEvent(state) is not null);
            if (HsmLifecycle.OverdueEvent(state) is { } overdue)
            {
                var held = In(state) with { Hold = true, Custody = CustodyState.Unknown };
                Assert.NotEqual(state, Done(held.Apply(overdue, DeviceFacts.None, Now)).State);
            }
        }
    }

    [Fact]
    public void Deadline_PassingState_CountsFromItsEntry()
    {
        Assert.Equal(Now + LifecycleOptions.Default.Reclaiming, In(HsmState.Reclaiming).Deadline(LifecycleOptions.Default));
        Assert.Null(In(HsmState.Allocated).Deadline(LifecycleOptions.Default));
    }
}
