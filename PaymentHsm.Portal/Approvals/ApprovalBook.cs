using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Approvals;

/// <summary>
/// Keeps approval requests, always inside the caller's transaction: what a caller does with an approval and the approval itself become durable together.
/// Each method returns the notes that the transaction must log; after the commit the caller publishes the request.
/// </summary>
internal sealed class ApprovalBook(StoredChanges<ApprovalRequest> changes, NoticeWriter notices, IPeople people, TimeProvider clock)
{
    /// <summary>R1, R75: whoever opened or owns the ticket may not sign.</summary>
    public static string[] ExcludedBy(Ticket ticket, Actor requester) =>
        [.. new[] { ticket.Owner, ticket.OpenedBy }.OfType<string>().Where(p => p != requester.Id).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>How many people could sign such a request; asked before the transaction.</summary>
    public async Task<int> EligibleAsync(string requestedBy, IReadOnlyList<string> excluded, CancellationToken cancellationToken) =>
        ApprovalPolicy.Eligible(await people.WithRoleAsync(Role.Engineering, cancellationToken), requestedBy, excluded);

    /// <summary>Stores a new request, open for signatures (R75: refused when the quorum could not be reached with one person away).</summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="excluded">Ids of others who may not sign: ticket owner, executors, witnesses (I6).</param>
    /// <param name="binding">What is signed.</param>
    /// <param name="eligible">From <see cref="EligibleAsync"/>.</param>
    /// <param name="options">Quorum and clocks.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<Outcome<Written>> SubmitAsync(
        PortalDb db, Actor requester, IReadOnlyList<string> excluded, ApprovalBinding binding, int eligible, ApprovalOptions options, CancellationToken cancellationToken)
    {
        switch (ApprovalRequest.Draft("", requester.Id, excluded, binding).Submit(eligible, options, clock.GetUtcNow()))
        {
            case Outcome<ApprovalRequest>.Refused(var why):
                return why;
            case Outcome<ApprovalRequest>.Done(var submitted):
                var row = ApprovalRow.Of(submitted);
                db.Approvals.Add(row);
                await db.SaveChangesAsync(cancellationToken);
                var stored = row.ToRequest();
                await notices.AddAsync(
                    db,
                    new Notice(
                        $"approval/{stored.Id}/submitted", "approval.waiting", NoticeLevel.Action, $"{stored.Id} waits for your signature: {stored.Act()} of {binding.Serial}",
                        $"Asked for by {requester.Id} on {binding.Ticket}. {options.Needed} signatures by {stored.ApproveBefore:yyyy-MM-dd HH:mm:ss}Z.", $"/approvals/{stored.Id}",
                        new Audience([], Role.Engineering, [requester.Id, .. excluded]), binding.Serial, binding.Ticket),
                    cancellationToken);
                return new Written(stored, [Note(requester, "approval.submitted", $"{stored.Id}: {binding.Action} of {binding.Serial} waits for {options.Needed} signatures, digest {stored.Digest}", stored)]);
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    /// <summary>The request as it stands now, read in the caller's transaction; null when there is none.</summary>
    public async Task<ApprovalRequest?> FindAsync(PortalDb db, string id, CancellationToken cancellationToken) =>
        await RowAsync(db, id, cancellationToken) is { } row ? row.ToRequest().AsOf(clock.GetUtcNow()) : null;

    /// <summary>
    /// Uses an armed approval, once (R74): only for what was signed, inside its clock. Done: the request is Consumed, or Invalidated when something had changed; the caller looks at the
    /// state before it acts, and stores its act's first step in the same transaction. Refused: nothing was changed.
    /// </summary>
    public async Task<Outcome<Written>> ConsumeAsync(PortalDb db, string id, Actor by, ApprovalBinding fresh, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, id, cancellationToken) is not { } request)
        {
            return NoSuch(id);
        }

        if (ApprovalPolicy.MayExecute(request, by) is { } no)
        {
            return no;
        }

        return request.Consume(fresh, clock.GetUtcNow()) switch
        {
            Outcome<ApprovalRequest>.Done(var ended) => await StoreAsync(db, by, request, ended, cancellationToken),
            Outcome<ApprovalRequest>.Refused(var why) => why,
            _ => throw new InvalidOperationException("An outcome is either done or refused."),
        };
    }

    /// <summary>Ends a request because what it was asked for is no longer wanted or possible.</summary>
    public async Task<Outcome<Written>> VoidAsync(PortalDb db, string id, Actor by, string because, CancellationToken cancellationToken) =>
        await FindAsync(db, id, cancellationToken) is not { } request ? NoSuch(id)
        : request.Void(because, clock.GetUtcNow()) switch
        {
            Outcome<ApprovalRequest>.Done(var ended) => await StoreAsync(db, by, request, ended, cancellationToken),
            Outcome<ApprovalRequest>.Refused(var why) => why,
            _ => throw new InvalidOperationException("An outcome is either done or refused."),
        };

    /// <summary>Stores a change that the domain made. Whoever reads the ticket learns where the request stands, in the same transaction.</summary>
    public async Task<Written> StoreAsync(PortalDb db, Actor by, ApprovalRequest before, ApprovalRequest after, CancellationToken cancellationToken)
    {
        var row = await RowAsync(db, after.Id, cancellationToken) ?? throw new InvalidOperationException($"{after.Id} is not stored.");
        var stored = row.State;
        row.Take(after);
        List<AuditNote> notes = [];
        foreach (var decision in after.Decisions.Skip(before.Decisions.Count))
        {
            notes.Add(Note(decision.By, decision.Kind == DecisionKind.Approve ? "approval.signed" : "approval.rejected", $"{after.Id}, digest {after.Digest}: {decision.Comment}", after));
        }

        if (after.State != stored)
        {
            notes.Add(Note(after.State is ApprovalState.Approved or ApprovalState.Armed or ApprovalState.Expired or ApprovalState.Invalidated ? Actor.Portal : by, $"approval.{after.State.ToString().ToLowerInvariant()}", Words(after), after));
            if (TicketNumber.Parse(after.Binding.Ticket) is { } ticket)
            {
                db.TicketNotes.Add(new TicketNoteRow { TicketId = ticket, Author = Actor.Portal.Id, At = clock.GetUtcNow(), Text = Words(after) });
            }

            // Whoever asked is always told; who signed is told when the signature no longer counts.
            var voided = after.State is ApprovalState.Invalidated or ApprovalState.Revoked or ApprovalState.Expired;
            await notices.AddAsync(
                db,
                new Notice(
                    $"approval/{after.Id}/{after.State}", $"approval.{after.State.ToString().ToLowerInvariant()}", NoticeLevel.Info, $"{after.Id}, {after.Act()} of {after.Binding.Serial}: {after.State}", Words(after),
                    $"/approvals/{after.Id}", new Audience([after.RequestedBy, .. voided ? after.Decisions.Select(d => d.By.Id) : []]), after.Binding.Serial, after.Binding.Ticket),
                cancellationToken);
        }

        return new Written(after, notes);
    }

    /// <summary>Tells the readers; after the commit.</summary>
    public void Publish(ApprovalRequest request) => changes.Publish(request);

    public static Refusal NoSuch(string id) => new("R75", RefusalKind.NotFound, $"There is no approval {id}.", "Look in the list of approvals.");

    public static Task<ApprovalRow?> RowAsync(PortalDb db, string id, CancellationToken cancellationToken) => ApprovalNumber.Parse(id) is { } number
        ? db.Approvals.FirstOrDefaultAsync(a => a.Id == number, cancellationToken)
        : Task.FromResult<ApprovalRow?>(null);

    public static AuditNote Note(Actor actor, string action, string detail, ApprovalRequest request, string? ruleId = null) =>
        new(actor, action, detail, request.Binding.Serial, request.Binding.Ticket, Operation(request), ruleId);

    /// <summary>The operation that waits for the request; null when it has none (R85).</summary>
    public static Guid? Operation(ApprovalRequest request) =>
        request.Binding.Parameters.TryGetValue(Domain.Custody.ReclaimAuthority.OperationParameter, out var text) && Guid.TryParse(text, out var id) ? id : null;

    private static string Words(ApprovalRequest request) => request.State switch
    {
        ApprovalState.Approved => $"{request.Id} is approved by {Signers(request)}; it arms at {request.ArmAfter:yyyy-MM-dd HH:mm:ss}Z.",
        ApprovalState.Armed => $"{request.Id} is armed, signed by {Signers(request)}. It may be used once, until {request.ExecuteBefore:yyyy-MM-dd HH:mm:ss}Z.",
        ApprovalState.Submitted => $"{request.Id} waits for signatures.",
        _ => $"{request.Id}, {request.State}: {request.EndedBecause}",
    };

    private static string Signers(ApprovalRequest request) => string.Join(" and ", request.Decisions.Where(d => d.Kind == DecisionKind.Approve).Select(d => d.By.Id));
}

/// <summary>A stored change of an approval request, and what the transaction must log.</summary>
internal sealed record Written(ApprovalRequest Request, IReadOnlyList<AuditNote> Notes);
