using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using static PaymentHsm.Domain.Tests.Operations.ReclaimScene;

namespace PaymentHsm.Domain.Tests.Operations;

public sealed class ForceDeleteRulesTests
{
    private static readonly Actor Support = new("support1", Role.Support);

    private static readonly Ticket Open = new("T-10482", "dead", Serial, "Contoso", TicketCategory.HsmDelete, Severity.High, null, TicketState.Open, "support1", Noon, "support1", 1);

    private static readonly TicketDocument Document =
        new("D-1", "T-10482", "d0c0", "request.pdf", "application/pdf", 100, "Ann", Noon, "portal", SenderVerification.CallBack, "support1", Noon);

    private static readonly CustomerResource Resource = new(
        new ResourceId(Guid.Empty, "rg", "hsm"), "eastus", ResourceSku.All[0], "stamp1", [], new Dictionary<string, string>(), new NetworkProfile("subnet", []), null, ResourceState.Succeeded, "", null, Serial, null,
        "Contoso", new ResourceStamp("a", false, Noon), new ResourceStamp("a", false, Noon), Noon, null, null, [], 1, 1);

    private static readonly DeviceRecord Held = DeviceRecord.InPool(Serial, Noon) with { State = HsmState.Allocated, Custody = CustodyState.Customer, AdminAccess = AdminAccess.Disabled, Allocation = ReclaimScene.Allocation };

    private static ForceDeleteStanding Standing => new(Held, Resource, null);

    [Fact]
    public void Request_EverythingInHand_GoesToTheQuorum() => Assert.Null(ForceDeleteRules.Request(Support, Open, Standing, "cards lost", Document));

    public static TheoryData<string, string, RefusalKind> Bad() => new()
    {
        { "who", "R72", RefusalKind.NotThisPerson },
        { "ticket", "R53", RefusalKind.NotInThisState },
        { "device", "R72", RefusalKind.NotInThisState },
        { "allocation", "R72", RefusalKind.NotInThisState },
        { "held", "R67", RefusalKind.NotInThisState },
        { "resource", "R72", RefusalKind.NotInThisState },
        { "deleting", "R72", RefusalKind.NotInThisState },
        { "reason", "R72", RefusalKind.BadInput },
        { "long reason", "R72", RefusalKind.BadInput },
        { "document", "R72", RefusalKind.BadInput },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Request_OneThingWrong_IsRefusedByItsRule(string what, string rule, RefusalKind kind)
    {
        var no = ForceDeleteRules.Request(
            what == "who" ? new Actor("datacenter1", Role.Datacenter) : Support,
            what == "ticket" ? Open with { State = TicketState.Closed } : Open,
            what switch
            {
                "device" => Standing with { Record = Held with { State = HsmState.Available } },
                "allocation" => Standing with { Record = Held with { Allocation = null } },
                "held" => Standing with { Running = Requested() },
                "resource" => Standing with { Resource = null },
                "deleting" => Standing with { Resource = Resource with { State = ResourceState.Deleting } },
                _ => Standing,
            },
            what == "reason" ? " " : what == "long reason" ? new string('x', TicketRules.MaxText + 1) : "cards lost",
            what == "document" ? null : Document);

        Assert.Equal((rule, kind), (no?.RuleId, no?.Kind));
    }

    [Fact]
    public void R89_Brake_TooManyInAnHour_IsRefused()
    {
        Assert.Null(ForceDeleteRules.Brake("eastus", 9, 10));
        Assert.Equal("R89", ForceDeleteRules.Brake("eastus", 10, 10)!.RuleId);
    }

    [Fact]
    public void R54_Ladder_NamesWhatWasTriedAndWhyTheRestWasNot()
    {
        var reboot = Requested() with { Kind = OperationKind.SoftReboot, State = OperationState.Finished, Outcome = OperationOutcome.NotObserved, FinishedAt = Noon };
        var lapsed = reboot with { Kind = OperationKind.HardReboot, Outcome = OperationOutcome.Cancelled };

        var lines = ForceDeleteRules.Ladder([reboot, lapsed], "board fault,\nsparks").Split('\n');

        Assert.Equal(["Soft reboot: NotObserved at 2026-11-23 12:00:00Z (op-3d4e5f)", "Hard reboot: not tried, reason: board fault, sparks"], lines);
        Assert.EndsWith("not tried; the reason below says why", ForceDeleteRules.Ladder([reboot], null), StringComparison.Ordinal);
    }
}
