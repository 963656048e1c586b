using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One signature. Written once, never changed; the store itself refuses a second one of the same person.</summary>
internal sealed class ApprovalDecisionRow
{
    public long Id { get; set; }
    public long ApprovalId { get; set; }
    public required string Person { get; set; }

    /// <summary>The person's id in one spelling, for the unique rule (R75).</summary>
    public required string PersonKey { get; set; }
    public Role Role { get; set; }
    public DateTimeOffset At { get; set; }
    public DecisionKind Kind { get; set; }
    public required string Digest { get; set; }
    public required string TypedSerial { get; set; }
    public DateTimeOffset? StepUpAt { get; set; }
    public required string Comment { get; set; }

    public static ApprovalDecisionRow Of(Decision decision) => new()
    {
        Person = decision.By.Id,
        PersonKey = decision.By.Id.ToUpperInvariant(),
        Role = decision.By.Role,
        At = decision.At,
        Kind = decision.Kind,
        Digest = decision.Digest,
        TypedSerial = decision.TypedSerial,
        StepUpAt = decision.StepUpAt,
        Comment = decision.Comment,
    };

    public Decision ToDecision() => new(new Actor(Person, Role), At, Kind, Digest, TypedSerial, StepUpAt, Comment);
}
