using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tests.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Domain.WorkOrders;
using static PaymentHsm.Domain.Tests.WorkOrders.WorkScene;

namespace PaymentHsm.Domain.Tests.WorkOrders;

public sealed class DestructionActsTests
{
    private const string Disk = "HDD-1";
    private static readonly string Photo = new('a', 64);
    private static readonly Ticket Ticket = new("T-1", "burnt", Serial, null, TicketCategory.Hardware, Severity.High, null, TicketState.Open, "support1", Noon, "support1", 1);

    private static WorkOrder Opened() => DestructionActs.Open(
        Destruction.Armed(Destruction.Requested(RestartScene.Id, Ticket, "burnt", Disk, "RB-1", "support1", true, false, [], Noon), ["engineer1", "engineer3"]), ["support1", "engineer1", "engineer3"], Place, Options, Noon) with
    { Number = "WO-0002" };

    /// <summary>Every act in its order, by whom it must be done.</summary>
    private static readonly (WorkStep Step, Func<WorkOrder, Actor, Outcome<WorkResult>> Act, Actor By)[] Acts =
    [
        (WorkStep.Accept, (o, a) => WorkOrderActs.Accept(o, a, Options, Noon), One),
        (WorkStep.Remove, (o, a) => DestructionActs.Remove(o, a, Serial.ToString(), "S-1", "key 7", null, Noon), One),
        (WorkStep.ConfirmRemoval, (o, a) => DestructionActs.ConfirmRemoval(o, a, Serial.ToString(), "S-1", null, Options, Noon), Two),
        (WorkStep.DestroyDisk, (o, a) => DestructionActs.Destroy(o, a, false, Disk, "shredded", Photo, "B1", Noon), One),
        (WorkStep.WitnessDisk, (o, a) => DestructionActs.Witness(o, a, false, Disk, Options, Noon), Two),
        (WorkStep.DestroyHsm, (o, a) => DestructionActs.Destroy(o, a, true, Serial.ToString(), "crushed", Photo, "B2", Noon), One),
        (WorkStep.WitnessHsm, (o, a) => DestructionActs.Witness(o, a, true, Serial.ToString(), Options, Noon), Two),
        (WorkStep.Certify, (o, a) => DestructionActs.Certify(o, a, "compared", Noon), Engineer),
    ];

    private static WorkOrder At(WorkStep step)
    {
        var order = Opened();
        foreach (var (_, act, by) in Acts.TakeWhile(a => a.Step != step))
        {
            order = Done(act(order, by));
        }

        return order;
    }

    [Fact]
    public void I8_InEveryStep_OnlyItsOwnActByItsOwnPersonIsTaken()
    {
        foreach (var at in Acts)
        {
            var order = At(at.Step);
            Assert.Equal(at.Step, order.Step);
            foreach (var (step, act, by) in Acts)
            {
                foreach (var person in (Actor[])[One, Two, Engineer])
                {
                    var outcome = act(order, person);
                    var mayAccept = at.Step == WorkStep.Accept && step == WorkStep.Accept && person == Two;
                    var isRepeat = step == WorkStep.Accept && person == One;
                    var allowed = (step == at.Step && person == by) || mayAccept || isRepeat;
                    Assert.True(allowed == outcome is Outcome<WorkResult>.Done, $"at {at.Step}: {step} by {person.Id}");
                }
            }
        }
    }

    [Fact]
    public void D28_AnotherDisk_Stops()
    {
        var stopped = Done(DestructionActs.Destroy(At(WorkStep.DestroyDisk), One, false, "HDD-2", "shredded", Photo, "B1", Noon));
        Assert.Equal((WorkOrderState.OnHold, "D28"), (stopped.State, stopped.Stop!.RuleId));
        Assert.Null(((WorkDetails.Destruction)stopped.Work).Disk);
        var again = Done(WorkOrderActs.Release(stopped, Engineer, "spare disk", Options, Noon));
        Assert.Equal(WorkStep.DestroyDisk, again.Step);
    }

    [Fact]
    public void D27_AnotherSeal_StopsBeforeThePointOfNoReturn()
    {
        var stopped = Done(DestructionActs.ConfirmRemoval(At(WorkStep.ConfirmRemoval), Two, Serial.ToString(), "S-9", null, Options, Noon));
        Assert.Equal((WorkOrderState.OnHold, (DateTimeOffset?)null), (stopped.State, ((WorkDetails.Destruction)stopped.Work).RemovedAt));
    }

    [Fact]
    public void NextMove_TheDeviceFollowsTheOrder_AndNeverRunsAhead()
    {
        var device = DeviceRecord.InPool(Serial, Noon) with { State = HsmState.PendingDestruction };
        Assert.Null(Destruction.NextMove(device, At(WorkStep.ConfirmRemoval)));
        foreach (var (step, expected) in new[] { (WorkStep.DestroyDisk, HsmState.DestructionStarted), (WorkStep.DestroyHsm, HsmState.HddDestroyed) })
        {
            var (trigger, facts) = Destruction.NextMove(device, At(step))!.Value;
            device = Assert.IsType<Outcome<DeviceRecord>.Done>(device.Apply(trigger, facts, Noon)).Value;
            Assert.Equal(expected, device.State);
            Assert.Null(Destruction.NextMove(device, At(step)));
        }

        Assert.Null(Destruction.NextMove(device, At(WorkStep.Certify)));
        var certified = Done(DestructionActs.Certify(At(WorkStep.Certify), Engineer, "compared", Noon));
        var last = Destruction.NextMove(device, certified)!.Value;
        Assert.Equal(HsmState.Destroyed, Assert.IsType<Outcome<DeviceRecord>.Done>(device.Apply(last.Event, last.Facts, Noon)).Value.State);
    }
}
