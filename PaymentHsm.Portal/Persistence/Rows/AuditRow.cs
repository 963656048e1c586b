using System.Text.Json;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>One entry of the audit log in its place in the chain. Rows are only ever added.</summary>
internal sealed class AuditRow
{
    public long Sequence { get; set; }
    public DateTimeOffset At { get; set; }
    public required string Actor { get; set; }
    public Role Role { get; set; }
    public required string Action { get; set; }
    public required string SubjectKind { get; set; }
    public required string SubjectId { get; set; }
    public string? Serial { get; set; }
    public string? Ticket { get; set; }
    public Guid? Correlation { get; set; }
    public string? RuleId { get; set; }

    /// <summary>Changed facts as they were and as they are, as JSON.</summary>
    public required string Before { get; set; }
    public required string After { get; set; }
    public string? Detail { get; set; }
    public required string PreviousHash { get; set; }
    public required string Hash { get; set; }

    public static AuditRow Of(ChainedEntry link)
    {
        var entry = link.Entry;
        return new AuditRow
        {
            Sequence = entry.Sequence,
            At = entry.At,
            Actor = entry.Actor.Id,
            Role = entry.Actor.Role,
            Action = entry.Action,
            SubjectKind = entry.SubjectKind,
            SubjectId = entry.SubjectId,
            Serial = entry.Serial?.ToString(),
            Ticket = entry.Ticket,
            Correlation = entry.Correlation,
            RuleId = entry.RuleId,
            Before = JsonSerializer.Serialize(entry.Before),
            After = JsonSerializer.Serialize(entry.After),
            Detail = entry.Detail,
            PreviousHash = link.PreviousHash,
            Hash = link.Hash,
        };
    }

    public ChainedEntry ToLink() => new(
        new AuditEntry(
            Sequence, At, new Actor(Actor, Role), Action, SubjectKind, SubjectId, HsmSerial.TryParse(Serial, out var serial) ? serial : null, Ticket, Correlation, RuleId,
            Facts(Before), Facts(After), Detail),
        PreviousHash,
        Hash);

    private static Dictionary<string, string> Facts(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
