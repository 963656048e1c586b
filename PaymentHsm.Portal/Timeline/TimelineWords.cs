namespace PaymentHsm.Portal.Timeline;

/// <summary>What kind of line an audit entry is, and its shape. Names of actions are <c>what.how</c>; the last part decides.</summary>
internal static class TimelineWords
{
    private static readonly Dictionary<string, string> FactWords = new(StringComparer.Ordinal)
    {
        ["state"] = "Lifecycle",
        ["adminAccess"] = "Administrator access",
        ["ticketState"] = "Ticket state",
    };

    public static TimelineKind Kind(string action, string? rule)
    {
        var how = action[(action.LastIndexOf('.') + 1)..];
        return (rule, action, how) switch
        {
            (not null, _, _) => TimelineKind.Refusal,
            (_, _, "requested" or "opened" or "proposed" or "ordered" or "planned") => TimelineKind.Intent,
            (_, _, "confirmed" or "withdrawn" or "approved" or "rejected" or "signed" or "decided" or "closed" or "assigned" or "reclassified" or "severity") => TimelineKind.Decision,
            (_, _, "sending" or "commanded" or "sent") => TimelineKind.Command,
            (_, _, "answered" or "verified" or "notDelivered" or "notObserved" or "contradictory" or "refused" or "erasedAndProven" or "notErased" or "cancelled") => TimelineKind.Answer,
            (_, _, "filed" or "sealed" or "read" or "scanned") => TimelineKind.Evidence,
            (_, _, "noted" or "redacted" or "escalated" or "overdue" or "undelivered") => TimelineKind.Message,
            (_, var a, _) when a.StartsWith("approval", StringComparison.Ordinal) => TimelineKind.Decision,
            _ => TimelineKind.Change,
        };
    }

    public static string Icon(string action, string? rule) => (rule, action) switch
    {
        (not null, _) => "ban",
        (_, "operation.verified") => "ok",
        (_, "operation.notDelivered") => "notdelivered",
        (_, "operation.notObserved") => "notobserved",
        (_, "operation.contradictory") => "contradictory",
        (_, "device.handover") => "handing-over",
        (_, "device.accessdisabled") => "customer",
        (_, "ticket.overdue" or "ticket.escalated") => "warning",
        (_, "text.redacted") => "ban",
        (_, var a) when a.StartsWith("ticket.document", StringComparison.Ordinal) => "doc",
        (_, var a) when a.StartsWith("ticket", StringComparison.Ordinal) => "ticket",
        (_, var a) when a.StartsWith("approval", StringComparison.Ordinal) => "approval",
        (_, var a) when a.StartsWith("evidence", StringComparison.Ordinal) => "evidence",
        (_, var a) when a.StartsWith("work", StringComparison.Ordinal) => "work",
        (_, var a) when a.StartsWith("operation", StringComparison.Ordinal) || a.StartsWith("device.restart", StringComparison.Ordinal) => "operation",
        (_, var a) when a.StartsWith("resource", StringComparison.Ordinal) => "resource",
        _ => "fleet",
    };

    /// <summary>The name of a fact for people.</summary>
    public static string Fact(string name)
    {
        if (FactWords.TryGetValue(name, out var words))
        {
            return words;
        }

        var spaced = string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
        return spaced.Length == 0 ? name : char.ToUpperInvariant(spaced[0]) + spaced[1..];
    }
}
