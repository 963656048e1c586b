using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Redaction;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Operations;

/// <inheritdoc cref="IImpactTalk"/>
internal sealed class ImpactTalk(IOperationStore store, Ledger ledger, IFleetFeed feed, TimeProvider clock) : IImpactTalk
{
    private const int MaxNote = 1000;

    public async Task<Outcome<Operation>> RecordAsync(Actor actor, Guid operation, string? decision, string? note, string? document, CancellationToken cancellationToken)
    {
        FreeText? words = null;
        while (true)
        {
            if (await store.FindAsync(operation, cancellationToken) is not { } found)
            {
                return new Refusal("R85", RefusalKind.NotFound, $"There is no operation {operation}.");
            }

            words ??= await ledger.CleanAsync(actor, "the customer's decision", found.Serial, found.Ticket, [decision, note, document], cancellationToken);
            (decision, note, document) = (words.Texts[0], words.Texts[1], words.Texts[2]);

            if (HardRebootRules.Impact(actor, found) is { } refusal)
            {
                return await RefusedAsync(actor, found, refusal, cancellationToken);
            }

            if (HardRebootRules.Decision(decision) is not { } decided)
            {
                return await RefusedAsync(actor, found, new Refusal("R64", RefusalKind.BadInput, $"'{decision}' is not a decision.", "Use Wait, NewHsm or Both."), cancellationToken);
            }

            if (note?.Length > MaxNote)
            {
                return await RefusedAsync(actor, found, new Refusal("R64", RefusalKind.BadInput, $"The note has {note.Length} characters; {MaxNote} is the most."), cancellationToken);
            }

            var now = clock.GetUtcNow();
            var after = HardReboot.Decided(found, decided, note, actor.Id, document, decided == ImpactDecision.Wait ? null : Capacity(feed.Current.Tiles, found.Serial, now), now);
            if (await store.SaveAsync(after, new AuditNote(actor, "operation.impact", $"Customer's decision on {found.ShortName}: {decided}", found.Serial, found.Ticket, found.Id), cancellationToken) is { } stored)
            {
                return stored;
            }
        }
    }

    public async Task<string?> CapacityAsync(Guid operation, CancellationToken cancellationToken) =>
        await store.FindAsync(operation, cancellationToken) is { } found ? Capacity(feed.Current.Tiles, found.Serial, clock.GetUtcNow()) : null;

    /// <summary>Free devices per stamp of the device's region, as live as the fleet feed: free, the operator's, healthy and fresh.</summary>
    internal static string Capacity(IReadOnlyDictionary<HsmSerial, HsmTile> tiles, HsmSerial serial, DateTimeOffset now)
    {
        if (!tiles.TryGetValue(serial, out var mine))
        {
            return "The device is not in the live picture; what is free in its region is not known.";
        }

        bool IsFree(HsmTile t) => t is { Lifecycle: HsmState.Available, Custody: CustodyState.Operator, Health: Health.Ok } && !t.IsStale(now);
        var stamps = tiles.Values.Where(t => t.Location.Region == mine.Location.Region).GroupBy(t => t.Location.Stamp).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key} {g.Count(IsFree)} free{(g.Key == mine.Location.Stamp ? " (its own stamp)" : "")}").ToList();
        var any = tiles.Values.Any(t => t.Location.Region == mine.Location.Region && IsFree(t));
        return $"{mine.Location.Region}: {string.Join(", ", stamps)}. {(any ? "The customer can create a new HSM and restores it from their own backup." : "None is free in this region; another region or waiting is left.")}";
    }

    private async Task<Refusal> RefusedAsync(Actor actor, Operation operation, Refusal refusal, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(new AuditNote(actor, "operation.impact", refusal.ToString(), operation.Serial, operation.Ticket, operation.Id, refusal.RuleId), cancellationToken);
        return refusal;
    }
}
