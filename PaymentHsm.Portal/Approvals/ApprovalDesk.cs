using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Approvals;

/// <inheritdoc cref="IApprovalDesk"/>
internal sealed class ApprovalDesk(
    IPortalDbs dbs, Ledger ledger, ApprovalBook book, StoredChanges<ApprovalRequest> changes, IPeople people, IEnumerable<IApprovalAction> actions, TimeProvider clock) : IApprovalDesk
{
    private static readonly IReadOnlyDictionary<string, string> NotObserved = new Dictionary<string, string>();

    private readonly Dictionary<string, IApprovalAction> _actions = actions.ToDictionary(a => a.Action, StringComparer.Ordinal);

    public async Task<Outcome<ApprovalRequest>> DecideAsync(Actor actor, string id, Signature signature, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } seen)
        {
            return ApprovalBook.NoSuch(id);
        }

        var words = await ledger.CleanAsync(actor, $"the signature of {seen.Id}", seen.Binding.Serial, seen.Binding.Ticket, [signature.Comment?.Trim(), signature.Serial?.Trim()], cancellationToken);
        var decision = new Decision(
            actor, clock.GetUtcNow(), signature.Kind, signature.Digest?.Trim() ?? "", words.Texts[1] ?? "", signature.SignedInAt, words.Text ?? "");

        // A first look without the lock: who may not sign makes nobody wait for a device.
        if (seen.Decide(decision, OptionsOf(seen.Binding.Action)) is Outcome<ApprovalRequest>.Refused(var early))
        {
            await ledger.NoteAsync(ApprovalBook.Note(actor, "approval.sign", early.ToString(), seen, early.RuleId), cancellationToken);
            return early;
        }

        if ((signature.Kind == DecisionKind.Approve ? await _actions[seen.Binding.Action].ObserveAsync(seen, cancellationToken) : NotObserved) is not { } observed)
        {
            await ledger.NoteAsync(ApprovalBook.Note(actor, "approval.sign", ObservedClasses.NotKnown.ToString(), seen, ObservedClasses.NotKnown.RuleId), cancellationToken);
            return ObservedClasses.NotKnown;
        }

        return await ChangeAsync(
            actor,
            id,
            "approval.sign",
            async (db, action, request, now) =>
            {
                if (signature.Kind != DecisionKind.Approve)
                {
                    return (request.Decide(decision, action.Options), null);
                }

                var fresh = await action.BindAsync(db, request, observed, cancellationToken);
                if (request.Drifted(fresh, now) is { } voided)
                {
                    return (voided, new Refusal("R74", RefusalKind.NotInThisState, $"{voided.EndedBecause} {request.Id} is void; your signature was not taken.", "Ask for a new one."));
                }

                var outcome = request.Decide(decision, action.Options);
                return (outcome is Outcome<ApprovalRequest>.Done(var signed) ? ArmIfDue(signed, fresh, action.Options, now) : outcome, null);
            },
            cancellationToken);
    }

    public Task<Outcome<ApprovalRequest>> WithdrawAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, "approval.withdraw", (_, _, request, now) => Task.FromResult((request.Withdraw(actor, now), (Refusal?)null)), cancellationToken);

    public async Task<Outcome<ApprovalRequest>> RevokeAsync(Actor actor, string id, string? reason, CancellationToken cancellationToken)
    {
        if (reason?.Length > ApprovalPolicy.MaxComment)
        {
            return new Refusal("R84", RefusalKind.BadInput, $"The reason has {reason.Length} characters; {ApprovalPolicy.MaxComment} is the most.");
        }

        var words = await ledger.CleanAsync(actor, "the reason of a revocation", null, null, [reason], cancellationToken);
        return await ChangeAsync(actor, id, "approval.revoke", (_, _, request, now) => Task.FromResult((request.Revoke(actor, words.Text ?? "", now), (Refusal?)null)), cancellationToken);
    }

    public async Task<ApprovalRequest?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return await book.FindAsync(db, id, cancellationToken);
    }

    public async Task<ApprovalPage> PageAsync(ApprovalFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = db.Approvals.AsNoTracking().Where(a =>
            (filter.State == null || a.State == filter.State) && (filter.Serial == null || a.Serial == filter.Serial)
            && (filter.Ticket == null || a.Ticket == filter.Ticket) && (filter.RequestedBy == null || a.RequestedBy == filter.RequestedBy)
            && (filter.Person == null || a.RequestedBy == filter.Person || a.Decisions.Any(d => d.Person == filter.Person)));
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(a => a.Id).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return new ApprovalPage(total, [.. page.Select(a => a.ToRequest().AsOf(now))]);
    }

    public async Task<IReadOnlyList<ApprovalRequest>> WaitingForAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var open = await db.Approvals.AsNoTracking().Where(a => a.State == ApprovalState.Submitted).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return [.. open.Select(a => a.ToRequest().AsOf(now))
            .Where(r => r.State == ApprovalState.Submitted && ApprovalPolicy.Closed(r, actor) is null)
            .OrderBy(r => r.ApproveBefore)];
    }

    public async Task<ApprovalCheck?> CheckAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } request)
        {
            return null;
        }

        var action = _actions[request.Binding.Action];
        if (await action.ObserveAsync(request, cancellationToken) is not { } observed)
        {
            return null;
        }

        await using var db = dbs.Open();
        var fresh = await action.BindAsync(db, request, observed, cancellationToken);
        return new ApprovalCheck(clock.GetUtcNow(), fresh.ChangesFrom(request.Binding));
    }

    public ApprovalOptions OptionsOf(string action) => _actions[action].Options;

    public async Task<IReadOnlyList<string>> CouldSignAsync(ApprovalRequest request, CancellationToken cancellationToken) =>
        [.. (await people.WithRoleAsync(Role.Engineering, cancellationToken)).Where(p => ApprovalPolicy.Closed(request, p) is null).Select(p => p.Id).Order(StringComparer.Ordinal)];

    public IAsyncEnumerable<ApprovalRequest> FollowAsync(string id, CancellationToken cancellationToken) =>
        changes.FollowAsync(r => string.Equals(r.Id, id, StringComparison.OrdinalIgnoreCase), () => FindAsync(id, cancellationToken), r => r.IsTerminal, cancellationToken);

    public IAsyncEnumerable<ApprovalRequest> ChangesAsync(CancellationToken cancellationToken) => changes.AllAsync(cancellationToken);

    /// <summary>
    /// Looks at the clocks of every open request: expires what ran out, arms what has cooled off. Called by a timer; late is as good as early, because every reader
    /// looks at the clocks too.
    /// </summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        List<(long Id, ApprovalState State)> due;
        await using (var db = dbs.Open())
        {
            var now = clock.GetUtcNow();
            due = [.. (await db.Approvals.AsNoTracking().IgnoreAutoIncludes()
                .Where(a => (a.State == ApprovalState.Submitted && a.ApproveBefore <= now)
                    || ((a.State == ApprovalState.Approved || a.State == ApprovalState.Armed) && a.ExecuteBefore <= now)
                    || (a.State == ApprovalState.Approved && a.ArmAfter <= now))
                .Select(a => new { a.Id, a.State }).ToListAsync(cancellationToken)).Select(a => (a.Id, a.State))];
        }

        foreach (var (id, _) in due)
        {
            await TickAsync(ApprovalNumber.Of(id), cancellationToken);
        }
    }

    private async Task TickAsync(string id, CancellationToken cancellationToken)
    {
        var observed = await FindAsync(id, cancellationToken) is { State: ApprovalState.Approved } cooled ? await _actions[cooled.Binding.Action].ObserveAsync(cooled, cancellationToken) ?? NotObserved : NotObserved;
        await ChangeAsync(
            Actor.Portal,
            id,
            "approval.tick",
            async (db, action, request, now) =>
                request.State == ApprovalState.Approved && observed.Count > 0
                    ? (ArmIfDue(request, await action.BindAsync(db, request, observed, cancellationToken), action.Options, now), null)
                    : (request, null),
            cancellationToken);
    }

    /// <summary>Arms an approved request whose cooling-off is over; anything else stays as it is. Whatever changed since voids it.</summary>
    private static ApprovalRequest ArmIfDue(ApprovalRequest request, ApprovalBinding fresh, ApprovalOptions options, DateTimeOffset now) =>
        request.State == ApprovalState.Approved && request.ArmAfter <= now && request.Arm(fresh, options, now) is Outcome<ApprovalRequest>.Done(var armed) ? armed : request;

    /// <summary>
    /// One change: read, judge and store in one transaction, with what follows from it. <paramref name="change"/> may store one thing and still refuse the person: a
    /// request that has expired or drifted is stored as such.
    /// </summary>
    private async Task<Outcome<ApprovalRequest>> ChangeAsync(
        Actor actor, string id, string name,
        Func<PortalDb, IApprovalAction, ApprovalRequest, DateTimeOffset, Task<(Outcome<ApprovalRequest> Outcome, Refusal? ButRefused)>> change, CancellationToken cancellationToken)
    {
        var effects = ApprovalEffects.None;
        ApprovalRequest? changed = null;
        var answer = await ledger.WriteAsync<Outcome<ApprovalRequest>>(
            async db =>
            {
                if (await ApprovalBook.RowAsync(db, id, cancellationToken) is not { } row)
                {
                    return (ApprovalBook.NoSuch(id), []);
                }

                var now = clock.GetUtcNow();
                var stored = row.ToRequest();
                var request = stored.AsOf(now);
                var action = _actions[request.Binding.Action];
                var (outcome, butRefused) = await change(db, action, request, now);
                var refusal = butRefused ?? (outcome is Outcome<ApprovalRequest>.Refused(var why) ? why : null);
                var after = outcome is Outcome<ApprovalRequest>.Done(var done) ? done : request;
                List<AuditNote> notes = [];
                if (after != stored)
                {
                    notes.AddRange((await book.StoreAsync(db, actor, stored, after, cancellationToken)).Notes);
                    effects = await action.FollowAsync(db, stored, after, now, cancellationToken);
                    notes.AddRange(effects.Notes);
                    changed = after;
                }

                if (refusal is not null)
                {
                    notes.Add(ApprovalBook.Note(actor, name, refusal.ToString(), after, refusal.RuleId));
                    return (refusal, notes);
                }

                return (after, notes);
            },
            cancellationToken);
        if (changed is not null)
        {
            book.Publish(changed);
            if (effects.AfterCommit is { } go)
            {
                await go();
            }
        }

        return answer;
    }
}
