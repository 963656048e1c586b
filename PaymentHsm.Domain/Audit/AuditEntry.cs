using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Audit;

/// <summary>One thing that somebody meant, decided, did, was answered or was denied (R84). Never a secret, never customer content.</summary>
/// <param name="Sequence">1, 2, 3... without a gap.</param>
/// <param name="At">When (UTC; hashed to the microsecond).</param>
/// <param name="Actor">Who, in which role.</param>
/// <param name="Action">What, as a stable dotted name: <c>operation.confirm</c>.</param>
/// <param name="SubjectKind">What kind of thing it is about: <c>device</c>, <c>approval</c>.</param>
/// <param name="SubjectId">Which one.</param>
/// <param name="Serial">The device concerned, if any.</param>
/// <param name="Ticket">The ticket that carries it, copied to every derived change (R85).</param>
/// <param name="Correlation">One id from ticket to destruction (R85).</param>
/// <param name="RuleId">The rule that denied it; null when it was allowed.</param>
/// <param name="Before">The facts that changed, as they were.</param>
/// <param name="After">The same facts, as they are.</param>
/// <param name="Detail">The rest in words.</param>
public sealed record AuditEntry(
    long Sequence,
    DateTimeOffset At,
    Actor Actor,
    string Action,
    string SubjectKind,
    string SubjectId,
    HsmSerial? Serial,
    string? Ticket,
    Guid? Correlation,
    string? RuleId,
    IReadOnlyDictionary<string, string> Before,
    IReadOnlyDictionary<string, string> After,
    string? Detail)
{
    /// <summary>The bytes that are hashed: a <see cref="CanonicalJson"/> object with these members and <c>v</c> 1, the version of this list.</summary>
    public byte[] Canonical() => CanonicalJson.Encode(new Dictionary<string, object?>
    {
        ["v"] = 1,
        ["sequence"] = Sequence,
        ["at"] = At,
        ["actor"] = Actor.Id,
        ["role"] = Actor.Role.ToString(),
        ["action"] = Action,
        ["subjectKind"] = SubjectKind,
        ["subjectId"] = SubjectId,
        ["serial"] = Serial?.ToString(),
        ["ticket"] = Ticket,
        ["correlation"] = Correlation,
        ["ruleId"] = RuleId,
        ["before"] = Before,
        ["after"] = After,
        ["detail"] = Detail,
    });
}
