using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;
using static PaymentHsm.Domain.Tests.WorkOrders.WorkScene;

namespace PaymentHsm.Domain.Tests.WorkOrders;

public sealed class PowerCycleActsTests
{
    [Fact]
    public void Order_TwoPeopleInOrder_ComesToVerify()
    {
        var order = BothOn();
        Assert.Equal((WorkStep.Verify, "datacenter1", "datacenter2"), (order.Step, order.Assignee, order.SecondPerson));
        Assert.Equal(Noon.AddSeconds(62) + Options.VerifyWithin, order.DueAt);
    }

    [Fact]
    public void R10_WhoAskedOrConfirmed_TouchesNothing_InWhateverRole()
    {
        Assert.Equal("R10", Rule(WorkOrderActs.Accept(Opened(), new Actor("support1", Role.Datacenter), Options, Noon)));
        Assert.Equal("R10", Rule(PowerCycleActs.ConfirmSlot(Identified(), new Actor("engineer1", Role.Datacenter), Serial.ToString(), 21, null, Options, Noon)));
    }

    [Theory]
    [InlineData("B4665271234F", WorkOrderState.OnHold)]
    [InlineData("not a label", WorkOrderState.AtWork)]
    [InlineData("", WorkOrderState.AtWork)]
    public void R66_OtherLabel_StopsOnlyWhenItIsAnotherUnits(string label, WorkOrderState state)
    {
        var before = Accepted();
        var outcome = PowerCycleActs.Scan(before, One, label, new Location("eastus", "stamp1", "R12", 24), Options, Noon);
        Assert.Equal("R66", Rule(outcome));
        var order = outcome is Outcome<WorkResult>.Done(var stopped) ? stopped.Order : before;
        Assert.Equal((state, WorkStep.Identify), (order.State, order.Step));
        if (state == WorkOrderState.OnHold)
        {
            Assert.Contains("3 units lower", order.Stop!.Reason, StringComparison.Ordinal);
            Assert.Equal("R66", Rule(PowerCycleActs.Scan(order, One, Serial.ToString(), null, Options, Noon)));
        }
    }

    [Fact]
    public void R66_SamePersonTwice_IsNoSecondPerson() => Assert.Equal("R66", Rule(PowerCycleActs.ConfirmSlot(Identified(), One, Serial.ToString(), 21, null, Options, Noon)));

    [Fact]
    public void R66_WrongSlot_Stops() => Assert.Equal(WorkOrderState.OnHold, Done(PowerCycleActs.ConfirmSlot(Identified(), Two, null, 24, null, Options, Noon)).State);

    [Fact]
    public void R66_CordsBackTooEarly_IsRefused_AndSaysHowLong()
    {
        var outcome = PowerCycleActs.Power(BothOff(), One, Supply.Psu1, true, null, Options, Noon.AddSeconds(43));
        Assert.Contains("18 s", Assert.IsType<Outcome<WorkResult>.Refused>(outcome).Why.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void R68_TheSameTapTwice_ChangesNothing()
    {
        var order = BothOff();
        Assert.Same(order, Done(PowerCycleActs.Power(order, One, Supply.Psu1, false, null, Options, Noon.AddSeconds(5))));
        var accepted = Accepted();
        Assert.Same(accepted, Done(WorkOrderActs.Accept(accepted, One, Options, Noon)));
        Assert.Equal("R66", Rule(WorkOrderActs.Accept(accepted, Two, Options, Noon)));
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(60)]
    public void R66_RecordedTimes_LieBetweenTheConfirmationAndNow(int second) =>
        Assert.Equal("R66", Rule(PowerCycleActs.Power(Confirmed(), One, Supply.Psu1, false, Noon.AddSeconds(second), Options, Noon.AddSeconds(20))));

    [Fact]
    public void Cancel_OnceACordWasPulled_IsRefused()
    {
        Assert.Equal(WorkOrderState.Cancelled, Done(WorkOrderActs.Cancel(Confirmed(), Engineer, "answers again", Noon)).State);
        Assert.Equal("R66", Rule(WorkOrderActs.Cancel(BothOff(), Engineer, "answers again", Noon)));
        Assert.Equal("R2", Rule(WorkOrderActs.Cancel(Confirmed(), One, "tired", Noon)));
    }

    [Fact]
    public void I10_EveryStepBeforeTheEnd_HasADeadline()
    {
        WorkOrder[] all = [Opened(), Accepted(), Identified(), Confirmed(), BothOff(), BothOn()];
        Assert.All(all, o => Assert.True(o.DueAt > Noon));
        Assert.True(Opened().IsOverdue(Noon + Options.AcceptWithin));
    }
}
