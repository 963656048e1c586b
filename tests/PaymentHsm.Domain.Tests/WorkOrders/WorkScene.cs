using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Domain.Tests.Operations;

namespace PaymentHsm.Domain.Tests.WorkOrders;

/// <summary>Two people at a rack, an engineer far away, and an order.</summary>
internal static class WorkScene
{
    public static readonly DateTimeOffset Noon = RestartScene.Noon;
    public static readonly HsmSerial Serial = RestartScene.Serial;
    public static readonly WorkOrderOptions Options = new();
    public static readonly HardRebootOptions Clocks = new();
    public static readonly Location Place = new("eastus", "stamp1", "R12", 21);
    public static readonly Actor One = new("datacenter1", Role.Datacenter);
    public static readonly Actor Two = new("datacenter2", Role.Datacenter);
    public static readonly Actor Engineer = new("engineer2", Role.Engineering);

    public static Operation Asked() => HardReboot.Request(RestartScene.Id, Serial, "T-1", "hard-locked", "support1", new Evidence("ladder", "none", Noon), [], Clocks, Noon);

    public static Operation Running() => HardReboot.Confirmed(HardReboot.Decided(Asked(), ImpactDecision.Wait, null, "support1", null, null, Noon), "engineer1", Noon);

    public static WorkOrder Opened() => PowerCycleActs.Open(Running(), Place, Severity.Critical, Options, Noon) with { Number = "WO-0001", Version = 1 };

    public static WorkOrder Accepted() => Done(WorkOrderActs.Accept(Opened(), One, Options, Noon));

    public static WorkOrder Identified() => Done(PowerCycleActs.Scan(Accepted(), One, Serial.ToString(), null, Options, Noon));

    public static WorkOrder Confirmed() => Done(PowerCycleActs.ConfirmSlot(Identified(), Two, Serial.ToString(), 21, null, Options, Noon));

    /// <summary>Both cords out since a second after noon.</summary>
    public static WorkOrder BothOff() => Cord(Cord(Confirmed(), Supply.Psu1, false, 0), Supply.Psu2, false, 1);

    /// <summary>Both in again a minute later.</summary>
    public static WorkOrder BothOn() => Cord(Cord(BothOff(), Supply.Psu1, true, 61), Supply.Psu2, true, 62);

    public static WorkOrder Cord(WorkOrder order, Supply supply, bool on, int second) =>
        Done(PowerCycleActs.Power(order, One, supply, on, null, Options, Noon.AddSeconds(second)));

    public static WorkOrder Done(Outcome<WorkResult> outcome) => Assert.IsType<Outcome<WorkResult>.Done>(outcome).Value.Order;

    public static string? Rule(Outcome<WorkResult> outcome) => outcome switch
    {
        Outcome<WorkResult>.Refused(var why) => why.RuleId,
        Outcome<WorkResult>.Done(var done) => done.Stopped?.RuleId,
        _ => null,
    };
}
