using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Overdue;

/// <inheritdoc cref="IOverdueDesk"/>
internal sealed class OverdueDesk(IEnumerable<IOverdueSource> sources, OverdueBoard board, Ledger ledger, TimeProvider clock) : IOverdueDesk
{
    public async Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken)
    {
        List<OverdueItem> all = [];
        foreach (var source in sources)
        {
            all.AddRange(await source.ReadAsync(cancellationToken));
        }

        var now = clock.GetUtcNow();
        IReadOnlyList<OverdueItem> due = [.. all.Where(i => i.StandingAt(now) != OverdueStanding.InTime).OrderBy(i => i.Deadline).ThenBy(i => i.Id, StringComparer.Ordinal)];
        board.Show(due);
        return due;
    }

    public async Task<Outcome<string>> EscapeAsync(Actor actor, string kind, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var outcome = await TryAsync(actor, kind, id, cancellationToken);
        if (outcome is Outcome<string>.Refused(var why))
        {
            await ledger.NoteAsync(new AuditNote(actor, "overdue.escape", $"{kind} {id}: {why}", HsmSerial.TryParse(id, out var serial) ? serial : null, RuleId: why.RuleId), cancellationToken);
        }
        else
        {
            await ReadAsync(cancellationToken);
        }

        return outcome;
    }

    private async Task<Outcome<string>> TryAsync(Actor actor, string kind, string id, CancellationToken cancellationToken)
    {
        if (OverdueRules.MayEscape(actor, OverdueStanding.Stuck) is { } notThisPerson)
        {
            return notThisPerson;
        }

        if (sources.FirstOrDefault(s => s.Kind == kind) is not { } source)
        {
            return new Refusal("R88", RefusalKind.NotFound, $"There is no kind of work '{kind}'.", $"Known: {string.Join(", ", sources.Select(s => s.Kind))}.");
        }

        return (await source.ReadAsync(cancellationToken)).FirstOrDefault(i => i.Id == id) is not { } item
            ? new Refusal("R88", RefusalKind.NotFound, $"{kind} {id} has no deadline now.", "It has moved on; look again.")
            : OverdueRules.MayEscape(actor, item.StandingAt(clock.GetUtcNow())) is { } inTime ? inTime
            : item.Escape is null ? new Refusal("R88", RefusalKind.NotInThisState, $"There is no way out of {item.State} besides what its page offers.")
            : item.Escape.Closed is { } closed ? closed
            : await source.EscapeAsync(actor, id, cancellationToken);
    }
}
