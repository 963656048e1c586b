using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Operations;

/// <inheritdoc cref="IOperationDesk"/>
internal sealed class OperationDesk(
    IPortalDbs dbs, IOperationStore store, StoredChanges<Operation> changes, Ledger ledger, ITicketDesk tickets, Standings standings,
    IOperationRunner runner, IEnumerable<IOperationKindDesk> kinds, SoftRebootOptions options, TimeProvider clock) : IOperationDesk, IDisposable
{
    private readonly Dictionary<OperationKind, IOperationKindDesk> _kinds = kinds.ToDictionary(k => k.Kind);

    /// <summary>Two people who confirm at the same instant must not each find the other's device idle.</summary>
    private readonly SemaphoreSlim _deciding = new(1);

    public async Task<Outcome<ImpactPreview>> PreviewAsync(Actor actor, HsmSerial serial, CancellationToken cancellationToken)
    {
        if (actor.Role is not (Role.Support or Role.Engineering))
        {
            return new Refusal("R1", RefusalKind.NotThisPerson, $"A soft reboot is asked for by Support or Engineering; {actor.Id} is {actor.Role}.", "Ask a support representative.");
        }

        return await standings.ReadAsync(serial, cancellationToken) switch
        {
            null => new Refusal("R45", RefusalKind.NotFound, $"No device with the serial {serial} is enrolled."),
            { } device when SoftRebootRules.Device(device.Standing) is { } refusal => refusal,
            { } device => Impact.Of(device, options),
        };
    }

    public async Task<Outcome<RequestedOperation>> RequestAsync(Actor actor, string ticket, OperationKind kind, OperationWish wish, CancellationToken cancellationToken)
    {
        if (await tickets.FindAsync(ticket, cancellationToken) is not { Ticket: var found })
        {
            return new Refusal("R53", RefusalKind.NotFound, $"There is no ticket {ticket}; every operation needs one.");
        }

        if (!_kinds.TryGetValue(kind, out var desk))
        {
            return new Refusal("R54", RefusalKind.BadInput, $"{kind} is not asked for by people.", $"Ask for one of {string.Join(", ", _kinds.Keys)}.");
        }

        if (Triage.MayAct(found) is { } routed)
        {
            return await RefusedAsync(actor, "operation.request", routed, found, null, cancellationToken);
        }

        if (TooLong(wish) is { } length)
        {
            return await RefusedAsync(actor, "operation.request", length, found, null, cancellationToken);
        }

        var answer = await desk.RequestAsync(actor, found, await CleanAsync(actor, found, wish, cancellationToken), cancellationToken);
        switch (answer)
        {
            case Outcome<RequestedOperation>.Refused(var why):
                return await RefusedAsync(actor, "operation.request", why, found, null, cancellationToken);
            case Outcome<RequestedOperation>.Done(var requested):
                await runner.DriveAsync(requested.Operation);
                break;
        }

        return answer;
    }

    public Task<Outcome<Operation>> ConfirmAsync(Actor actor, Guid operation, CancellationToken cancellationToken) => DecideAsync(
        actor, operation, "operation.confirm", "operation.confirmed",
        async (desk, o, now) => desk.MayConfirm(actor, o, now) ?? await FrozenAsync(o, cancellationToken),
        (desk, o, now) => desk.Confirmed(o, actor, now),
        o => $"{o.Kind} of {o.Serial} confirmed; asked for by {o.RequestedBy}",
        cancellationToken);

    public Task<Outcome<Operation>> WithdrawAsync(Actor actor, Guid operation, CancellationToken cancellationToken) => DecideAsync(
        actor, operation, "operation.withdraw", "operation.withdrawn",
        (desk, o, now) => Task.FromResult(desk.MayWithdraw(actor, o, now)),
        (desk, o, now) => desk.Withdrawn(o, actor, now),
        o => $"{o.Kind} of {o.Serial} withdrawn",
        cancellationToken);

    public void Dispose() => _deciding.Dispose();

    /// <summary>The freezes of a restart are asked once more: hours may lie between the request and the confirmation (R52, R67). What is not known freezes too (R50).</summary>
    private async Task<Refusal?> FrozenAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (operation.Kind is not (OperationKind.SoftReboot or OperationKind.HardReboot))
        {
            return null;
        }

        return await standings.ReadAsync(operation.Serial, cancellationToken) is { } device ? SoftRebootRules.Device(device.Standing with { Running = null }) : ObservedClasses.NotKnown;
    }

    public Refusal? ClosedToConfirm(Actor actor, Operation operation) =>
        _kinds.TryGetValue(operation.Kind, out var desk) ? desk.MayConfirm(actor, operation, clock.GetUtcNow()) : RunsByItself(operation);

    public Task<Operation?> FindAsync(Guid operation, CancellationToken cancellationToken) => store.FindAsync(operation, cancellationToken);

    public async Task<OperationPage> PageAsync(OperationFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = db.Operations.AsNoTracking()
            .Where(o => (filter.State == null || o.State == filter.State) && (filter.Kind == null || o.Kind == filter.Kind) && (filter.Serial == null || o.Serial == filter.Serial));
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(o => o.RequestedAt).ThenByDescending(o => o.Id).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancellationToken);
        return new OperationPage(total, [.. page.Select(o => o.ToOperation())]);
    }

    public IAsyncEnumerable<Operation> FollowAsync(Guid operation, CancellationToken cancellationToken) =>
        changes.FollowAsync(o => o.Id == operation, () => store.FindAsync(operation, cancellationToken), o => o.State == OperationState.Finished, cancellationToken);

    private async Task<Outcome<Operation>> DecideAsync(
        Actor actor, Guid id, string action, string done, Func<IOperationKindDesk, Operation, DateTimeOffset, Task<Refusal?>> rule, Func<IOperationKindDesk, Operation, DateTimeOffset, Operation> change,
        Func<Operation, string> words, CancellationToken cancellationToken)
    {
        await _deciding.WaitAsync(cancellationToken);
        try
        {
            return await DecideAloneAsync(actor, id, action, done, rule, change, words, cancellationToken);
        }
        finally
        {
            _deciding.Release();
        }
    }

    /// <summary>Asks the rule, stores the decision against the version that the rule saw, and asks again when somebody was faster.</summary>
    private async Task<Outcome<Operation>> DecideAloneAsync(
        Actor actor, Guid id, string action, string done, Func<IOperationKindDesk, Operation, DateTimeOffset, Task<Refusal?>> rule, Func<IOperationKindDesk, Operation, DateTimeOffset, Operation> change,
        Func<Operation, string> words, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.FindAsync(id, cancellationToken) is not { } operation)
            {
                return new Refusal("R85", RefusalKind.NotFound, $"There is no operation {id}.");
            }

            if (!_kinds.TryGetValue(operation.Kind, out var desk))
            {
                return RunsByItself(operation);
            }

            var now = clock.GetUtcNow();
            if (await rule(desk, operation, now) is { } refusal)
            {
                return await RefusedAsync(actor, action, refusal, null, operation, cancellationToken);
            }

            if (await store.SaveAsync(change(desk, operation, now), new AuditNote(actor, done, words(operation), operation.Serial, operation.Ticket, id), cancellationToken) is { } stored)
            {
                await runner.DriveAsync(stored);
                return stored;
            }
        }
    }

    private static Refusal? TooLong(OperationWish wish) => (wish.Details ?? new Dictionary<string, string>()).Where(d => d.Value?.Length > TicketRules.MaxText)
        .Select(d => new Refusal("R53", RefusalKind.BadInput, $"'{d.Key}' has {d.Value.Length} characters; {TicketRules.MaxText} is the most.", "Shorten it, or file a document on the ticket.")).FirstOrDefault();

    /// <summary>Takes key and card data out of what was typed (R39), before any rule, row or log sees it.</summary>
    private async Task<OperationWish> CleanAsync(Actor actor, Ticket ticket, OperationWish wish, CancellationToken cancellationToken)
    {
        var names = wish.Details?.Keys.ToList() ?? [];
        var words = await ledger.CleanAsync(actor, "the reason of an operation", ticket.Serial, ticket.Number, [wish.Reason, .. names.Select(n => wish.Details![n])], cancellationToken);
        return words.Note is null ? wish : wish with { Reason = words.Text, Details = names.Count == 0 ? wish.Details : names.Select((name, at) => (name, Text: words.Texts[at + 1] ?? "")).ToDictionary(p => p.name, p => p.Text) };
    }

    private async Task<Refusal> RefusedAsync(Actor actor, string action, Refusal refusal, Ticket? ticket, Operation? operation, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(
            new AuditNote(actor, action, refusal.ToString(), operation?.Serial ?? ticket?.Serial, operation?.Ticket ?? ticket?.Number, operation?.Id, refusal.RuleId), cancellationToken);
        return refusal;
    }

    private static Refusal RunsByItself(Operation operation) => new("R2", RefusalKind.NotInThisState, $"{operation.Kind} runs by itself; there is nothing to decide.");
}
