using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Audit;

/// <summary>What somebody did or tried, before the log gives it its number, its time and its place in the chain (R84).</summary>
/// <param name="Actor">Who.</param>
/// <param name="Action">What, as a stable name such as <c>operation.confirmed</c>.</param>
/// <param name="Detail">In words, for people.</param>
/// <param name="Serial">On which device.</param>
/// <param name="Ticket">Under which ticket (R85).</param>
/// <param name="Correlation">The operation that ties entries together (R85).</param>
/// <param name="RuleId">The rule that refused; null for what was done.</param>
/// <param name="Before">The facts that changed, as they were.</param>
/// <param name="After">The same facts, as they are.</param>
public sealed record AuditNote(
    Actor Actor,
    string Action,
    string Detail,
    HsmSerial? Serial = null,
    string? Ticket = null,
    Guid? Correlation = null,
    string? RuleId = null,
    IReadOnlyDictionary<string, string>? Before = null,
    IReadOnlyDictionary<string, string>? After = null)
{
    private static readonly IReadOnlyDictionary<string, string> NoFacts = new Dictionary<string, string>();

    /// <summary>The entry with its number and time.</summary>
    public AuditEntry AsEntry(long sequence, DateTimeOffset at)
    {
        var (kind, id) = (Correlation, Ticket, Serial) switch
        {
            ({ } operation, _, _) => ("operation", operation.ToString()),
            (_, { } ticket, _) => ("ticket", ticket),
            (_, _, { } serial) => ("device", serial.ToString()),
            _ => ("portal", "portal"),
        };
        return new AuditEntry(sequence, at, Actor, Action, kind, id, Serial, Ticket, Correlation, RuleId, Before ?? NoFacts, After ?? NoFacts, Detail);
    }
}
