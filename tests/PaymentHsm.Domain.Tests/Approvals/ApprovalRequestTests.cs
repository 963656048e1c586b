using FsCheck.Xunit;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Tests.Lifecycle;
using static PaymentHsm.Domain.Tests.Approvals.TestApprovals;

namespace PaymentHsm.Domain.Tests.Approvals;

public sealed class ApprovalRequestTests
{
    private static readonly (string Name, Func<ApprovalRequest, Outcome<ApprovalRequest>> Do)[] Steps =
    [
        ("submit", r => r.Submit(3, Options, Now)),
        ("approve", r => r.Decide(Yes(Third), Options)),
        ("reject", r => r.Decide(Yes(Third) with { Kind = DecisionKind.Reject }, Options)),
        ("arm", r => r.Arm(Binding, Options, Now)),
        ("consume", r => r.Consume(Binding, Now)),
        ("withdraw", r => r.Withdraw(Requester, Now)),
        ("revoke", r => r.Revoke(First, "found the cards", Now)),
        ("void", r => r.Void("the customer released it", Now)),
    ];

    private static readonly (ApprovalState From, string Step, ApprovalState Ends)[] Expected =
    [
        (ApprovalState.Draft, "submit", ApprovalState.Submitted),
        (ApprovalState.Draft, "withdraw", ApprovalState.Withdrawn),
        (ApprovalState.Submitted, "approve", ApprovalState.Submitted),
        (ApprovalState.Submitted, "reject", ApprovalState.Rejected),
        (ApprovalState.Submitted, "withdraw", ApprovalState.Withdrawn),
        (ApprovalState.Submitted, "revoke", ApprovalState.Revoked),
        (ApprovalState.Submitted, "void", ApprovalState.Invalidated),
        (ApprovalState.Approved, "void", ApprovalState.Invalidated),
        (ApprovalState.Armed, "void", ApprovalState.Invalidated),
        (ApprovalState.Approved, "arm", ApprovalState.Armed),
        (ApprovalState.Approved, "revoke", ApprovalState.Revoked),
        (ApprovalState.Armed, "consume", ApprovalState.Consumed),
        (ApprovalState.Armed, "revoke", ApprovalState.Revoked),
    ];

    public static TheoryData<ApprovalState, string> EveryPair() => TheoryPairs.Of(Enum.GetValues<ApprovalState>(), [.. Steps.Select(s => s.Name)]);

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void EveryStateAndStep_MovesAsTheReferenceSaysOrRefuses(ApprovalState state, string step)
    {
        var request = In(state);
        var row = Expected.FirstOrDefault(e => e.From == state && e.Step == step);

        var outcome = Steps.Single(s => s.Name == step).Do(request);

        if (row.Step is null)
        {
            Assert.Equal(request.IsTerminal ? "I9" : "R74", Refused(outcome).RuleId);
        }
        else
        {
            var after = Done(outcome);
            Assert.Equal((row.Ends, request.Version + 1), (after.State, after.Version));
            Assert.Equal(after.IsTerminal, after.EndedAt is not null && after.EndedBecause is not null);
        }
    }

    [Fact]
    public void Clocks_Approval_RunsFromSubmissionAndExecutionFromTheLastSignature()
    {
        Assert.Equal(Now + Options.ApproveWithin, Submitted.ApproveBefore);
        Assert.Null(Submitted.ExecuteBefore);

        var late = Done(Done(Submitted.Decide(Yes(First), Options)).Decide(Yes(Second, Now.AddHours(20)), Options));
        Assert.Equal(Now.AddHours(20) + Options.ExecuteWithin, late.ExecuteBefore);
    }

    [Fact]
    public void AsOf_ClockThatRanOut_ExpiresAtThatMoment()
    {
        Assert.Equal(ApprovalState.Submitted, Submitted.AsOf(Submitted.ApproveBefore!.Value.AddTicks(-1)).State);
        Assert.Equal((ApprovalState.Expired, Submitted.ApproveBefore), (Submitted.AsOf(Now.AddDays(9)).State, Submitted.AsOf(Now.AddDays(9)).EndedAt));
        Assert.All([Approved, Armed], r => Assert.Equal(ApprovalState.Expired, r.AsOf(r.ExecuteBefore!.Value).State));
        Assert.Equal(ApprovalState.Draft, Draft.AsOf(Now.AddDays(99)).State);
    }

    [Fact]
    public void Decide_Arm_Consume_AfterTheirClock_AreRefused()
    {
        Assert.Equal("R74", Refused(Submitted.Decide(Yes(First, Submitted.ApproveBefore), Options)).RuleId);
        Assert.Equal("R74", Refused(Approved.Arm(Binding, Options, Approved.ExecuteBefore!.Value)).RuleId);
        Assert.Equal("R74", Refused(Armed.Consume(Binding, Armed.ExecuteBefore!.Value)).RuleId);
    }

    [Fact]
    public void R74_Consume_Twice_IsRefused() => Assert.Equal("I9", Refused(Done(Armed.Consume(Binding, Now)).Consume(Binding, Now)).RuleId);

    [Fact]
    public void R74_ArmAndConsume_AfterDrift_InvalidateAndSayWhatChanged()
    {
        var drifted = Binding with { ResourceGeneration = 4, ObservedState = new Dictionary<string, string> { ["oob"] = "unreachable", ["tamper"] = "none" } };

        Assert.All([Done(Approved.Arm(drifted, Options, Now)), Done(Armed.Consume(drifted, Now))], r =>
        {
            Assert.Equal(ApprovalState.Invalidated, r.State);
            Assert.Contains("observedState.oob (signed reachable, now unreachable), resourceGeneration (signed 3, now 4)", r.EndedBecause);
        });
    }

    [Fact]
    public void W5_Arm_WhileCoolingOff_IsRefusedAndTheSecondClockBeginsAfterIt()
    {
        var slow = Options with { CoolingOff = TimeSpan.FromHours(1) };
        var approved = Done(Done(Submitted.Decide(Yes(First), slow)).Decide(Yes(Second), slow));

        Assert.Equal(Now + TimeSpan.FromHours(1) + slow.ExecuteWithin, approved.ExecuteBefore);
        Assert.Equal("W5", Refused(approved.Arm(Binding, slow, Now.AddMinutes(59))).RuleId);
        Assert.Equal(ApprovalState.Armed, Done(approved.Arm(Binding, slow, Now.AddHours(1))).State);
    }

    [Fact]
    public void Drifted_OnlyWhatIsStillOpenIsVoided()
    {
        var drifted = Binding with { Ticket = "T-1" };

        Assert.All([Submitted, Approved, Armed], r => Assert.Equal(ApprovalState.Invalidated, r.Drifted(drifted, Now)!.State));
        Assert.Null(Submitted.Drifted(Binding, Now));
        Assert.Null(In(ApprovalState.Consumed).Drifted(drifted, Now));
    }

    [Fact]
    public void R10_MayExecute_NeitherWhoAskedNorWhoSigned()
    {
        Assert.Equal("R10", ApprovalPolicy.MayExecute(Armed, First)!.RuleId);
        Assert.Equal("R10", ApprovalPolicy.MayExecute(Armed, new("ENGINEER2", Domain.People.Role.Engineering))!.RuleId);
        Assert.Equal("R10", ApprovalPolicy.MayExecute(Armed, new(Requester.Id, Domain.People.Role.Engineering))!.RuleId);
        Assert.Equal("R72", ApprovalPolicy.MayExecute(Armed, new("support2", Domain.People.Role.Support))!.RuleId);
        Assert.Null(ApprovalPolicy.MayExecute(Armed, Third));
        Assert.Null(ApprovalPolicy.MayExecute(Armed, new("automation1", Domain.People.Role.Automation)));
    }

    [Fact]
    public void R75_Eligible_CountsPeopleNotRoles() =>
        Assert.Equal(2, ApprovalPolicy.Eligible([First, First with { Id = "ENGINEER1" }, Second, Third, Requester], "engineer3", ["support2"]));

    [Fact]
    public void Arm_SignaturesThatAStoreHasLost_Invalidate() =>
        Assert.Equal(ApprovalState.Invalidated, Done((Approved with { Decisions = [Yes(First)] }).Arm(Binding, Options, Now)).State);

    [Fact]
    public void Submit_WithTooFewApprovers_IsRefused() => Assert.Equal("R75", Refused(Draft.Submit(2, Options, Now)).RuleId);

    [Fact]
    public void Withdraw_And_Revoke_AskWhoItIs()
    {
        Assert.Equal(RefusalKind.NotThisPerson, Refused(Submitted.Withdraw(First, Now)).Kind);
        Assert.Equal(RefusalKind.NotThisPerson, Refused(Armed.Revoke(new("datacenter1", Domain.People.Role.Datacenter), "no", Now)).Kind);
        Assert.Equal(ApprovalState.Revoked, Done(Armed.Revoke(Requester, "released after all", Now)).State);
    }

    [Property]
    public bool I9_AnyRunOfSteps_TerminalRequestsNeverChangeAndHistoryNeverShrinks(int[] rolls)
    {
        var request = Draft;
        foreach (var roll in rolls)
        {
            var index = (int)((uint)roll % (uint)(Steps.Length + 2));
            var next = index < Steps.Length
                ? Steps[index].Do(request) is Outcome<ApprovalRequest>.Done(var done) ? done : request
                : index == Steps.Length ? request.AsOf(Now.AddHours((uint)roll % 40)) : request.Decide(Yes(roll % 2 == 0 ? First : Second), Options) is Outcome<ApprovalRequest>.Done(var signed) ? signed : request;
            if ((request.IsTerminal && next != request) || next.Decisions.Count < request.Decisions.Count || !request.Decisions.SequenceEqual(next.Decisions.Take(request.Decisions.Count)))
            {
                return false;
            }

            request = next;
        }

        return request.State is not (ApprovalState.Approved or ApprovalState.Armed or ApprovalState.Consumed) || request.Decisions.Select(d => d.By.Id).Distinct().Count() >= 2;
    }
}
