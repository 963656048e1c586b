using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Approvals;

/// <summary>A signature: a fact that is kept, never a flag that is flipped.</summary>
/// <param name="By">Who, in which role.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Kind">Yes or no.</param>
/// <param name="Digest">The binding digest that was on the page that was signed.</param>
/// <param name="TypedSerial">The serial as the person typed or scanned it.</param>
/// <param name="StepUpAt">When the person last proved a second factor.</param>
/// <param name="Comment">In the person's words.</param>
public sealed record Decision(Actor By, DateTimeOffset At, DecisionKind Kind, string Digest, string TypedSerial, DateTimeOffset? StepUpAt, string Comment);

/// <summary>What was decided.</summary>
public enum DecisionKind
{
    Approve,
    Reject,
}
