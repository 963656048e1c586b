using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Notifications;

public sealed class NoticeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 0, 0, TimeSpan.Zero);

    private static readonly Operation Waiting = new(
        Guid.Parse("01a20cc8-a88b-7225-982a-e703e6c70cee"), OperationKind.SoftReboot, HsmSerial.Parse("A4665271234F"), "T-7", "host ports dead", "engineer1", Now, OperationState.AwaitingConfirmation, [], null, null,
        Now.AddHours(4), null, new OperationProgress.None(), null, 1);

    [Fact]
    public void Waiting_TellsThoseOnCallButNotTheRequester()
    {
        var notice = OperationNotices.For(Waiting)!;
        Assert.Equal(["engineer2", "engineer3"], notice.To.Resolve(["engineer1", "engineer2", "engineer3"]));
        Assert.Equal("Soft reboot of A4665271234F waits for confirmation", notice.Title);
    }

    [Theory]
    [InlineData(OperationOutcome.Verified, NoticeLevel.Info, new[] { "engineer1", "engineer2" })]
    [InlineData(OperationOutcome.Cancelled, NoticeLevel.Info, new[] { "engineer1", "engineer2" })]
    [InlineData(OperationOutcome.NotObserved, NoticeLevel.Critical, new[] { "engineer1", "engineer2", "engineer3" })]
    public void Finished_AlwaysTellsTheRequesterAndOnCallWhenPeopleAreNeeded(OperationOutcome outcome, NoticeLevel level, string[] told)
    {
        var notice = OperationNotices.For(Waiting with { State = OperationState.Finished, Outcome = outcome, ConfirmedBy = "engineer2" })!;
        Assert.Equal(level, notice.Level);
        Assert.Equal(told, notice.To.Resolve(notice.To.OnCall is null ? [] : ["engineer3"]));
    }

    [Fact]
    public void PortalsOwnWork_TellsNobodyUnlessPeopleAreNeeded() =>
        Assert.Null(OperationNotices.For(Waiting with { RequestedBy = Actor.Portal.Id, State = OperationState.Finished, Outcome = OperationOutcome.Verified }));

    [Fact]
    public void Roster_SomebodyOnCall_ReplacesTheWholeRole()
    {
        Actor[] engineers = [new("engineer1", Role.Engineering), new("engineer2", Role.Engineering)];
        var roster = new OnCallRoster(new Dictionary<Role, IReadOnlyList<string>> { [Role.Engineering] = ["engineer2"], [Role.Support] = [] });
        Assert.Equal(["engineer2"], roster.Of(Role.Engineering, engineers));
        Assert.Equal(["engineer1", "engineer2"], roster.Of(Role.Support, engineers));
    }
}
