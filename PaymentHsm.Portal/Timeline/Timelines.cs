using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Timeline;

/// <inheritdoc cref="ITimelines"/>
/// <remarks>Approvals, documents, work orders and bundles leave their entries in the audit log; what a device showed stands in the steps of operations.</remarks>
internal sealed class Timelines(IPortalDbs dbs) : ITimelines
{
    /// <summary>Entries and operations that are looked at, newest first; a device lives for years and few read further back on a page.</summary>
    private const int MostEntries = 2000;
    private const int MostOperations = 200;

    public async Task<TimelineView> ReadAsync(TimelineSubject subject, TimelineFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var operations = await OperationsAsync(db, subject, cancellationToken);
        var entries = await EntriesAsync(db, subject, [.. operations.Select(o => o.Id)], filter.At, cancellationToken);
        var lines = entries.Select(Line).Concat(operations.SelectMany(Evidence))
            .Where(l => filter.At is not { } at || l.At <= at)
            .Where(l => filter.Kind is not { } kind || l.Kind == kind)
            .Where(l => string.IsNullOrWhiteSpace(filter.Text) || Says(l, filter.Text.Trim()))
            .OrderByDescending(l => l.At).ToList();
        return new TimelineView(lines.Count, [.. lines.Take(Math.Max(1, filter.Take))], filter.At is { } then ? [.. Facts(subject, entries), .. Standing(operations, then)] : []);
    }

    private static async Task<IReadOnlyList<Operation>> OperationsAsync(PortalDb db, TimelineSubject subject, CancellationToken cancellationToken)
    {
        var ticket = Domain.Tickets.TicketNumber.Parse(subject.Ticket);
        var named = subject.Operations ?? [];
        var rows = await db.Operations.AsNoTracking()
            .Where(o => (subject.Serial != null && o.Serial == subject.Serial) || (ticket != null && o.TicketId == ticket) || named.Contains(o.Id))
            .OrderByDescending(o => o.RequestedAt).Take(MostOperations).ToListAsync(cancellationToken);
        return [.. rows.Select(o => o.ToOperation())];
    }

    /// <summary>Newest first; an entry about an operation of the subject belongs to it (R85).</summary>
    private static async Task<IReadOnlyList<AuditEntry>> EntriesAsync(PortalDb db, TimelineSubject subject, IReadOnlyList<Guid> operations, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var rows = await db.Audit.AsNoTracking()
            .Where(a => (subject.Serial != null && a.Serial == subject.Serial) || (subject.Ticket != null && a.Ticket == subject.Ticket) || (a.Correlation != null && operations.Contains(a.Correlation.Value)))
            .Where(a => at == null || a.At <= at)
            .OrderByDescending(a => a.Sequence).Take(MostEntries).ToListAsync(cancellationToken);
        return [.. rows.Select(r => r.ToLink().Entry)];
    }

    private static TimelineLine Line(AuditEntry entry) => new(
        $"a{entry.Sequence}", entry.At, TimelineWords.Kind(entry.Action, entry.RuleId), TimelineWords.Icon(entry.Action, entry.RuleId), entry.Detail ?? entry.Action, entry.Actor.Id, entry.Action, entry.RuleId,
        entry.Correlation is { } operation ? $"/operations/{operation}" : entry.Ticket is { } ticket ? $"/tickets/{ticket}" : null,
        [.. entry.After.Keys.Union(entry.Before.Keys).Order(StringComparer.Ordinal)
            .Select(k => new TimelineChange(TimelineWords.Fact(k), entry.Before.GetValueOrDefault(k), entry.After.GetValueOrDefault(k))).Where(c => c.Before != c.After && !(c.Before is null && c.After == "none"))]);

    /// <summary>What was seen during the steps of an operation.</summary>
    private static IEnumerable<TimelineLine> Evidence(Operation operation) => operation.Steps.SelectMany((step, s) => step.Evidence.Select((seen, e) => new TimelineLine(
        $"{operation.ShortName}-{s + 1}-{e + 1}", seen.At, TimelineKind.Evidence, "evidence", $"{seen.Name}: {seen.Value}", "portal", $"{operation.Kind} {operation.ShortName}, {step.Name}", null, $"/operations/{operation.Id}", [])));

    private static bool Says(TimelineLine line, string text) =>
        line.Title.Contains(text, StringComparison.OrdinalIgnoreCase) || line.Who.Contains(text, StringComparison.OrdinalIgnoreCase) || line.What.Contains(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>The last known value of every fact that an entry changed. Beside another subject's facts those of a ticket carry its number.</summary>
    private static IEnumerable<TimelineFact> Facts(TimelineSubject subject, IReadOnlyList<AuditEntry> newestFirst)
    {
        Dictionary<string, TimelineFact> facts = new(StringComparer.Ordinal);
        foreach (var entry in newestFirst.Reverse().Where(e => e.RuleId is null))
        {
            foreach (var (name, value) in entry.After)
            {
                var of = entry.SubjectKind == "ticket" && subject.Ticket is null ? $"{entry.Ticket}, {TimelineWords.Fact(name).ToLowerInvariant()}" : TimelineWords.Fact(name);
                if (!facts.TryGetValue(of, out var known) || known.Value != value)
                {
                    facts[of] = new TimelineFact(of, value, entry.At, $"a{entry.Sequence}");
                }
            }
        }

        return facts.Values.OrderBy(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>The operations that had begun by then and how they stood.</summary>
    private static IEnumerable<TimelineFact> Standing(IReadOnlyList<Operation> operations, DateTimeOffset at) => operations.Where(o => o.RequestedAt <= at).Select(o => new TimelineFact(
        $"{o.Kind} {o.ShortName}",
        o.FinishedAt is { } ended && ended <= at ? $"{o.Outcome}"
            : o.Steps.LastOrDefault(s => s.StartedAt <= at) is { } step ? $"at step {step.Name}"
            : "asked for",
        o.FinishedAt <= at ? o.FinishedAt : o.RequestedAt, null));
}
