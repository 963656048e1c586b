using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Lifecycle;

/// <inheritdoc cref="ISubscriptionDesk"/>
internal sealed class SubscriptionDesk(IPortalDbs dbs, Ledger ledger, TimeProvider clock) : ISubscriptionDesk
{
    public async Task<IReadOnlyList<CustomerSubscription>> AllAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return [.. (await db.Subscriptions.AsNoTracking().ToListAsync(cancellationToken)).OrderBy(s => s.ApprovedAt is not null).ThenBy(s => s.Customer, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Id).Select(Of)];
    }

    public async Task<CustomerSubscription?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return await db.Subscriptions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken) is { } row ? Of(row) : null;
    }

    public async Task<Outcome<CustomerSubscription>> RequestAsync(Actor actor, string? id, string? customer, string? caseReference, CancellationToken cancellationToken)
    {
        var words = await ledger.CleanAsync(actor, "a request for a subscription", null, null, [id, customer, caseReference], cancellationToken);
        (id, customer, caseReference) = (words.Texts[0], words.Texts[1], words.Texts[2]);
        if (actor.Role is not (Role.Support or Role.Engineering) && actor != Actor.Portal)
        {
            return await RefusedAsync(actor, new("R20", RefusalKind.NotThisPerson, $"Subscriptions are taken in by Support or Engineering; {actor.Id} is {actor.Role}.", "Ask a support representative."), cancellationToken);
        }

        List<string> faults =
        [
            .. Guid.TryParse(id?.Trim(), out var parsed) && parsed != Guid.Empty ? [] : new[] { $"'{id}' is not a subscription id (a GUID)." },
            .. string.IsNullOrWhiteSpace(customer) || customer.Trim().Length > 100 ? new[] { "The customer's name is missing or longer than 100 characters." } : [],
            .. string.IsNullOrWhiteSpace(caseReference) || caseReference.Trim().Length > 200 ? new[] { "The reference of the business case is missing or longer than 200 characters." } : [],
        ];
        if (faults.Count > 0)
        {
            return new Refusal("R20", RefusalKind.BadInput, string.Join(" ", faults));
        }

        return await ledger.WriteAsync<Outcome<CustomerSubscription>>(
            async db =>
            {
                if (await db.Subscriptions.FirstOrDefaultAsync(s => s.Id == parsed, cancellationToken) is { } there)
                {
                    return (new Refusal("R20", RefusalKind.NotInThisState, $"{parsed} was taken in already, for {there.Customer}."), []);
                }

                var row = new SubscriptionRow { Id = parsed, Customer = customer!.Trim(), Case = caseReference!.Trim(), RequestedBy = actor.Id, RequestedAt = clock.GetUtcNow() };
                db.Subscriptions.Add(row);
                return (Of(row), [new AuditNote(actor, "subscription.requested", $"Subscription {parsed} of {row.Customer}: {row.Case}")]);
            },
            cancellationToken);
    }

    public async Task<Outcome<CustomerSubscription>> ApproveAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var outcome = await ledger.WriteAsync<Outcome<CustomerSubscription>>(
            async db =>
            {
                if (await db.Subscriptions.FirstOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } row)
                {
                    return (new Refusal("R20", RefusalKind.NotFound, $"Subscription {id} never asked for the service.", "Take it in first."), []);
                }

                if (MayApprove(actor, row) is { } no)
                {
                    return (no, [new AuditNote(actor, "subscription.approve", no.ToString(), RuleId: no.RuleId)]);
                }

                (row.ApprovedBy, row.ApprovedAt) = (actor.Id, clock.GetUtcNow());
                return (Of(row), [new AuditNote(actor, "subscription.approved", $"Subscription {id} of {row.Customer} approved; taken in by {row.RequestedBy}")]);
            },
            cancellationToken);
        return outcome;
    }

    private static Refusal? MayApprove(Actor actor, SubscriptionRow row) =>
        row.ApprovedAt is { } at ? new("R20", RefusalKind.NotInThisState, $"{row.ApprovedBy} approved it at {at:yyyy-MM-dd HH:mm:ss}Z.")
        : actor == Actor.Portal ? null
        : actor.Role != Role.Engineering ? new("R20", RefusalKind.NotThisPerson, $"Engineering approves subscriptions; {actor.Id} is {actor.Role}.", "Ask an engineer.")
        : actor.Id == row.RequestedBy ? new("R10", RefusalKind.NotThisPerson, $"{actor.Id} took it in. Whoever asks may not approve.", "Another engineer may.")
        : null;

    private async Task<Refusal> RefusedAsync(Actor actor, Refusal refusal, CancellationToken cancellationToken)
    {
        await ledger.NoteAsync(new AuditNote(actor, "subscription.request", refusal.ToString(), RuleId: refusal.RuleId), cancellationToken);
        return refusal;
    }

    private static CustomerSubscription Of(SubscriptionRow row) => new(row.Id, row.Customer, row.Case, row.RequestedBy, row.RequestedAt, row.ApprovedBy, row.ApprovedAt);
}
