using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Approvals;

/// <summary>
/// What the approval of a Reclaim again (D24) binds: the device in quarantine, the allocation that was closed over it, and why it is there. Armed, it is used by the
/// operation that waits for it.
/// </summary>
internal sealed class ReclaimAgainAction(
    ObservedClasses classes, ReclaimWait wait, ApprovalBook book, ReclaimBrake brake, Ledger ledger, ForceDeleteOptions options, PortalSettings settings, TimeProvider clock) : IApprovalAction
{
    public string Action => ReclaimAuthority.AgainAction;

    public ApprovalOptions Options { get; } = settings.Approvals.ReclaimAgain.ForApproval();

    public Task<IReadOnlyDictionary<string, string>?> ObserveAsync(ApprovalRequest request, CancellationToken cancellationToken) =>
        classes.ReadAsync(request.Binding.Serial, request.Binding.ObservedState, cancellationToken);

    public Task<ApprovalBinding> BindAsync(PortalDb db, ApprovalRequest request, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken) =>
        BindAsync(db, request.Binding.Serial, request.Binding.Ticket, request.Binding.Parameters, observed, cancellationToken);

    public Task<ApprovalEffects> FollowAsync(PortalDb db, ApprovalRequest before, ApprovalRequest after, DateTimeOffset now, CancellationToken cancellationToken) =>
        wait.FollowAsync(db, before, after, now, cancellationToken);

    /// <summary>The binding as it is now, always computed in the same way: at the request, at each signature and when it is used.</summary>
    public async Task<ApprovalBinding> BindAsync(
        PortalDb db, HsmSerial serial, string ticket, IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken)
    {
        var text = serial.ToString();
        var device = await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Serial == text, cancellationToken);
        var number = TicketNumber.Parse(ticket);
        var revision = await db.Tickets.AsNoTracking().Where(t => t.Id == number).Select(t => (long?)t.Version).FirstOrDefaultAsync(cancellationToken);
        var last = await LastHolderAsync(db, serial, cancellationToken);
        var resource = await db.Resources.AsNoTracking().AnyAsync(r => r.Serial == text, cancellationToken);
        var cause = await QuarantineCauses.Of(db, [text]).FirstOrDefaultAsync(cancellationToken);
        var why = cause is null ? "the audit log holds no entry that says so" : $"{cause.Detail?.ReplaceLineEndings(" ").TrimEnd('.')} ({cause.Action}, {Utc(cause.At)})";
        var record = device?.ToDevice().Record;

        // Not its links: cables of a unit in quarantine are pulled and plugged, and come up late after a repair.
        var state = new Dictionary<string, string>(observed.Where(o => o.Key is "oob" or "commission" or "tamper"))
        {
            ["lifecycle"] = record?.State.ToString() ?? "gone",
            ["quarantined"] = record is null ? "gone" : Utc(record.StateSince),
            ["custody"] = record?.Custody.ToString() ?? "gone",
            ["sanitisation"] = record?.Sanitisation.ToString() ?? "gone",
            ["hold"] = record?.Hold == true ? "on hold" : "none",
            ["hardware"] = record?.HardwareFailed == true ? "failed in a customer's hands" : "no failure recorded",
            ["resource"] = resource ? "still there" : "gone",
        };
        return new ApprovalBinding(
            serial, device?.ServiceId.ToString() ?? "gone", last?.ResourceId, null, last?.AllocationId, ticket, revision ?? 0, null, Action, parameters, null, state, Impact(serial, last, why));
    }

    /// <summary>Whose content may still be on the device, by the last hand-over of it; null when it was never handed over.</summary>
    public static async Task<OperationProgress.HandOver?> LastHolderAsync(PortalDb db, HsmSerial serial, CancellationToken cancellationToken)
    {
        var text = serial.ToString();
        var row = await db.Operations.AsNoTracking().Where(o => o.Serial == text && o.Kind == OperationKind.Allocation).OrderByDescending(o => o.RequestedAt).FirstOrDefaultAsync(cancellationToken);
        return row?.ToOperation().Progress as OperationProgress.HandOver;
    }

    /// <summary>
    /// Uses the armed approval: it is consumed and the operation runs in one transaction (R74). Whatever changed since the signatures voids it and ends the operation instead. Returns the
    /// operation as it then is.
    /// </summary>
    public async Task<Operation?> BeginAsync(Operation operation, CancellationToken cancellationToken)
    {
        var begun = await ledger.WriteAsync<Begun>(async db => (new Begun(await book.FindAsync(db, operation.Approval!, cancellationToken)), []), cancellationToken);
        if (begun.Request is { State: ApprovalState.Armed } armed)
        {
            if (await ObserveAsync(armed, cancellationToken) is not { } observed)
            {
                return null;
            }

            begun = await ledger.WriteAsync<Begun>(db => UseAsync(db, operation, observed, cancellationToken), cancellationToken);
        }

        if (begun is { Request: { } request, Operation: { } after })
        {
            book.Publish(request);
            await wait.GoOnAsync(after);
            return after;
        }

        if (begun.AfterCommit is { } go)
        {
            book.Publish(begun.Request!);
            await go();
        }

        return null;
    }

    private async Task<(Begun Result, IReadOnlyList<AuditNote> Notes)> UseAsync(PortalDb db, Operation operation, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await book.FindAsync(db, operation.Approval!, cancellationToken) is not { } request
            || await db.Operations.FirstOrDefaultAsync(o => o.Id == operation.Id, cancellationToken) is not { State: OperationState.AwaitingConfirmation } row)
        {
            return (new Begun(null), []);
        }

        if (await brake.AtActAsync(db, request.Binding.Serial, cancellationToken) is { } tooMany)
        {
            row.Take(ForceDelete.HeldBack(row.ToOperation(), tooMany, now));
            row.Version++;
            return (new Begun(null), []);
        }

        switch (await book.ConsumeAsync(db, request.Id, Actor.Portal, await BindAsync(db, request, observed, cancellationToken), cancellationToken))
        {
            case Outcome<Written>.Done({ Request: { State: ApprovalState.Consumed } used } written):
                row.Take(ForceDelete.Begun(row.ToOperation(), Actor.Portal.Id, options, now));
                row.Version++;
                return (new Begun(used, row.ToOperation()), written.Notes);
            case Outcome<Written>.Done(var voided):
                var effects = await FollowAsync(db, request, voided.Request, now, cancellationToken);
                return (new Begun(voided.Request, null, effects.AfterCommit), [.. voided.Notes, .. effects.Notes]);
            case Outcome<Written>.Refused(var why):
                return (new Begun(null), [ApprovalBook.Note(Actor.Portal, "approval.consume", why.ToString(), request, why.RuleId)]);
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    /// <summary>What it means, one line per point, a heading before the colon.</summary>
    private static string Impact(HsmSerial serial, OperationProgress.HandOver? last, string why) => string.Join('\n',
    [
        $"What happens: The portal sends Reclaim to {serial} once more, as soon as the last signature is there. All keys, settings and logs{(last is null ? "" : $" of {last.Customer}")} that are still on it {ForceDeleteRules.Loss}. The operator holds no copy.",
        $"Lost: {(last is null ? "no hand-over of this device is stored; whatever is on it" : $"what {last.Customer} left under {last.AllocationId}, which has ended")}. The device refuses to erase any other allocation.",
        $"Quarantined because: {why}.",
        "If it is released already: nothing is sent; what is read back decides.",
        "If it is proven: the device is verified like any release, under a new bundle, put on baseline, and goes back to the pool.",
        "If it is not proven: it stays in quarantine as not sanitised, and leaves by another Reclaim again or by destruction.",
    ]);

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Begun(ApprovalRequest? Request, Operation? Operation = null, Func<Task>? AfterCommit = null);
}
