using System.Globalization;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Operations;

/// <summary>
/// Drives one destruction (W6): consumes the approval, takes the device through D25 to D29 behind what people recorded on the work order, and seals the bundle.
/// Each of its acts looks at what is stored, so that it may be repeated after a crash.
/// </summary>
internal sealed class DestructionDriver(
    IOperationStore store, IWorkOrderStore orders, IDeviceStore devices, DeviceMoves moves, ApprovalBook book, Ledger ledger, IEvidenceBundles bundles, WorkOrderOptions options, TimeProvider clock) : IOperationDriver
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(15);

    public IReadOnlyList<OperationKind> Kinds { get; } = [OperationKind.Destruction];

    public async Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (operation.State == OperationState.Finished)
        {
            return (await store.FindAsync(operation.Id, cancellationToken), null);
        }

        if (operation.State == OperationState.AwaitingConfirmation)
        {
            // The approval's own clock ends the wait.
            return (operation, now + TimeSpan.FromHours(1));
        }

        var device = await devices.FindAsync(operation.Serial, cancellationToken) ?? throw new InvalidOperationException($"{operation.Serial} is not stored.");
        var order = await orders.OfOperationAsync(operation.Id, cancellationToken);
        if (order is null)
        {
            return (await OrderAsync(operation, device, now, cancellationToken), null);
        }

        if (order.State == WorkOrderState.Cancelled)
        {
            return (await CancelledAsync(operation, device, order, cancellationToken), null);
        }

        if (Destruction.NextMove(device.Record, order) is { } move)
        {
            await MoveAsync(operation, device, move.Event, move.Facts, cancellationToken);
            return (null, null);
        }

        var followed = Destruction.Followed(operation, order);
        if (!ReferenceEquals(followed, operation))
        {
            return (await store.SaveAsync(followed, null, cancellationToken), null);
        }

        if (device.Record.State == HsmState.Destroyed)
        {
            return (await FinishAsync(operation, order, now, cancellationToken), null);
        }

        if (order.IsOverdue(now) && !order.Escalated)
        {
            await orders.SaveAsync(
                WorkOrderActs.Escalate(order), new AuditNote(Actor.Portal, "workorder.overdue", $"'{WorkOrderActs.Words(order.Step)}' was due {order.DueAt:yyyy-MM-dd HH:mm:ss}Z", order.Serial, order.Ticket, order.Operation),
                $"overdue: '{WorkOrderActs.Words(order.Step)}' was due {order.DueAt:yyyy-MM-dd HH:mm}Z. {(order.Step is WorkStep.Remove or WorkStep.ConfirmRemoval or WorkStep.Accept ? "The manager of the site is asked." : "The security duty is asked.")}", cancellationToken);
            return (operation, null);
        }

        await CancelIfApprovedAsync(operation, order, cancellationToken);
        return (operation, now + LookAgainAfter);
    }

    /// <summary>D25, or D31 for a clean unit: the armed approval is consumed, the device moves, the order goes to the site; each only if it was not done yet.</summary>
    private async Task<Operation?> OrderAsync(Operation operation, StoredDevice device, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var plan = (OperationProgress.Destroy)operation.Progress;
        if (device.Record.State != HsmState.PendingDestruction)
        {
            // Whatever else the device is by now, for example repaired: the binding or the table refuses it, and no order goes to the site.
            if (await ConsumeAsync(operation, operation.Approval!, Destruction.Action, cancellationToken) is { } refusal)
            {
                return await EndAsync(Destruction.Cancelled(operation, OperationOutcome.Refused, $"Not ordered. {refusal}", now), cancellationToken);
            }

            var facts = new DeviceFacts { ResourceGone = await devices.AllocationAsync(operation.Serial, cancellationToken) is null, RunbookVersion = plan.Runbook, EngineerSignatures = plan.Signers?.Count ?? 0, Ticket = operation.Ticket };
            if (await MoveAsync(operation, device, Destruction.Ordered(plan), facts, cancellationToken) is { } no)
            {
                if (no.RuleId == "R74")
                {
                    return null;
                }

                return await EndAsync(Destruction.Cancelled(operation, OperationOutcome.Refused, $"Not ordered. {no}", now), cancellationToken);
            }
        }

        string[] excluded = [operation.RequestedBy, .. plan.Signers ?? []];
        await orders.AddAsync(
            DestructionActs.Open(operation, excluded, device.Enrolled.Location, options, now),
            new AuditNote(Actor.Portal, "workorder.opened", $"Destruction of {operation.Serial} and disk {plan.DiskSerial}, runbook {plan.Runbook}", operation.Serial, operation.Ticket, operation.Id),
            "work order for the destruction opened; two people of the site carry it out.", cancellationToken);
        return operation;
    }

    /// <summary>Uses an armed approval, once; one that was consumed for this operation already is as good. Null when it was used.</summary>
    private async Task<Refusal?> ConsumeAsync(Operation operation, string approval, string action, CancellationToken cancellationToken)
    {
        ApprovalRequest? changed = null;
        var answer = await ledger.WriteAsync<Refusal?>(
            async db =>
            {
                if (await book.FindAsync(db, approval, cancellationToken) is not { } request)
                {
                    return (ApprovalBook.NoSuch(approval), []);
                }

                if (request.State == ApprovalState.Consumed)
                {
                    return (null, []);
                }

                var fresh = await DestructionBinding.BindAsync(db, action, operation.Serial.ToString(), request.Binding.Ticket, request.Binding.Parameters, request.Binding.RunbookVersion, cancellationToken);
                switch (await book.ConsumeAsync(db, approval, Actor.Portal, fresh, cancellationToken))
                {
                    case Outcome<Written>.Done(var written):
                        changed = written.Request;
                        return (written.Request.State == ApprovalState.Consumed ? null : new Refusal("R74", RefusalKind.NotInThisState, written.Request.EndedBecause ?? "It is void."), written.Notes);
                    case Outcome<Written>.Refused(var why):
                        return (why, []);
                    default:
                        throw new InvalidOperationException("An outcome is either done or refused.");
                }
            },
            cancellationToken);
        if (changed is not null)
        {
            book.Publish(changed);
        }

        return answer;
    }

    /// <summary>D26: an armed cancellation ends the order, unless the unit is out of the rack already.</summary>
    private async Task CancelIfApprovedAsync(Operation operation, WorkOrder order, CancellationToken cancellationToken)
    {
        if (operation.Progress is not OperationProgress.Destroy { CancelApproval: { } approval } || order.Work is not WorkDetails.Destruction { RemovedAt: null })
        {
            return;
        }

        var armed = await ledger.WriteAsync<bool>(async db => (await book.FindAsync(db, approval, cancellationToken) is { State: ApprovalState.Armed or ApprovalState.Consumed }, []), cancellationToken);
        if (armed && await ConsumeAsync(operation, approval, Destruction.CancelAction, cancellationToken) is null)
        {
            await orders.SaveAsync(
                WorkOrderActs.Ended(order, WorkOrderState.Cancelled, Actor.Portal.Id, OperationOutcome.Cancelled, $"Called off by the quorum of {approval}", clock.GetUtcNow()),
                new AuditNote(Actor.Portal, "workorder.ended", $"Called off by the quorum of {approval}", order.Serial, order.Ticket, order.Operation), $"called off by the quorum of {approval}.", cancellationToken);
        }
    }

    private async Task<Operation?> CancelledAsync(Operation operation, StoredDevice device, WorkOrder order, CancellationToken cancellationToken)
    {
        if (device.Record.State == HsmState.PendingDestruction
            && await MoveAsync(operation, device, HsmEvent.CancelDestruction, new DeviceFacts { EngineerSignatures = 2, Ticket = operation.Ticket }, cancellationToken) is { } no)
        {
            throw new InvalidOperationException($"D26 was refused after the quorum: {no}");
        }

        return await EndAsync(Destruction.Cancelled(operation, OperationOutcome.Cancelled, order.End!.Detail, clock.GetUtcNow()), cancellationToken);
    }

    private async Task<Operation?> FinishAsync(Operation operation, WorkOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var work = (WorkDetails.Destruction)order.Work;
        var detail = $"Disk {work.Disk!.Serial} {work.Disk.Method.ToLowerInvariant()} and HSM {work.Hsm!.Serial} {work.Hsm.Method.ToLowerInvariant()}; executor {work.Disk.Executor}, witness {work.Disk.Witness}, certified by {work.CertifiedBy}.";
        var bundle = await bundles.SealAsync(Certificate(operation, order, detail), cancellationToken);
        if (order.End is null)
        {
            // The order ends first; whoever goes on after a crash finds the same bundle and ends the operation.
            await orders.SaveAsync(
                WorkOrderActs.Ended(order, WorkOrderState.Done, Actor.Portal.Id, OperationOutcome.Verified, $"{detail} Bundle {bundle.Digest}", now),
                new AuditNote(Actor.Portal, "workorder.ended", detail, order.Serial, order.Ticket, order.Operation), null, cancellationToken);
            return null;
        }

        return await EndAsync(Destruction.Finished(operation, detail, bundle.Digest, now), cancellationToken);
    }

    /// <summary>Everything that a reader needs years later; only stored times, so that a repeat seals the same (I8).</summary>
    private static EvidenceDraft Certificate(Operation operation, WorkOrder order, string detail)
    {
        var work = (WorkDetails.Destruction)order.Work;
        var facts = new Dictionary<string, string>
        {
            ["hsm"] = order.Serial.ToString(),
            ["disk"] = work.DiskSerial,
            ["runbook"] = work.Runbook,
            ["work order"] = order.Number,
            ["ordered by"] = order.OrderedBy,
            ["approved by"] = operation.ConfirmedBy ?? "",
            ["place"] = order.Place.ToString(),
            ["seal"] = work.Seal!,
            ["access record"] = work.AccessRecord!,
            ["removed"] = Time(work.RemovedAt!.Value),
            ["disk method"] = work.Disk!.Method,
            ["disk bin"] = work.Disk.Bin,
            ["disk photograph"] = work.Disk.PhotoHash,
            ["disk destroyed"] = Time(work.Disk.WitnessedAt!.Value),
            ["hsm method"] = work.Hsm!.Method,
            ["hsm bin"] = work.Hsm.Bin,
            ["hsm photograph"] = work.Hsm.PhotoHash,
            ["hsm destroyed"] = Time(work.Hsm.WitnessedAt!.Value),
            ["executor"] = work.Disk.Executor,
            ["witness"] = work.Disk.Witness!,
            ["certified by"] = work.CertifiedBy!,
        };
        return new EvidenceDraft(
            EvidenceKind.Destruction, order.Serial, work.CertifiedAt!.Value, detail, facts, [.. order.Acts.Select(a => new Evidence(a.Name, $"{a.By}: {a.Detail}", a.At))], operation.Ticket, operation.Id, null, operation.Approval);
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async Task<Refusal?> MoveAsync(Operation operation, StoredDevice device, HsmEvent trigger, DeviceFacts facts, CancellationToken cancellationToken) =>
        await moves.ApplyAsync(device, trigger, facts, device.Customer, $"{trigger}, {operation.ShortName}", operation.Id, null, cancellationToken) is Outcome<StoredDevice>.Refused(var why) ? why : null;

    private Task<Operation?> EndAsync(Operation ended, CancellationToken cancellationToken) => store.SaveAsync(
        ended, new AuditNote(Actor.Portal, $"operation.{ended.Outcome.ToString()!.ToLowerInvariant()}", ended.OutcomeDetail ?? "", ended.Serial, ended.Ticket, ended.Id), cancellationToken);
}
