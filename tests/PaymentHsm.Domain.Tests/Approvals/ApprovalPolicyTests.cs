using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.People;
using static PaymentHsm.Domain.Tests.Approvals.TestApprovals;

namespace PaymentHsm.Domain.Tests.Approvals;

public sealed class ApprovalPolicyTests
{
    private static readonly Dictionary<string, (Decision Decision, string Rule)> Bad = new()
    {
        ["the requester"] = (Yes(new Actor("support1", Role.Support)), "R75"),
        ["the requester under another role"] = (Yes(new Actor("support1", Role.Engineering)), "R75"),
        ["the requester in capitals"] = (Yes(new Actor("SUPPORT1", Role.Engineering)), "R75"),
        ["the ticket's owner under another role"] = (Yes(new Actor("support2", Role.Engineering)), "I6"),
        ["nobody"] = (Yes(new Actor(" ", Role.Engineering)), "R10"),
        ["support"] = (Yes(new Actor("support3", Role.Support)), "R75"),
        ["automation"] = (Yes(Actor.Portal), "R75"),
        ["the auditor"] = (Yes(new Actor("auditor1", Role.Auditor)), "R75"),
        ["another digest"] = (Yes(First) with { Digest = new string('0', 64) }, "R74"),
        ["only the tail of the serial"] = (Yes(First) with { TypedSerial = "71234F" }, "R76"),
        ["the serial of another device"] = (Yes(First) with { TypedSerial = "A4665271234G" }, "R76"),
        ["a comment that is too long"] = (Yes(First) with { Comment = new string('x', ApprovalPolicy.MaxComment + 1) }, "R84"),
        ["no comment"] = (Yes(First) with { Comment = " " }, "R84"),
        ["no second factor"] = (Yes(First) with { StepUpAt = null }, "R75"),
        ["an old second factor"] = (Yes(First) with { StepUpAt = Now - Options.StepUpAge - TimeSpan.FromSeconds(1) }, "R75"),
        ["a second factor of tomorrow"] = (Yes(First) with { StepUpAt = Now.AddDays(1) }, "R75"),
    };

    public static TheoryData<string> BadNames() => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Decide_BadSignature_IsRefusedAndNotKept(string who)
    {
        var (decision, rule) = Bad[who];

        Assert.Equal(rule, Refused(Submitted.Decide(decision, Options)).RuleId);
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Judge_BadSignatureAmongGoodOnes_Denies(string who)
    {
        var request = Approved with { Decisions = [.. Approved.Decisions, Bad[who].Decision] };

        Assert.IsType<Verdict.Deny>(ApprovalPolicy.Judge(request, Options));
    }

    [Fact]
    public void R75_Decide_SamePersonTwice_IsRefusedAndCountsOnce()
    {
        var once = Done(Submitted.Decide(Yes(First), Options));

        Assert.Equal("R75", Refused(once.Decide(Yes(First with { Id = "Engineer1" }), Options)).RuleId);
        Assert.Equal(new Verdict.Wait(1), ApprovalPolicy.Judge(once with { Decisions = [Yes(First), Yes(First)] }, Options));
    }

    [Fact]
    public void Judge_Signatures_WaitUntilTheQuorum()
    {
        Assert.Equal(new Verdict.Wait(2), ApprovalPolicy.Judge(Submitted, Options));
        Assert.Equal(new Verdict.Wait(1), ApprovalPolicy.Judge(Done(Submitted.Decide(Yes(First), Options)), Options));
        Assert.IsType<Verdict.Allow>(ApprovalPolicy.Judge(Approved, Options));
        Assert.Equal(new Verdict.Wait(1), ApprovalPolicy.Judge(Approved, Options with { Quorum = 3 }));
    }

    [Fact]
    public void Judge_QuorumSetBelowTheFloor_StillNeedsTwo() =>
        Assert.Equal(new Verdict.Wait(1), ApprovalPolicy.Judge(Done(Submitted.Decide(Yes(First), Options)), Options with { Quorum = 1 }));

    [Fact]
    public void Judge_OneNoAmongEnoughYes_Denies() =>
        Assert.IsType<Verdict.Deny>(ApprovalPolicy.Judge(Approved with { Decisions = [.. Approved.Decisions, Yes(Third) with { Kind = DecisionKind.Reject }] }, Options));

    [Fact]
    public void Judge_DecisionOfAnUnknownKind_Denies() =>
        Assert.IsType<Verdict.Deny>(ApprovalPolicy.Judge(Submitted with { Decisions = [Yes(First) with { Kind = (DecisionKind)7 }] }, Options));

    [Fact]
    public void Decide_ANo_NeedsAReasonOnly()
    {
        var no = Yes(First) with { Kind = DecisionKind.Reject, Digest = "", TypedSerial = "", StepUpAt = null };

        Assert.Equal(ApprovalState.Rejected, Done(Submitted.Decide(no, Options)).State);
        Assert.Equal("R84", Refused(Submitted.Decide(no with { Comment = "" }, Options)).RuleId);
    }

    [Theory]
    [InlineData(1, 5, false)]
    [InlineData(2, 2, false)]
    [InlineData(2, 3, true)]
    [InlineData(3, 3, false)]
    public void R75_Check_Quorum_IsAtLeastTwoAndSmallerThanTheNumberOfApprovers(int quorum, int eligible, bool good) =>
        Assert.Equal(good, (Options with { Quorum = quorum }).Check(eligible) is null);
}
