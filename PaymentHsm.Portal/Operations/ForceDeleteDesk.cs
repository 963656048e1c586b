using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Operations;

/// <summary>Asking for a force delete and carrying it out on the customer's behalf (W5). Signing it is the approvals' own business.</summary>
internal sealed class ForceDeleteDesk(
    IPortalDbs dbs, Ledger ledger, IFleetFeed feed, ITicketDesk tickets, ITicketDocuments documents, ForceDeleteFacts facts, ObservedClasses classes, ApprovalBook book, ForceDeleteAction action,
    IResourceDesk resources, IOperationStore operations, StoredChanges<Operation> operationChanges, ReclaimBrake brake, TimeProvider clock) : IOperationKindDesk, IForceDeleteDesk
{
    public OperationKind Kind => OperationKind.ForceDelete;

    public async Task<Outcome<ForceDeletePreview>> PreviewAsync(Actor actor, string ticket, CancellationToken cancellationToken)
    {
        if (ForceDeleteRules.MayAsk(actor) is { } no)
        {
            return no;
        }

        if (await tickets.FindAsync(ticket, cancellationToken) is not { } detail)
        {
            return new Refusal("R53", RefusalKind.NotFound, $"There is no ticket {ticket}.");
        }

        var serial = detail.Ticket.Serial;
        await using var db = dbs.Open();
        if (await StandingAsync(db, serial, cancellationToken) is not { } standing)
        {
            return new Refusal("R45", RefusalKind.NotFound, $"{serial} is no longer enrolled.");
        }

        if (await classes.ReadAsync(serial, null, cancellationToken) is not { } observed)
        {
            return ObservedClasses.NotKnown;
        }

        var binding = await facts.BindAsync(db, serial, detail.Ticket.Number, new Dictionary<string, string>(), observed, cancellationToken);
        var eligible = await book.EligibleAsync(actor.Id, ApprovalBook.ExcludedBy(detail.Ticket, actor), cancellationToken);
        var closed = ForceDeleteRules.Device(standing)
            ?? ForceDeleteRules.TicketOpen(detail.Ticket)
            ?? action.Options.Check(eligible)
            ?? await brake.AtRequestAsync(db, serial, cancellationToken);
        var tile = feed.Current.Tiles.GetValueOrDefault(serial);
        return new ForceDeletePreview(
            standing.Resource?.Customer ?? tile?.Customer ?? "nobody", standing.Resource?.Id.ToString() ?? "", binding.ImpactPreview, ForceDeleteRules.Ladder(detail.Operations, null),
            binding.ObservedState, KnownIssues.For(tile?.Firmware), tile?.ObservedAt, detail.Documents, action.Options, eligible, closed);
    }

    public async Task<Outcome<RequestedOperation>> RequestAsync(Actor actor, Ticket ticket, OperationWish wish, CancellationToken cancellationToken)
    {
        var document = string.IsNullOrWhiteSpace(wish.DocumentId) ? null : await documents.FindAsync(ticket.Number, wish.DocumentId, cancellationToken);
        await using (var db = dbs.Open())
        {
            // A first look without the lock: what is refused anyway makes nobody wait for a device.
            var early = await StandingAsync(db, ticket.Serial, cancellationToken) is { } standing
                ? ForceDeleteRules.Request(actor, ticket, standing, wish.Reason, document)
                : new Refusal("R45", RefusalKind.NotFound, $"{ticket.Serial} is no longer enrolled.");
            if (early is not null)
            {
                return early;
            }
        }

        var excluded = ApprovalBook.ExcludedBy(ticket, actor);
        var eligible = await book.EligibleAsync(actor.Id, excluded, cancellationToken);
        if (await classes.ReadAsync(ticket.Serial, null, cancellationToken) is not { } observed)
        {
            return ObservedClasses.NotKnown;
        }

        try
        {
            var answer = await ledger.WriteAsync<Outcome<Submitted>>(
                db => SubmitAsync(db, actor, ticket.Number, wish, document!, excluded, eligible, observed, cancellationToken), cancellationToken);
            switch (answer)
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

    public async Task<Outcome<Operation>> ExecuteAsync(Actor actor, Guid operation, CancellationToken cancellationToken)
    {
        if (await operations.FindAsync(operation, cancellationToken) is not { Kind: OperationKind.ForceDelete, Approval: { } approvalId } waiting)
        {
            return new Refusal("R85", RefusalKind.NotFound, $"There is no force delete {operation}.");
        }

        ApprovalRequest? approval;
        await using (var db = dbs.Open())
        {
            approval = await book.FindAsync(db, approvalId, cancellationToken);
        }

        if (approval is null || !ResourceId.TryParse(approval.Binding.ResourceId, out var id))
        {
            return ApprovalBook.NoSuch(approvalId);
        }

        if (ClosedToExecute(actor, approval) is { } no)
        {
            await ledger.NoteAsync(ApprovalBook.Note(actor, "operation.execute", no.ToString(), approval, no.RuleId), cancellationToken);
            return no;
        }

        // One way for every deletion: the customer's, and this one on their behalf.
        return await resources.DeleteAsync(actor, id, cancellationToken) switch
        {
            ResourceAnswer<ResourceDeletion>.Refused(_, var fault, var rule) => new Refusal(rule, RefusalKind.NotInThisState, fault.Message),
            _ => await operations.FindAsync(operation, cancellationToken) ?? waiting,
        };
    }

    public Refusal? ClosedToExecute(Actor actor, ApprovalRequest approval) =>
        actor.Role != Role.Engineering ? new Refusal("R72", RefusalKind.NotThisPerson, $"Engineering deletes on the customer's behalf; {actor.Id} is {actor.Role}.", "The customer deletes through the API; an engineer who did not sign may here.")
        : ApprovalPolicy.MayExecute(approval, actor) is { } no ? no
        : approval.AsOf(clock.GetUtcNow()).State switch
        {
            ApprovalState.Armed => null,
            ApprovalState.Submitted or ApprovalState.Approved => new Refusal("R74", RefusalKind.NotInThisState, $"{approval.Id} is {approval.State}; it is not armed yet.", "Wait for the signatures."),
            var ended => new Refusal("I9", RefusalKind.NotInThisState, $"{approval.Id} is {ended}; it can be used no more.", "Ask for a new one."),
        };

    public Refusal? MayConfirm(Actor actor, Operation operation, DateTimeOffset now) =>
        new("R75", RefusalKind.NotInThisState, $"A force delete is not confirmed by one person; {operation.Approval} is signed by several engineers.", $"Sign on the page of {operation.Approval}.");

    public Operation Confirmed(Operation operation, Actor by, DateTimeOffset now) => operation;

    public Refusal? MayWithdraw(Actor actor, Operation operation, DateTimeOffset now) =>
        new("R74", RefusalKind.NotInThisState, $"A force delete is taken back on its approval, {operation.Approval}.", $"Withdraw or revoke on the page of {operation.Approval}.");

    public Operation Withdrawn(Operation operation, Actor by, DateTimeOffset now) => operation;

    /// <summary>Everything in one transaction: the rules once more on what is stored now, the approval, and the operation that holds the device.</summary>
    private async Task<(Outcome<Submitted> Result, IReadOnlyList<AuditNote> Notes)> SubmitAsync(
        PortalDb db, Actor actor, string number, OperationWish wish, TicketDocument document, IReadOnlyList<string> excluded, int eligible, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ticketId = TicketNumber.Parse(number);
        var ticket = (await db.Tickets.FirstAsync(t => t.Id == ticketId, cancellationToken)).ToTicket();
        if (await StandingAsync(db, ticket.Serial, cancellationToken) is not { } standing)
        {
            return (new Refusal("R45", RefusalKind.NotFound, $"{ticket.Serial} is no longer enrolled."), []);
        }

        if ((ForceDeleteRules.Request(actor, ticket, standing, wish.Reason, document) ?? await brake.AtRequestAsync(db, ticket.Serial, cancellationToken)) is { } no)
        {
            return (no, []);
        }

        var before = (await db.Operations.AsNoTracking().Where(o => o.TicketId == ticketId).ToListAsync(cancellationToken)).Select(o => o.ToOperation()).ToList();
        var tile = feed.Current.Tiles.GetValueOrDefault(ticket.Serial);
        var (reason, resource) = (wish.Reason!.Trim(), standing.Resource!);
        var (id, finding) = (Guid.CreateVersion7(now), wish.Detail(IForceDeleteDesk.HardwareFinding));
        var parameters = ForceDeleteFacts.Parameters(
            id, resource.Customer, reason, ForceDeleteRules.Ladder(before, wish.Detail(IForceDeleteDesk.WhySkipped)), document, KnownIssues.For(tile?.Firmware), tile?.ObservedAt, finding);
        var binding = await facts.BindAsync(db, ticket.Serial, ticket.Number, parameters, observed, cancellationToken);
        switch (await book.SubmitAsync(db, actor, excluded, binding, eligible, action.Options, cancellationToken))
        {
            case Outcome<Written>.Refused(var why):
                return (why, []);
            case Outcome<Written>.Done(var written):
                var request = written.Request;
                var operation = ForceDelete.Request(
                    id, ticket.Serial, ticket.Number, reason, actor.Id, Preview(binding, now), new OperationProgress.Reclaim(resource.Id.ToString(), standing.Record.Allocation!, resource.Customer) { HardwareFinding = finding },
                    request.Id, request.ApproveBefore, now);
                var row = OperationRow.Of(operation);
                row.Version = 1;
                db.Operations.Add(row);
                var asked = new AuditNote(
                    actor, "operation.requested", $"Force delete of {ticket.Serial}: {reason}", ticket.Serial, ticket.Number, id, After: new Dictionary<string, string> { ["approval"] = request.Id, ["digest"] = request.Digest });
                return (new Submitted(operation with { Version = 1 }, request), [asked, .. written.Notes]);
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    private static IEnumerable<Evidence> Preview(ApprovalBinding binding, DateTimeOffset now) =>
    [
        .. binding.ImpactPreview.Split('\n').Select(line => line.Split(": ", 2)).Select(p => new Evidence(p[0].ToLowerInvariant(), p[^1], now)),
        new("tried before", binding.Parameters[ForceDeleteFacts.Parameter.Ladder].Replace("\n", "; ", StringComparison.Ordinal), now),
        new("observed", string.Join(", ", binding.ObservedState.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key} {o.Value}")), now),
        new("document", $"{binding.Parameters[ForceDeleteFacts.Parameter.Document]}, SHA-256 {binding.RequestDocument}", now),
    ];

    private static async Task<ForceDeleteStanding?> StandingAsync(PortalDb db, HsmSerial serial, CancellationToken cancellationToken)
    {
        var text = serial.ToString();
        var device = await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Serial == text, cancellationToken);
        var resource = await db.Resources.AsNoTracking().FirstOrDefaultAsync(r => r.Serial == text, cancellationToken);
        var holding = await db.Operations.AsNoTracking().FirstOrDefaultAsync(o => o.Serial == text && o.State != OperationState.Finished, cancellationToken);
        return device is null ? null : new ForceDeleteStanding(device.ToDevice().Record, resource?.ToResource(), holding?.ToOperation());
    }

    private sealed record Submitted(Operation Operation, ApprovalRequest Request);
}
