using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Domain.Tests.WorkOrders;

/// <summary>Who is told when a replacement at the rack is overdue, and of what none is ordered (W10).</summary>
public sealed class OverdueNoticeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly HsmSerial Serial = HsmSerial.Parse("A4665271234F");
    private static readonly Actor Engineer = new("engineer1", Role.Engineering);

    [Fact]
    public void Overdue_NobodyTookIt_TheSiteIsTold_TakenItsPeopleAndEngineering_EachOncePerStep()
    {
        var options = new WorkOrderOptions();
        var order = Assert.IsType<Outcome<WorkOrder>.Done>(PartSwapActs.Open(Engineer, Serial, new Location("eastus", "stamp1", "R1", 4), SwapPart.Psu1, "dead", null, null, options, Noon)).Value with { Number = "WO-0001" };
        var taken = Assert.IsType<Outcome<WorkResult>.Done>(WorkOrderActs.Accept(order, new Actor("datacenter1", Role.Datacenter), options, Noon)).Value.Order;

        var (open, late) = (WorkOrderNotices.Overdue(order), WorkOrderNotices.Overdue(taken));

        Assert.Equal(["engineer1"], open.To.People);
        Assert.Equal(Role.Datacenter, open.To.OnCall);
        Assert.Equal(["engineer1", "datacenter1"], late.To.People);
        Assert.Equal(Role.Engineering, late.To.OnCall);
        Assert.NotEqual(open.Key, late.Key);
        Assert.Equal(open.Key, WorkOrderNotices.Overdue(WorkOrderActs.Escalate(order)).Key);
    }

    [Theory]
    [InlineData(Role.Support, HsmState.Available, "R2")]
    [InlineData(Role.Engineering, HsmState.DestructionStarted, "R47")]
    [InlineData(Role.Engineering, HsmState.Destroyed, "R47")]
    [InlineData(Role.Engineering, HsmState.Allocated, null)]
    public void R47_Replacement_ByAnEngineer_OfAUnitInTheRack(Role role, HsmState state, string? rule) =>
        Assert.Equal(rule, PartSwapActs.Closed(new Actor("somebody", role), Serial, state)?.RuleId);
}
