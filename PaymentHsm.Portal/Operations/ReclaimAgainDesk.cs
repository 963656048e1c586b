using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Operations;

/// <summary>Asking for a Reclaim of a quarantined device again (D24). Signing it is the approvals' own business; the armed approval is used by the driver.</summary>
internal sealed class ReclaimAgainDesk(
    IPortalDbs dbs, Ledger ledger, ObservedClasses classes, ApprovalBook book, ReclaimAgainAction action, ReclaimBrake brake, StoredChanges<Operation> operationChanges, LifecycleOptions lifecycle, TimeProvider clock)
    : IOperationKindDesk, IReclaimAgainDesk
{
    private const string Reachable = "reachable";

    public OperationKind Kind => OperationKind.ReclaimAgain;

    public async Task<Outcome<ReclaimAgainPreview>> PreviewAsync(Actor actor, string ticket, CancellationToken cancellationToken)
    {
        if (ReclaimAgainRules.MayAsk(actor) is { } no)
        {
            return no;
        }

        await using var db = dbs.Open();
        if (await TicketAsync(db, ticket, cancellationToken) is not { } found)
        {
            return new Refusal("R53", RefusalKind.NotFound, $"There is no ticket {ticket}.");
        }

        var closed = await ClosedAsync(db, actor, found, "any", cancellationToken) ?? await brake.AtRequestAsync(db, found.Serial, cancellationToken);
        if (await classes.ReadAsync(found.Serial, null, cancellationToken) is not { } observed)
        {
            return ObservedClasses.NotKnown;
        }

        var binding = await action.BindAsync(db, found.Serial, found.Number, new Dictionary<string, string>(), observed, cancellationToken);
        var eligible = await book.EligibleAsync(actor.Id, ApprovalBook.ExcludedBy(found, actor), cancellationToken);
        return new ReclaimAgainPreview(
            found.Serial, binding.ImpactPreview, binding.ObservedState, binding.Allocation, action.Options, eligible,
            closed ?? Triage.MayAct(found) ?? ReclaimAgainRules.Answers(found.Serial, Answers(observed)) ?? action.Options.Check(eligible));
    }

    public async Task<Outcome<RequestedOperation>> RequestAsync(Actor actor, Ticket ticket, OperationWish wish, CancellationToken cancellationToken)
    {
        await using (var db = dbs.Open())
        {
            // A first look without the lock: what is refused anyway makes nobody wait for a device.
            if (await ClosedAsync(db, actor, ticket, wish.Reason, cancellationToken) is { } early)
            {
                return early;
            }
        }

        if (await classes.ReadAsync(ticket.Serial, null, cancellationToken) is not { } observed)
        {
            return ObservedClasses.NotKnown;
        }

        if (ReclaimAgainRules.Answers(ticket.Serial, Answers(observed)) is { } silent)
        {
            return silent;
        }

        var excluded = ApprovalBook.ExcludedBy(ticket, actor);
        var eligible = await book.EligibleAsync(actor.Id, excluded, cancellationToken);
        try
        {
            switch (await ledger.WriteAsync<Outcome<Submitted>>(db => SubmitAsync(db, actor, ticket.Number, wish, excluded, eligible, observed, cancellationToken), cancellationToken))
            {
                case Outcome<Submitted>.Done(var submitted):
                    book.Publish(submitted.Request);
                    operationChanges.Publish(submitted.Operation);
                    return new RequestedOperation(submitted.Operation, submitted.Request.Id);
                case Outcome<Submitted>.Refused(var why):
                    return why;
                default:
                    throw new InvalidOperationException("An outcome is either done or refused.");
            }
        }
        catch (DbUpdateException e) when (Guard.Held(e))
        {
            return new Refusal("R67", RefusalKind.NotInThisState, "Another operation took the device at this moment.", "Wait until it has ended. One operation at a time per device.");
        }
    }

    public Refusal? MayConfirm(Actor actor, Operation operation, DateTimeOffset now) =>
        new("R75", RefusalKind.NotInThisState, $"A Reclaim again is not confirmed by one person; {operation.Approval} is signed by several engineers.", $"Sign on the page of {operation.Approval}.");

    public Operation Confirmed(Operation operation, Actor by, DateTimeOffset now) => operation;

    public Refusal? MayWithdraw(Actor actor, Operation operation, DateTimeOffset now) =>
        new("R74", RefusalKind.NotInThisState, $"A Reclaim again is taken back on its approval, {operation.Approval}.", $"Withdraw or revoke on the page of {operation.Approval}.");

    public Operation Withdrawn(Operation operation, Actor by, DateTimeOffset now) => operation;

    /// <summary>Everything in one transaction: the rules once more on what is stored now, the approval, and the operation that holds the device.</summary>
    private async Task<(Outcome<Submitted> Result, IReadOnlyList<AuditNote> Notes)> SubmitAsync(
        PortalDb db, Actor actor, string number, OperationWish wish, IReadOnlyList<string> excluded, int eligible, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ticket = (await TicketAsync(db, number, cancellationToken))!;
        if ((await ClosedAsync(db, actor, ticket, wish.Reason, cancellationToken) ?? await brake.AtRequestAsync(db, ticket.Serial, cancellationToken)) is { } no)
        {
            return (no, []);
        }

        var last = await ReclaimAgainAction.LastHolderAsync(db, ticket.Serial, cancellationToken);
        var (reason, id) = (wish.Reason!.Trim(), Guid.CreateVersion7(now));
        var parameters = new Dictionary<string, string>
        {
            [ReclaimAuthority.OperationParameter] = id.ToString(),
            [ForceDeleteFacts.Parameter.Scope] = "AllCustomerContent",
            [ForceDeleteFacts.Parameter.Customer] = last?.Customer ?? "nobody",
            [ForceDeleteFacts.Parameter.Reason] = reason,
        };
        var binding = await action.BindAsync(db, ticket.Serial, ticket.Number, parameters, observed, cancellationToken);
        switch (await book.SubmitAsync(db, actor, excluded, binding, eligible, action.Options, cancellationToken))
        {
            case Outcome<Written>.Refused(var why):
                return (why, []);
            case Outcome<Written>.Done(var written):
                var request = written.Request;
                var operation = ForceDelete.RequestAgain(
                    id, ticket.Serial, ticket.Number, reason, actor.Id, Preview(binding, now), new OperationProgress.Reclaim(last?.ResourceId ?? "", last?.AllocationId ?? "", last?.Customer ?? "nobody"),
                    request.Id, request.ApproveBefore, now);
                var row = OperationRow.Of(operation);
                row.Version = 1;
                db.Operations.Add(row);
                var asked = new AuditNote(
                    actor, "operation.requested", $"Reclaim again of {ticket.Serial}: {reason}", ticket.Serial, ticket.Number, id, After: new Dictionary<string, string> { ["approval"] = request.Id, ["digest"] = request.Digest });
                return (new Submitted(operation with { Version = 1 }, request), [asked, .. written.Notes]);
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    private async Task<Refusal?> ClosedAsync(PortalDb db, Actor actor, Ticket ticket, string? reason, CancellationToken cancellationToken)
    {
        var text = ticket.Serial.ToString();
        if (await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Serial == text, cancellationToken) is not { } device)
        {
            return new Refusal("R45", RefusalKind.NotFound, $"{ticket.Serial} is no longer enrolled.");
        }

        var gone = !await db.Resources.AsNoTracking().AnyAsync(r => r.Serial == text, cancellationToken) && !await db.Allocations.AsNoTracking().AnyAsync(a => a.Serial == text && a.ClosedAt == null, cancellationToken);
        var holding = await db.Operations.AsNoTracking().FirstOrDefaultAsync(o => o.Serial == text && o.State != OperationState.Finished, cancellationToken);
        return ReclaimAgainRules.Request(actor, ticket, device.ToDevice().Record, gone, holding?.ToOperation(), reason, clock.GetUtcNow(), lifecycle);
    }

    private static async Task<Ticket?> TicketAsync(PortalDb db, string number, CancellationToken cancellationToken)
    {
        var id = TicketNumber.Parse(number);
        return (await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellationToken))?.ToTicket();
    }

    private static IEnumerable<Evidence> Preview(ApprovalBinding binding, DateTimeOffset now) =>
    [
        .. binding.ImpactPreview.Split('\n').Select(line => line.Split(": ", 2)).Select(p => new Evidence(p[0].ToLowerInvariant(), p[^1], now)),
        new("observed", string.Join(", ", binding.ObservedState.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key} {o.Value}")), now),
    ];

    private static bool Answers(IReadOnlyDictionary<string, string> observed) => observed.GetValueOrDefault("oob") == Reachable;

    private sealed record Submitted(Operation Operation, ApprovalRequest Request);
}
