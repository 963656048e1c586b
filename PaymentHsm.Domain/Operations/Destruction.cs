using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Domain.Operations;

/// <summary>
/// The destruction W6 as a pure procedure: diagnosis, order by a quorum, work at the rack, certificate. The device follows the work order through D25 to D29;
/// whoever drives it goes on from any stored value.
/// </summary>
public static class Destruction
{
    public const string DiagnoseStep = "Diagnose";
    public const string OrderStep = "Order";
    public const string RemoveStep = "Remove";
    public const string DiskStep = "Destroy-disk";
    public const string HsmStep = "Destroy-HSM";
    public const string CertifyStep = "Certify";

    /// <summary>Name of the action in the approval.</summary>
    public const string Action = "Destruction";

    /// <summary>Name of the action that calls it off (D26).</summary>
    public const string CancelAction = "CancelDestruction";

    private const int MaxSerial = 60;

    /// <summary>Why the request is refused; null when it is allowed (W6 step 3).</summary>
    /// <param name="retires">Nothing failed: a clean unit, of the pool or in quarantine, is taken out of service (D31).</param>
    public static Refusal? Request(Actor actor, Ticket ticket, DeviceRecord device, bool resourceGone, Operation? running, bool retires, string? findings, string? diskSerial)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(device);
        return actor.Role is not (Role.Support or Role.Engineering) ? new("R1", RefusalKind.NotThisPerson, $"A destruction is asked for by Support or Engineering; {actor.Id} is {actor.Role}.", "Ask a support representative.")
            : ticket.State == TicketState.Closed ? new("R53", RefusalKind.NotInThisState, $"{ticket.Number} is closed; an operation needs an open ticket.", "Open a new ticket.")
            : ticket.Serial != device.Serial ? new("R53", RefusalKind.BadInput, $"{ticket.Number} is about {ticket.Serial}, not {device.Serial}.", "Open a ticket for that device.")
            : MayLeave(device, retires) is { } no ? no
            : !resourceGone ? new("D25", RefusalKind.NotInThisState, "A customer's resource still refers to the device.", "Finish its deletion first; it must answer 404.")
            : running is not null ? new("R67", RefusalKind.NotInThisState, $"An operation on this device is already running ({running.ShortName}).", "One operation at a time per device.")
            : string.IsNullOrWhiteSpace(findings) ? new("R79", RefusalKind.BadInput, "The diagnosis is missing.", retires ? "Say in reason why the unit is retired." : "Say in reason what failed in the hardware; not reachable alone is no failure.")
            : string.IsNullOrWhiteSpace(diskSerial) || diskSerial.Trim().Length > MaxSerial ? new("R81", RefusalKind.BadInput, "The serial of the disk is missing or too long.", "Name hddSerial, from the delivery manifest: both parts are destroyed by their serials.")
            : !IsSerial(diskSerial.Trim()) ? new("R81", RefusalKind.BadInput, "The serial of the disk has other characters than letters, digits and - _ . /.", "Type what stands on its label. What looks like a card number is taken out (R39): if the label reads so, write SN- before it, here and at the rack.")
            : null;
    }

    /// <summary>D25 for a quarantined unit, D31 for a clean one that is retired.</summary>
    private static Refusal? MayLeave(DeviceRecord device, bool retires) => (device.State, retires) switch
    {
        (HsmState.Quarantined, false) => null,
        (HsmState.Quarantined or HsmState.Available, true) => device.Sanitisation == Sanitisation.VerifiedClean ? null
            : new("D31", RefusalKind.NotInThisState, $"{device.Serial} is {device.Sanitisation}; only a unit that is verified clean is retired.", "Ask for its destruction without retires, or for a Reclaim first."),
        (HsmState.Available, false) => new("D25", RefusalKind.NotInThisState, $"{device.Serial} is Available; only a quarantined unit is destroyed as failed.", "To take a clean unit out of service, say that it retires (D31)."),
        _ => new("D25", RefusalKind.NotInThisState, $"{device.Serial} is {device.State}; only a quarantined unit is destroyed.", device.State == HsmState.Allocated ? "A customer's failed unit is force-deleted first (R79)." : null),
    };

    /// <summary>The row of the device's table by which an order takes it out of service.</summary>
    public static HsmEvent Ordered(OperationProgress.Destroy plan) => plan is { Retires: true } ? HsmEvent.Retire : HsmEvent.OrderDestruction;

    /// <summary>A mark that stands for redacted text is no serial: it would match every disk whose label is redacted.</summary>
    private static bool IsSerial(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/');

    /// <summary>A new request, waiting for the quorum.</summary>
    /// <param name="ladder">What was tried before, one line per operation.</param>
    public static Operation Requested(Guid id, Ticket ticket, string findings, string diskSerial, string runbook, string requester, bool hardwareFailed, bool retires, IEnumerable<Evidence> ladder, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        return new Operation(
            id, OperationKind.Destruction, ticket.Serial, ticket.Number, findings, requester, now, OperationState.AwaitingConfirmation,
            [
                OperationStep.ToDo(DiagnoseStep).End(StepState.Done, now, [new Evidence("findings", findings, now), new Evidence("hardware failure", hardwareFailed ? "recorded on the device" : retires ? "none: a clean unit is retired (D31)" : "recorded by this request", now), .. ladder]),
                OperationStep.ToDo(OrderStep).Start(now).Note(new Evidence("HSM serial", ticket.Serial.ToString(), now), new Evidence("disk serial", diskSerial, now), new Evidence("runbook", runbook, now)),
                OperationStep.ToDo(RemoveStep),
                OperationStep.ToDo(DiskStep),
                OperationStep.ToDo(HsmStep),
                OperationStep.ToDo(CertifyStep),
            ],
            null, null, null, null, new OperationProgress.Destroy(diskSerial, runbook) { Retires = retires }, null, 0);
    }

    /// <summary>An engineer signed the order.</summary>
    public static Operation SignatureAdded(Operation operation, string by, string comment, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.With(operation.Step(OrderStep).Note(new Evidence("signed by", $"{by}: {comment}", at)));
    }

    /// <summary>The quorum is there: the order goes to the site.</summary>
    public static Operation Armed(Operation operation, IReadOnlyList<string> signers)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation with { State = OperationState.Running, ConfirmedBy = string.Join(", ", signers), ConfirmBefore = null, Progress = Plan(operation) with { Signers = signers } };
    }

    /// <summary>Ended before anything was removed from the rack.</summary>
    public static Operation Cancelled(Operation operation, OperationOutcome outcome, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var after = operation;
        foreach (var step in operation.Steps.Where(s => s.State == StepState.Running))
        {
            after = after.With(step.End(StepState.NotDone, now, new Evidence("ended", why, now)));
        }

        return after with { State = OperationState.Finished, Outcome = outcome, OutcomeDetail = why, FinishedAt = now };
    }

    /// <summary>The event that brings the device to where the work order is; null when it is there.</summary>
    public static (HsmEvent Event, DeviceFacts Facts)? NextMove(DeviceRecord device, WorkOrder order)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(order);
        var work = (WorkDetails.Destruction)order.Work;
        return device.State switch
        {
            HsmState.PendingDestruction when work.RemovedAt is not null => (HsmEvent.RemovalScanned, Facts(order)),
            HsmState.DestructionStarted when work.Disk?.WitnessedAt is not null => (HsmEvent.HddDestroyed, Facts(order) with { DiskSerialMatches = work.Disk.Serial == work.DiskSerial }),
            HsmState.HddDestroyed when work is { Hsm.WitnessedAt: not null, CertifiedAt: not null } => (HsmEvent.HsmDestroyed, Facts(order)),
            _ => null,
        };
    }

    /// <summary>The operation with everything that the work order says by now; the same value when it says nothing new.</summary>
    public static Operation Followed(Operation operation, WorkOrder order)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(order);
        var work = (WorkDetails.Destruction)order.Work;
        var after = Take(operation, OrderStep, order.OpenedAt, null, true, [new Evidence("work order", order.Number, order.OpenedAt)]);
        after = Take(after, RemoveStep, order.OpenedAt, order.DueAt, work.RemovedAt is not null, Of(order, WorkOrderActs.Accepted, WorkOrderActs.Stopped, WorkOrderActs.Released, DestructionActs.Removed, DestructionActs.RemovalConfirmed));
        if (work.RemovedAt is { } removed)
        {
            after = Take(after, DiskStep, removed, order.DueAt, work.Disk?.WitnessedAt is not null, Of(order, "disk destroyed", "disk witnessed"));
        }

        if (work.Disk?.WitnessedAt is { } disk)
        {
            after = Take(after, HsmStep, disk, order.DueAt, work.Hsm?.WitnessedAt is not null, Of(order, "hsm destroyed", "hsm witnessed"));
        }

        if (work.Hsm?.WitnessedAt is { } hsm)
        {
            after = Take(after, CertifyStep, hsm, order.DueAt, order.End is not null, Of(order, DestructionActs.Certified));
        }

        var same = operation.Steps.Zip(after.Steps).All(p => p.First.State == p.Second.State && p.First.StartedAt == p.Second.StartedAt && p.First.Deadline == p.Second.Deadline && p.First.Evidence.SequenceEqual(p.Second.Evidence));
        return same ? operation : after;
    }

    /// <summary>Disk and HSM are destroyed and certified.</summary>
    public static Operation Finished(Operation operation, string detail, string bundle, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var certify = operation.Step(CertifyStep);
        return operation.With(certify.State == StepState.Done ? certify.Note(new Evidence("bundle", bundle, now)) : certify.End(StepState.Done, now, new Evidence("bundle", bundle, now))) with
        {
            State = OperationState.Finished,
            Outcome = OperationOutcome.Verified,
            OutcomeDetail = detail,
            FinishedAt = now,
        };
    }

    private static DeviceFacts Facts(WorkOrder order) => new()
    {
        ScannedSerial = order.Serial,
        DatacenterSignatures = order.Assignee is { } one && order.SecondPerson is { } two && one != two ? 2 : 1,
        Ticket = order.Ticket,
    };

    private static List<Evidence> Of(WorkOrder order, params IEnumerable<string> names) =>
        [.. order.Acts.Where(a => names.Contains(a.Name)).Select(a => new Evidence(a.Name, $"{a.By}: {a.Detail}", a.At))];

    private static Operation Take(Operation operation, string name, DateTimeOffset since, DateTimeOffset? due, bool done, List<Evidence> evidence)
    {
        var step = operation.Step(name);
        var fresh = evidence.Where(e => !step.Evidence.Contains(e)).ToList();
        if (step.State is StepState.Done or StepState.NotDone)
        {
            return fresh.Count == 0 ? operation : operation.With(step.Note(fresh));
        }

        var begun = step.Start(since) with { Deadline = done ? null : due };
        return operation.With(done ? begun.End(StepState.Done, evidence.Count == 0 ? since : evidence.Max(e => e.At), fresh) : begun.Note(fresh));
    }

    private static OperationProgress.Destroy Plan(Operation operation) => (OperationProgress.Destroy)operation.Progress;
}
