using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Incidents;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Operations;

/// <summary>Drives one hard reboot (W3): opens the work order, follows what people record on it, watches the device, and closes both by what was read.</summary>
internal sealed class HardRebootDriver(
    IOperationStore store, IWorkOrderStore orders, IOutOfBandLinks links, Standings standings, ITicketDesk tickets, ITamperIncidents incidents, HardRebootOptions options, WorkOrderOptions workOptions, TimeProvider clock) : IOperationDriver
{
    /// <summary>Marks for a device that could not be read before: nothing of its log counts, only whether it runs.</summary>
    private static readonly RestartMarks NoMarks = new(DateTimeOffset.MinValue, long.MaxValue, null, null, true);

    public IReadOnlyList<OperationKind> Kinds { get; } = [OperationKind.HardReboot];

    public async Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken)
    {
        var order = operation.State == OperationState.Running ? await orders.OfOperationAsync(operation.Id, cancellationToken) : null;
        var now = clock.GetUtcNow();
        switch (HardReboot.Next(operation, order, options, now))
        {
            case PowerCycleAct.Wait wait:
                return (operation, wait.Until);
            case PowerCycleAct.Lapse:
                return (await EndAsync(HardReboot.Lapsed(operation, now), cancellationToken), null);
            case PowerCycleAct.TakeMarks:
                return (await TakeMarksAsync(operation, cancellationToken), null);
            case PowerCycleAct.OpenOrder:
                return (await OpenOrderAsync(operation, cancellationToken), null);
            case PowerCycleAct.Follow follow:
                return (await store.SaveAsync(HardReboot.Followed(operation, follow.Order, now), null, cancellationToken), null);
            case PowerCycleAct.Escalate(var late):
                await EscalateAsync(late, now, cancellationToken);
                return (operation, null);
            case PowerCycleAct.Watch(var watched):
                return (await WatchAsync(operation, watched, cancellationToken), null);
            case PowerCycleAct.Finish(var end):
                return (await EndAsync(HardReboot.Finished(operation, end, now), cancellationToken), null);
            default:
                return (await store.FindAsync(operation.Id, cancellationToken), null);
        }
    }

    private async Task<Operation?> TakeMarksAsync(Operation operation, CancellationToken cancellationToken)
    {
        Operation after;
        try
        {
            after = HardReboot.Marked(operation, await links.LinkTo(operation.Serial).ReadRestartMarksAsync(cancellationToken));
        }
        catch (LinkException e)
        {
            after = HardReboot.MarksFailed(operation, e.Message, options, clock.GetUtcNow());
        }

        return await store.SaveAsync(after, null, cancellationToken);
    }

    /// <summary>The freezes are asked once more: hours may lie between the request and the confirmation (R52, R67).</summary>
    private async Task<Operation?> OpenOrderAsync(Operation operation, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await standings.ReadAsync(operation.Serial, cancellationToken) is not { } device)
        {
            return await EndAsync(HardReboot.Refused(operation, new Refusal("R45", RefusalKind.NotFound, $"{operation.Serial} is no longer enrolled."), now), cancellationToken);
        }

        if (HardRebootRules.Device(device.Standing with { Running = null }) is { } refusal)
        {
            return await EndAsync(HardReboot.Refused(operation, refusal, now), cancellationToken);
        }

        var severity = operation.Ticket is { } number && await tickets.FindAsync(number, cancellationToken) is { } ticket ? ticket.Ticket.Severity : Severity.High;
        var order = PowerCycleActs.Open(operation, device.Tile.Location, severity, workOptions, now);
        await orders.AddAsync(order, Note(operation, "workorder.opened", $"Hard reboot of {operation.Serial} at {order.Place}"), $"work order for the site's staff opened; to be taken by {order.DueAt:yyyy-MM-dd HH:mm}Z.", cancellationToken);
        return operation;
    }

    private async Task EscalateAsync(WorkOrder order, DateTimeOffset now, CancellationToken cancellationToken) => await orders.SaveAsync(
        WorkOrderActs.Escalate(order),
        new AuditNote(Actor.Portal, "workorder.overdue", $"'{WorkOrderActs.Words(order.Step)}' was due {order.DueAt:HH:mm:ss}Z; it is {now:HH:mm:ss}Z", order.Serial, order.Ticket, order.Operation),
        $"overdue: '{WorkOrderActs.Words(order.Step)}' was due {order.DueAt:yyyy-MM-dd HH:mm}Z. The manager of the site is asked.",
        cancellationToken);

    private async Task<Operation?> WatchAsync(Operation operation, WorkOrder order, CancellationToken cancellationToken)
    {
        var link = links.LinkTo(operation.Serial);
        var poll = await link.PollAsync(cancellationToken);
        RestartTrace? trace = null;
        if (poll.Reach != OobReach.Down && order.Step == WorkStep.Verify)
        {
            try
            {
                trace = await link.ReadRestartTraceAsync(((OperationProgress.PowerCycle)operation.Progress).Marks ?? NoMarks, cancellationToken);
            }
            catch (LinkException)
            {
                // It boots; the next look decides.
            }
        }

        var now = clock.GetUtcNow();
        var (after, judgement) = HardReboot.Watched(operation, order, poll, trace, options, now);
        if (Same(operation, after))
        {
            after = operation with { Progress = after.Progress };
        }
        else if (await store.SaveAsync(after, null, cancellationToken) is { } stored)
        {
            after = stored;
        }
        else
        {
            return null;
        }

        if (judgement?.Outcome is not { } outcome)
        {
            return after;
        }

        if (HardReboot.Tamper(poll) is TamperState.Medium or TamperState.High)
        {
            await incidents.RaiseAsync(operation.Serial, now, $"after the power cycle of {order.Number}", operation.Ticket, cancellationToken);
        }

        // The order ends first and keeps the verdict: whoever goes on after a crash ends the operation with the same.
        await orders.SaveAsync(
            WorkOrderActs.Ended(order, WorkOrderState.Done, Actor.Portal.Id, outcome, judgement.Detail, now), Note(operation, "workorder.ended", $"{outcome}: {judgement.Detail}"), null, cancellationToken);
        return after;
    }

    private Task<Operation?> EndAsync(Operation ended, CancellationToken cancellationToken) =>
        store.SaveAsync(ended, Note(ended, $"operation.{Lower(ended.Outcome)}", ended.OutcomeDetail ?? ""), cancellationToken);

    /// <summary>True when only the waiting time moved; then memory is enough.</summary>
    private static bool Same(Operation before, Operation after) =>
        (OperationProgress.PowerCycle)before.Progress with { NotBefore = null } == (OperationProgress.PowerCycle)after.Progress with { NotBefore = null }
        && before.Steps.Zip(after.Steps).All(p => p.First.State == p.Second.State && p.First.Evidence.SequenceEqual(p.Second.Evidence));

    private static string Lower(OperationOutcome? outcome) => outcome?.ToString() is { Length: > 0 } text ? char.ToLowerInvariant(text[0]) + text[1..] : "finished";

    private static AuditNote Note(Operation operation, string action, string detail) => new(Actor.Portal, action, detail, operation.Serial, operation.Ticket, operation.Id);
}
