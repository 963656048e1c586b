using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Approvals;

/// <inheritdoc cref="IForceDeleteFlags"/>
internal sealed class ForceDeleteFlags(
    IPortalDbs dbs, Ledger ledger, ApprovalBook book, ForceDeleteAction action, IOutOfBandLinks links, ForceDeleteOptions options, ReclaimBrake brake,
    StoredChanges<Operation> operationChanges, StoredChanges<CustomerResource> resourceChanges, IGrainFactory grains, TimeProvider clock) : IForceDeleteFlags
{
    public async Task<Outcome<Operation>?> TryConsumeAsync(Actor by, CustomerResource resource, CancellationToken cancellationToken)
    {
        if (resource.Serial is not { } serial || await OpenAsync(serial, resource, cancellationToken) is not { } request)
        {
            return null;
        }

        if (await IsReleasedAsync(serial, cancellationToken))
        {
            // W5 step 7: the customer released it after all. The flag is void, and the deletion goes on as any other.
            await VoidAsync(request, by, $"The customer released {serial} before it was used; the deletion goes on as a normal one.", cancellationToken);
            return null;
        }

        if (request.State != ApprovalState.Armed)
        {
            return null;
        }

        if (ApprovalPolicy.MayExecute(request, by) is { } no)
        {
            await ledger.NoteAsync(ApprovalBook.Note(by, "approval.consume", no.ToString(), request, no.RuleId), cancellationToken);
            return no;
        }

        if (await action.ObserveAsync(request, cancellationToken) is not { } observed)
        {
            await ledger.NoteAsync(ApprovalBook.Note(by, "approval.consume", ObservedClasses.NotKnown.ToString(), request, ObservedClasses.NotKnown.RuleId), cancellationToken);
            return ObservedClasses.NotKnown;
        }

        var answer = await ledger.WriteAsync<Consumed>(db => ConsumeAsync(db, by, resource, request.Id, observed, cancellationToken), cancellationToken);
        await AfterCommitAsync(answer);
        return answer.Refused is { } refused ? refused : answer.Operation!;
    }

    private async Task<(Consumed Result, IReadOnlyList<AuditNote> Notes)> ConsumeAsync(
        PortalDb db, Actor by, CustomerResource resource, string id, IReadOnlyDictionary<string, string> observed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        (Consumed, IReadOnlyList<AuditNote>) Refuse(Refusal why, ApprovalRequest? about) =>
            (new Consumed(null, null, null, why), about is null ? [] : [ApprovalBook.Note(by, "approval.consume", why.ToString(), about, why.RuleId)]);

        if (await book.FindAsync(db, id, cancellationToken) is not { } request)
        {
            return Refuse(ApprovalBook.NoSuch(id), null);
        }

        if (await brake.AtActAsync(db, request.Binding.Serial, cancellationToken) is { } tooMany)
        {
            return Refuse(tooMany, request);
        }

        var fresh = await action.BindAsync(db, request, observed, cancellationToken);
        switch (await book.ConsumeAsync(db, id, by, fresh, cancellationToken))
        {
            case Outcome<Written>.Refused(var why):
                return Refuse(why, request);
            case Outcome<Written>.Done({ Request: { State: ApprovalState.Consumed } used } written):
                return await BeginAsync(db, by, resource, used, written.Notes, now, cancellationToken);
            case Outcome<Written>.Done(var voided):
                var effects = await action.FollowAsync(db, request, voided.Request, now, cancellationToken);
                var drift = new Refusal("R74", RefusalKind.NotInThisState, $"{voided.Request.EndedBecause} {id} is void; nothing was deleted.", "Ask for a new force delete.");
                return (new Consumed(voided.Request, null, null, drift, effects.AfterCommit), [.. voided.Notes, .. effects.Notes, ApprovalBook.Note(by, "approval.consume", drift.ToString(), voided.Request, drift.RuleId)]);
            default:
                throw new InvalidOperationException("An outcome is either done or refused.");
        }
    }

    /// <summary>The operation runs and the resource is being deleted from the moment in which the approval is used (R73, A8).</summary>
    private async Task<(Consumed Result, IReadOnlyList<AuditNote> Notes)> BeginAsync(
        PortalDb db, Actor by, CustomerResource resource, ApprovalRequest used, IReadOnlyList<AuditNote> notes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var operationId = ApprovalBook.Operation(used);
        var operationRow = await db.Operations.FirstAsync(o => o.Id == operationId, cancellationToken);
        var resourceRow = await db.Resources.FirstAsync(r => r.Key == resource.Id.Key, cancellationToken);
        if (resourceRow.ToResource().Apply(ResourceEvent.Delete, new ResourceFacts { ApprovalConsumed = true }, "Deleting: the device is being reclaimed on the customer's behalf.", now) is not Outcome<CustomerResource>.Done(var deleting))
        {
            throw new InvalidOperationException($"{resource.Id} cannot be deleted although what its approval binds has not changed.");
        }

        resourceRow.Take(deleting with { Operation = operationId, Modified = new ResourceStamp(by.Id, by.Role != Role.Automation, now), Generation = deleting.Generation + 1, DeletionBlockedSince = null });
        resourceRow.Version++;
        operationRow.Take(ForceDelete.Begun(operationRow.ToOperation(), by.Id, options, now));
        operationRow.Version++;
        return (
            new Consumed(used, operationRow.ToOperation(), resourceRow.ToResource(), null),
            [.. notes, new AuditNote(by, "resource.delete", $"Force delete of {resource.Id} under {used.Id}", used.Binding.Serial, used.Binding.Ticket, operationId)]);
    }

    private async Task VoidAsync(ApprovalRequest request, Actor by, string because, CancellationToken cancellationToken)
    {
        var answer = await ledger.WriteAsync<Consumed>(
            async db =>
            {
                if (await book.VoidAsync(db, request.Id, by, because, cancellationToken) is not Outcome<Written>.Done(var written))
                {
                    return (new Consumed(null, null, null, null), []);
                }

                var effects = await action.FollowAsync(db, request, written.Request, clock.GetUtcNow(), cancellationToken);
                return (new Consumed(written.Request, null, null, null, effects.AfterCommit), [.. written.Notes, .. effects.Notes]);
            },
            cancellationToken);
        await AfterCommitAsync(answer);
    }

    private async Task AfterCommitAsync(Consumed answer)
    {
        if (answer.Request is not null)
        {
            book.Publish(answer.Request);
        }

        if (answer.Resource is not null)
        {
            resourceChanges.Publish(answer.Resource);
        }

        if (answer.Operation is { } operation)
        {
            operationChanges.Publish(operation);
            await grains.GetGrain<IHsmGrain>(operation.Serial.ToString()).DriveAsync(operation.Id);
        }

        if (answer.AfterCommit is { } go)
        {
            await go();
        }
    }

    /// <summary>The open request for this very resource; null when there is none. One whose clock ran out is none: the deletion is then a normal one.</summary>
    private async Task<ApprovalRequest?> OpenAsync(HsmSerial serial, CustomerResource resource, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var text = serial.ToString();
        var rows = await db.Approvals.AsNoTracking()
            .Where(a => a.Serial == text && a.Action == ReclaimAuthority.Action && (a.State == ApprovalState.Submitted || a.State == ApprovalState.Approved || a.State == ApprovalState.Armed))
            .ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return rows.Select(r => r.ToRequest().AsOf(now)).FirstOrDefault(r => !r.IsTerminal && ResourceId.TryParse(r.Binding.ResourceId, out var bound) && bound == resource.Id);
    }

    private async Task<bool> IsReleasedAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        try
        {
            return await links.LinkTo(serial).ReadCommissionAsync(cancellationToken) is { State: CommissionState.Released, CustomerContentPresent: false };
        }
        catch (LinkException)
        {
            // A device that cannot be asked is just what a force delete is for.
            return false;
        }
    }

    private sealed record Consumed(ApprovalRequest? Request, Operation? Operation, CustomerResource? Resource, Refusal? Refused, Func<Task>? AfterCommit = null);
}
