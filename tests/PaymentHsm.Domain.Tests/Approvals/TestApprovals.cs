using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Tests.Approvals;

/// <summary>Approval requests in every state, and signatures that satisfy every rule.</summary>
internal static class TestApprovals
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    public static readonly ApprovalOptions Options = new();
    public static readonly Actor Requester = new("support1", Role.Support);
    public static readonly Actor First = new("engineer1", Role.Engineering);
    public static readonly Actor Second = new("engineer2", Role.Engineering);
    public static readonly Actor Third = new("engineer3", Role.Engineering);

    public static ApprovalBinding Binding { get; } = new(
        HsmSerial.Parse("A4665271234F"), "6d1f2f3e", "/subscriptions/x/hsm-1", 3, "alloc-7f3a", "T-10482", 5, "d0c0", "ForceDelete",
        new Dictionary<string, string> { ["scope"] = "AllCustomerContent" }, null,
        new Dictionary<string, string> { ["oob"] = "reachable", ["tamper"] = "none" }, "All keys are lost irrevocably.");

    public static ApprovalRequest Draft => ApprovalRequest.Draft("APR-0117", Requester.Id, ["support2"], Binding);

    public static ApprovalRequest Submitted => Done(Draft.Submit(3, Options, Now));

    public static ApprovalRequest Approved => Done(Done(Submitted.Decide(Yes(First), Options)).Decide(Yes(Second), Options));

    public static ApprovalRequest Armed => Done(Approved.Arm(Binding, Options, Now));

    public static ApprovalRequest In(ApprovalState state) => state switch
    {
        ApprovalState.Draft => Draft,
        ApprovalState.Submitted => Submitted,
        ApprovalState.Approved => Approved,
        ApprovalState.Armed => Armed,
        ApprovalState.Consumed => Done(Armed.Consume(Binding, Now)),
        ApprovalState.Rejected => Done(Submitted.Decide(Yes(First) with { Kind = DecisionKind.Reject }, Options)),
        ApprovalState.Withdrawn => Done(Submitted.Withdraw(Requester, Now)),
        ApprovalState.Expired => Submitted.AsOf(Now + Options.ApproveWithin),
        ApprovalState.Revoked => Done(Armed.Revoke(Third, "found the cards", Now)),
        ApprovalState.Invalidated => Done(Armed.Consume(Binding with { TicketRevision = 6 }, Now)),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static Decision Yes(Actor by, DateTimeOffset? at = null) =>
        new(by, at ?? Now, DecisionKind.Approve, Binding.Digest(), "A4665271234F", (at ?? Now).AddMinutes(-1), "Device dead since Monday.");

    public static ApprovalRequest Done(Outcome<ApprovalRequest> outcome) => Assert.IsType<Outcome<ApprovalRequest>.Done>(outcome).Value;

    public static Refusal Refused(Outcome<ApprovalRequest> outcome) => Assert.IsType<Outcome<ApprovalRequest>.Refused>(outcome).Why;
}
