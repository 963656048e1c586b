using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using static PaymentHsm.Domain.Tests.Operations.RestartScene;

namespace PaymentHsm.Domain.Tests.Operations;

public sealed class SoftRebootRulesTests
{
    private static readonly Actor Support = new("support1", Role.Support);
    private static readonly Ticket Ticket = new("T-1", "dead", Serial, "Contoso", TicketCategory.Unresponsive, Severity.High, null, TicketState.Open, "support1", Noon, "support1", 1);
    private static readonly RestartStanding Free = new(Serial, HsmState.Allocated, false, null, []);

    private static string? Request(Actor? actor = null, Ticket? ticket = null, RestartStanding? device = null, string? reason = "host ports dead") =>
        SoftRebootRules.Request(actor ?? Support, ticket ?? Ticket, device ?? Free, reason)?.RuleId;

    private static string? Confirm(Actor actor, Operation operation, TimeSpan later = default) => SoftRebootRules.Confirm(actor, operation, Options, Noon + later)?.RuleId;

    [Fact]
    public void Request_EverythingInOrder_IsAllowed() => Assert.Null(Request());

    [Theory]
    [InlineData(Role.Datacenter)]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Automation)]
    public void R1_OtherRoles_MayNotAsk(Role role) => Assert.Equal("R1", Request(new Actor("x", role)));

    [Fact]
    public void R53_ClosedOrForeignTicket_IsRefused()
    {
        Assert.Equal("R53", Request(ticket: Ticket with { State = TicketState.Closed }));
        Assert.Equal("R53", Request(ticket: Ticket with { Serial = HsmSerial.Parse("B4665271234F") }));
    }

    [Fact]
    public void R84_NoReason_IsRefused() => Assert.Equal("R84", Request(reason: " "));

    [Theory]
    [InlineData(OperationState.AwaitingConfirmation, "waiting for confirmation")]
    [InlineData(OperationState.Running, "already running")]
    public void R67_OperationInFlight_IsRefusedAndSaysWhich(OperationState state, string words)
    {
        var refusal = SoftRebootRules.Device(Free with { Running = Requested() with { State = state } });
        Assert.Equal("R67", refusal?.RuleId);
        Assert.Contains(words, refusal!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void R67_OtherOfThePairBusy_IsRefused() =>
        Assert.Equal("R67", Request(device: Free with { Pair = [new PairMember(HsmSerial.Parse("B4665271234F"), "stamp2", Health.Ok, true)] }));

    [Fact]
    public void R52_Tampered_IsFrozen() => Assert.Equal("R52", Request(device: Free with { Tampered = true }));

    [Fact]
    public void D14_EveryOtherState_IsRefused() => Assert.All(
        Enum.GetValues<HsmState>().Where(s => s is not (HsmState.Allocated or HsmState.Available)),
        s => Assert.Equal("D14", Request(device: Free with { Lifecycle = s })));

    [Fact]
    public void R2_OnlyEngineeringConfirms()
    {
        Assert.Null(Confirm(new Actor("engineer1", Role.Engineering), Requested()));
        Assert.Equal("R2", Confirm(new Actor("support2", Role.Support), Requested()));
    }

    [Fact]
    public void R10_SamePersonInAnotherRole_MayNotConfirm() => Assert.Equal("R10", Confirm(new Actor("support1", Role.Engineering), Requested()));

    [Fact]
    public void R67_SecondConfirm_IsRefused() => Assert.Equal("R67", Confirm(new Actor("engineer2", Role.Engineering), Confirmed()));

    [Fact]
    public void W2_ExpiredConfirm_IsRefused() => Assert.Equal("W2", Confirm(new Actor("engineer1", Role.Engineering), Requested(), Options.ConfirmWithin));

    [Fact]
    public void I9_FinishedOperation_IsNeverReopened() =>
        Assert.Equal("I9", Confirm(new Actor("engineer1", Role.Engineering), SoftReboot.Cancelled(Requested(), "withdrawn", Noon)));

    [Fact]
    public void Withdraw_OnlyWhileWaiting_ByRequesterOrEngineer()
    {
        Assert.Null(SoftRebootRules.Withdraw(Support, Requested()));
        Assert.Equal("R1", SoftRebootRules.Withdraw(new Actor("support2", Role.Support), Requested())?.RuleId);
        Assert.Equal("I9", SoftRebootRules.Withdraw(Support, Confirmed())?.RuleId);
    }
}
