using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using static PaymentHsm.Domain.Tests.Operations.ReclaimScene;

namespace PaymentHsm.Domain.Tests.Operations;

/// <summary>D24: which device may be reclaimed again, by whose right, and what is read back.</summary>
public sealed class ReclaimAgainTests
{
    private static readonly Actor Support = new("support1", Role.Support);
    private static readonly DeviceRecord Dirty = new(Serial, HsmState.Quarantined, CustodyState.ComingBack, AdminAccess.Disabled, Sanitisation.Dirty, Noon.AddDays(-1), 9);

    public static TheoryData<string, string> Refusals() => new()
    {
        { nameof(HsmState.Allocated), "D24" },
        { nameof(HsmState.Available), "D24" },
        { nameof(HsmState.PendingDestruction), "D24" },
        { nameof(HsmState.DestructionStarted), "D24" },
        { nameof(HsmState.Destroyed), "D24" },
        { "clean", "D24" },
        { "resource", "D24" },
        { "hardware", "R79" },
        { "hold", "R52" },
        { "busy", "R67" },
        { "closed", "R53" },
        { "datacenter", "D24" },
        { "reason", "D24" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void D24_Request_OfWhatIsNoCase_IsRefused(string what, string rule)
    {
        var device = what switch
        {
            "clean" => Dirty with { Sanitisation = Sanitisation.VerifiedClean, Custody = CustodyState.Operator },
            "hardware" => Dirty with { HardwareFailed = true },
            "hold" => Dirty with { Hold = true },
            _ => Enum.TryParse<HsmState>(what, out var state) ? Dirty with { State = state } : Dirty,
        };

        var no = Ask(
            device, what == "datacenter" ? new Actor("datacenter1", Role.Datacenter) : Support, what != "resource", what == "busy" ? Begun() : null, what == "reason" ? " " : "the switch was replaced",
            what == "closed" ? TicketState.Closed : TicketState.Open);

        Assert.Equal(rule, no?.RuleId);
        Assert.Null(Ask(Dirty, Support, true, null, "the switch was replaced", TicketState.Open));
    }

    [Fact]
    public void R79_FailedHardware_IsRefusedByTheTableToo()
    {
        var facts = DeviceFacts.None with { ReadAt = Noon, ReportedSerial = Serial, Commission = CommissionState.Released, CustomerContentPresent = false, EngineerSignatures = 2 };

        Assert.Equal("R79", Assert.IsType<Outcome<DeviceRecord>.Refused>((Dirty with { HardwareFailed = true }).Apply(HsmEvent.ReclaimedLater, facts, Noon)).Why.RuleId);
        Assert.Equal("R52", Assert.IsType<Outcome<DeviceRecord>.Refused>((Dirty with { Hold = true }).Apply(HsmEvent.ReclaimedLater, facts, Noon)).Why.RuleId);
        Assert.Equal(HsmState.Released, Assert.IsType<Outcome<DeviceRecord>.Done>(Dirty.Apply(HsmEvent.ReclaimedLater, facts, Noon)).Value.State);
    }

    [Fact]
    public void I5_Authority_OnlyForTheSignedStateOperationAndAllocation()
    {
        var consumed = Consumed(ReclaimAuthority.AgainAction, ReclaimScene.Allocation);

        Assert.Equal((Serial, Id, ReclaimScene.Allocation), Assert.IsType<Outcome<ReclaimAuthority>.Done>(ReclaimAuthority.Mint(consumed, Id, Dirty, new ApprovalOptions())).Value switch { var a => (a.Serial, a.Operation, a.Allocation) });
        Assert.Equal("D24", Refused(consumed, Id, Dirty with { State = HsmState.PendingDestruction }));
        Assert.Equal("R79", Refused(consumed, Id, Dirty with { HardwareFailed = true }));
        Assert.Equal("R52", Refused(consumed, Id, Dirty with { Hold = true }));
        Assert.Equal("I5", Refused(consumed, Id, Dirty with { Sanitisation = Sanitisation.VerifiedClean }));
        Assert.Equal("I5", Refused(consumed, Guid.NewGuid(), Dirty));
        Assert.Equal("I5", Refused(Consumed(ReclaimAuthority.AgainAction, null), Id, Dirty));
        Assert.Equal("I5", Refused(Consumed("Destruction", ReclaimScene.Allocation), Id, Dirty));

        // A force delete's approval opens nothing in quarantine, and a Reclaim again's nothing while a force delete runs.
        Assert.Equal("I5", Refused(Consumed(ReclaimAuthority.Action, ReclaimScene.Allocation), Id, Dirty));
        Assert.Equal("D24", Refused(consumed, Id, Dirty with { State = HsmState.Reclaiming, Allocation = ReclaimScene.Allocation }));
    }

    [Fact]
    public void D24_AlreadyReleased_NothingIsSent_TheReadBackDecides()
    {
        var other = Released() with { LastEraseOperation = Guid.NewGuid() };
        var begun = ForceDelete.Begun(Armed(), "portal", Options, Noon);

        var read = ForceDelete.CheckedFirst(begun, other, null, 100, Options, Noon);

        Assert.IsType<ReclaimAct.ReadBack>(ForceDelete.Next(read, Noon));
        Assert.IsType<ReclaimAct.Verify>(ForceDelete.Next(ForceDelete.ReadBackDone(read, other, Log(ours: false), Options, Noon), Noon));
        Assert.IsType<ReclaimAct.GiveUp>(ForceDelete.Next(ForceDelete.ReadBackDone(read, other with { CustomerContentPresent = true }, Log(ours: false), Options, Noon.AddHours(1)), Noon.AddHours(1)));
    }

    [Fact]
    public void D24_ArmedIsUsedByItself_AndACancelledOneLeavesNothingRunning()
    {
        Assert.IsType<ReclaimAct.Wait>(ForceDelete.Next(Asked(), Noon));
        Assert.IsType<ReclaimAct.Begin>(ForceDelete.Next(Armed(), Noon));
        var cancelled = ForceDelete.Cancelled(Armed(), "APR-0117 is Revoked.", Noon);

        Assert.Equal((OperationState.Finished, OperationOutcome.Cancelled), (cancelled.State, cancelled.Outcome));
        Assert.DoesNotContain(cancelled.Steps, s => s.State == StepState.Running);
    }

    [Fact]
    public void D24_NotProven_SaysThatTheDeviceStaysInQuarantine()
    {
        var failed = ForceDelete.CheckedFirst(ForceDelete.Begun(Armed(), "portal", Options, Noon), Held(allocation: "alloc-other"), null, 100, Options, Noon);
        var closed = ForceDelete.Closed(ForceDelete.Detached(ForceDelete.GivenUp(failed, Noon), "d1e5", Noon), Noon);

        Assert.Equal(OperationOutcome.NotErased, closed.Outcome);
        Assert.Contains("stays in quarantine", closed.OutcomeDetail, StringComparison.Ordinal);
        Assert.DoesNotContain(closed.Steps, s => s.State == StepState.Running);
    }

    private static Operation Asked() => ForceDelete.RequestAgain(
        Id, Serial, "T-10482", "the switch was replaced", "support1", [], new OperationProgress.Reclaim("/subscriptions/x", ReclaimScene.Allocation, "Contoso"), "APR-0117", Noon.AddHours(24), Noon);

    private static Operation Armed() => ForceDelete.Armed(Asked(), ["engineer1", "engineer2"], Noon.AddHours(4), Noon);

    private static Refusal? Ask(DeviceRecord device, Actor actor, bool gone, Operation? running, string? reason, TicketState ticket) => ReclaimAgainRules.Request(
        actor, new Ticket("T-10482", "cannot be erased", Serial, "Contoso", TicketCategory.HsmDelete, Severity.High, "", ticket, "support1", Noon, null, 1), device, gone, running, reason, Noon, LifecycleOptions.Default);

    private static string Refused(ApprovalRequest approval, Guid operation, DeviceRecord device) =>
        Assert.IsType<Outcome<ReclaimAuthority>.Refused>(ReclaimAuthority.Mint(approval, operation, device, new ApprovalOptions())).Why.RuleId;

    private static ApprovalRequest Consumed(string action, string? allocation)
    {
        var options = new ApprovalOptions();
        var binding = new ApprovalBinding(
            Serial, "service", null, null, allocation, "T-10482", 1, null, action, new Dictionary<string, string> { [ReclaimAuthority.OperationParameter] = Id.ToString() }, null, new Dictionary<string, string>(), "erased");
        var asked = Done(ApprovalRequest.Draft("APR-0117", "support1", [], binding).Submit(3, options, Noon));
        var signed = new[] { "engineer1", "engineer2" }.Aggregate(asked, (request, person) => Done(request.Decide(
            new Decision(new Actor(person, Role.Engineering), Noon, DecisionKind.Approve, request.Digest, Serial.ToString(), Noon, "read and agreed"), options)));
        return Done(Done(signed.Arm(binding, options, Noon)).Consume(binding, Noon));
    }

    private static T Done<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Done>(outcome).Value;
}
