using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tests.Operations;
using PaymentHsm.Domain.WorkOrders;
using static PaymentHsm.Domain.Tests.WorkOrders.WorkScene;

namespace PaymentHsm.Domain.Tests.WorkOrders;

public sealed class HardRebootTests
{
    private static readonly OperationProgress.PowerCycle Watched = new()
    {
        Decision = ImpactDecision.Wait,
        Marks = RestartScene.Marks,
        OobLostAt = Noon,
        OobBackAt = Noon.AddMinutes(2),
        Tamper = TamperState.None,
    };

    private static RestartTrace Booted(string cause, long boot = 18) => RestartScene.Trace(true, Noon.AddMinutes(2), RestartScene.Entry(101, "RestartCompleted", boot, null, $"{boot}", cause));

    private static OperationOutcome? Judge(RestartTrace? trace, TamperState tamper = TamperState.None, bool over = false, OperationProgress.PowerCycle? watch = null) =>
        PowerCycleJudgement.Of(watch ?? Watched, trace, tamper, over).Outcome;

    [Theory]
    [InlineData("PowerEvent")]
    [InlineData("PowerRestorePolicy")]
    [InlineData("PowerButtonPress")]
    public void Judge_OneBootByPower_IsVerified(string cause) => Assert.Equal(OperationOutcome.Verified, Judge(Booted(cause)));

    [Fact]
    public void Judge_SignsThatDisagree_AreContradictory()
    {
        Assert.Equal(OperationOutcome.Contradictory, Judge(Booted("ManagementCommand")));
        Assert.Equal(OperationOutcome.Contradictory, Judge(Booted("PowerEvent"), TamperState.High));
        Assert.Equal(OperationOutcome.Contradictory, Judge(RestartScene.Trace(true, Noon.AddMinutes(2), RestartScene.Entry(101, "RestartRequested", 17), RestartScene.Entry(102, "RestartCompleted", 18, null, "18", "PowerEvent"))));
        Assert.Equal(OperationOutcome.Contradictory, Judge(RestartScene.Trace(true, Noon.AddMinutes(2), RestartScene.Entry(101, "RestartCompleted", 18, null, "18", "PowerEvent"), RestartScene.Entry(102, "RestartCompleted", 19, null, "19", "PowerEvent"))));
    }

    [Fact]
    public void Judge_NothingHappenedToTheDevice_SaysThatAnotherUnitMayHaveBeenPulled()
    {
        var judgement = PowerCycleJudgement.Of(Watched with { OobLostAt = null, OobBackAt = null }, RestartScene.Trace(true, null), TamperState.None, true);
        Assert.Equal(OperationOutcome.Contradictory, judgement.Outcome);
        Assert.Contains("another unit", judgement.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_AtTheDeadline_ProposesTheNextRung()
    {
        Assert.Null(Judge(RestartScene.Trace(false, null)));
        Assert.Null(Judge(Booted("PowerEvent"), TamperState.Unknown));
        var judgement = PowerCycleJudgement.Of(Watched, null, TamperState.Unknown, true);
        Assert.Equal(OperationOutcome.NotObserved, judgement.Outcome);
        Assert.Contains("force delete", judgement.Detail, StringComparison.Ordinal);
        Assert.Equal(OperationOutcome.NotObserved, Judge(Booted("PowerEvent"), over: true, watch: Watched with { Marks = null }));
    }

    [Fact]
    public void Next_FromTheRequestToTheEnd_NeverPowersAnythingItself()
    {
        Assert.IsType<PowerCycleAct.Wait>(HardReboot.Next(Asked(), null, Clocks, Noon));
        Assert.IsType<PowerCycleAct.Lapse>(HardReboot.Next(Asked(), null, Clocks, Noon + Clocks.ConfirmWithin));
        Assert.IsType<PowerCycleAct.TakeMarks>(HardReboot.Next(Running(), null, Clocks, Noon));
        var marked = HardReboot.Marked(Running(), RestartScene.Marks);
        Assert.IsType<PowerCycleAct.OpenOrder>(HardReboot.Next(marked, null, Clocks, Noon));
        Assert.IsType<PowerCycleAct.Follow>(HardReboot.Next(marked, Opened(), Clocks, Noon));
        var followed = HardReboot.Followed(marked, Opened(), Noon);
        Assert.IsType<PowerCycleAct.Wait>(HardReboot.Next(followed, Opened(), Clocks, Noon));
        Assert.IsType<PowerCycleAct.Escalate>(HardReboot.Next(followed, Opened(), Clocks, Noon + Options.AcceptWithin));
        Assert.IsType<PowerCycleAct.Watch>(HardReboot.Next(HardReboot.Followed(marked, BothOn(), Noon), BothOn(), Clocks, Noon));
        var ended = WorkOrderActs.Ended(BothOn(), WorkOrderState.Done, "portal", OperationOutcome.Verified, "seen", Noon);
        Assert.IsType<PowerCycleAct.Finish>(HardReboot.Next(HardReboot.Followed(marked, ended, Noon), ended, Clocks, Noon));
    }

    [Fact]
    public void MarksFailed_ADeadController_DoesNotStandInTheWay()
    {
        var tried = HardReboot.MarksFailed(HardReboot.MarksFailed(Running(), "silent", Clocks, Noon), "silent", Clocks, Noon);
        Assert.IsType<PowerCycleAct.OpenOrder>(HardReboot.Next(tried, null, Clocks, Noon));
    }
}
