using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Domain.Operations;

/// <summary>
/// The hard reboot W3 as a pure procedure: <see cref="Next"/> says what to do, the other methods fold in what came of it. People act on the work order; the
/// operation follows it and watches the device. There is no power command on the out-of-band controller, on purpose (R63).
/// </summary>
public static class HardReboot
{
    public const string RequestStep = "Request";
    public const string ImpactStep = "Impact";
    public const string ConfirmStep = "Confirm";
    public const string OrderStep = "Work-order";
    public const string IdentifyStep = "Identify";
    public const string PowerStep = "Power-cycle";
    public const string VerifyStep = "Verify";

    /// <summary>A new request, waiting for the customer's decision and the second person.</summary>
    /// <param name="ladder">What R54 asks for: the soft reboot that was tried, or the recorded reason why none was.</param>
    public static Operation Request(Guid id, HsmSerial serial, string ticket, string reason, string requester, Evidence ladder, IEnumerable<Evidence> preview, HardRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        var confirmBefore = now + options.ConfirmWithin;
        return new Operation(
            id, OperationKind.HardReboot, serial, ticket, reason, requester, now, OperationState.AwaitingConfirmation,
            [
                OperationStep.ToDo(RequestStep).End(StepState.Done, now, new Evidence("reason", reason, now), new Evidence("ticket", ticket, now), ladder),
                OperationStep.ToDo(ImpactStep).Start(now, confirmBefore).Note(preview),
                OperationStep.ToDo(ConfirmStep),
                OperationStep.ToDo(OrderStep),
                OperationStep.ToDo(IdentifyStep),
                OperationStep.ToDo(PowerStep),
                OperationStep.ToDo(VerifyStep),
            ],
            null, null, confirmBefore, null, new OperationProgress.PowerCycle(), null, 0);
    }

    /// <summary>The customer decided (R64). A later decision replaces the earlier one; both stay in the evidence.</summary>
    /// <param name="capacity">Result of the capacity check; null when the customer waits.</param>
    public static Operation Decided(Operation operation, ImpactDecision decision, string? note, string by, string? document, string? capacity, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        List<Evidence> evidence = [new("customer's decision", $"{decision}, recorded by {by}{(string.IsNullOrWhiteSpace(note) ? "" : $": {note.Trim()}")}", now)];
        if (document is not null)
        {
            evidence.Add(new("document", document, now));
        }

        if (capacity is not null)
        {
            evidence.Add(new("capacity", capacity, now));
        }

        var confirm = operation.Step(ConfirmStep);
        return Remember(operation, p => p with { Decision = decision })
            .With(operation.Step(ImpactStep).End(StepState.Done, now, evidence))
            .With(confirm.State == StepState.Pending ? confirm.Start(now, operation.ConfirmBefore) : confirm);
    }

    /// <summary>The second person said yes. The rules were asked before (<see cref="HardRebootRules.Confirm"/>).</summary>
    public static Operation Confirmed(Operation operation, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return (operation with { State = OperationState.Running, ConfirmedBy = by })
            .With(operation.Step(ConfirmStep).End(StepState.Done, now, new Evidence("confirmed by", by, now)))
            .With(operation.Step(OrderStep).Start(now));
    }

    /// <summary>What to do now.</summary>
    /// <param name="operation">As stored.</param>
    /// <param name="order">Its work order as stored; null when it has none yet.</param>
    /// <param name="options">Clocks.</param>
    /// <param name="now">Present time.</param>
    public static PowerCycleAct Next(Operation operation, WorkOrder? order, HardRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        if (operation.State == OperationState.Finished)
        {
            return new PowerCycleAct.Ended();
        }

        if (operation.State == OperationState.AwaitingConfirmation)
        {
            return now >= operation.ConfirmBefore ? new PowerCycleAct.Lapse() : new PowerCycleAct.Wait(operation.ConfirmBefore!.Value);
        }

        var progress = Progress(operation);
        if (order is null)
        {
            return progress.Marks is not null || progress.MarkTries >= options.MarkTries ? new PowerCycleAct.OpenOrder()
                : progress.NotBefore > now ? new PowerCycleAct.Wait(progress.NotBefore.Value)
                : new PowerCycleAct.TakeMarks();
        }

        if (!ReferenceEquals(Followed(operation, order, now), operation))
        {
            return new PowerCycleAct.Follow(order);
        }

        if (order.End is not null)
        {
            return new PowerCycleAct.Finish(order.End);
        }

        if (order.IsOverdue(now) && !order.Escalated && order.Step != WorkStep.Verify)
        {
            return new PowerCycleAct.Escalate(order);
        }

        if (progress.NotBefore is { } notBefore && notBefore > now)
        {
            return new PowerCycleAct.Wait(notBefore);
        }

        return order.Step is WorkStep.PowerOff or WorkStep.PowerOn or WorkStep.Verify ? new PowerCycleAct.Watch(order)
            : progress.Marks is null ? new PowerCycleAct.TakeMarks()
            : new PowerCycleAct.Wait(Earlier(order.Escalated ? null : order.DueAt, now + options.LookAgainAfter));
    }

    /// <summary>The wait for the customer or the second person lapsed.</summary>
    public static Operation Lapsed(Operation operation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Cancelled(operation, Progress(operation).Decision is null ? "The customer's decision was not recorded in time. No work order was opened." : "Nobody confirmed in time. No work order was opened.", now);
    }

    /// <summary>Ended before anybody went to the rack.</summary>
    public static Operation Cancelled(Operation operation, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Closed(operation.With(operation.Step(ConfirmStep).End(StepState.NotDone, now, new Evidence("cancelled", why, now))), OperationOutcome.Cancelled, why, now);
    }

    /// <summary>A rule stands against opening the work order after all: the device changed since it was asked.</summary>
    public static Operation Refused(Operation operation, Refusal why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(why);
        return Closed(operation.With(operation.Step(OrderStep).End(StepState.NotDone, now, new Evidence("refused", why.ToString(), now))), OperationOutcome.Refused, $"No work order was opened. {why}", now);
    }

    /// <summary>Where the device stood before was read.</summary>
    public static Operation Marked(Operation operation, RestartMarks marks)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(marks);
        return Remember(operation, p => p with { Marks = marks, NotBefore = null }).With(operation.Step(OrderStep).Note(
            new Evidence("boot counter before", marks.BootId?.ToString() ?? "the device has none", marks.At),
            new Evidence("audit log before", marks.HasAuditLog ? $"entry {marks.LastEntry}" : "the device has no service audit log", marks.At)));
    }

    /// <summary>It could not be read; that must not stand in the way.</summary>
    public static Operation MarksFailed(Operation operation, string message, HardRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var tries = Progress(operation).MarkTries + 1;
        var noted = Remember(operation, p => p with { MarkTries = tries, NotBefore = now + options.LookAgainAfter });
        return tries <= options.MarkTries ? noted.With(operation.Step(OrderStep).Note(new Evidence($"device not read, try {tries}", message, now))) : noted;
    }

    /// <summary>The operation with everything that the work order says by now; the same value when it says nothing new.</summary>
    public static Operation Followed(Operation operation, WorkOrder order, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(order);
        var after = operation;
        var opened = operation.Step(OrderStep);
        after = Take(after, opened with { Deadline = order.Step == WorkStep.Accept ? order.DueAt : null }, order.Assignee is not null, Of(opened, new WorkAct("work order", "portal", order.OpenedAt, order.Number), order.Act(WorkOrderActs.Accepted)), now);
        if (order.Assignee is not null)
        {
            after = Take(after, operation.Step(IdentifyStep).Start(order.Act(WorkOrderActs.Accepted)!.At, order.DueAt), order.SecondPerson is not null, Of(operation.Step(IdentifyStep), [.. order.Acts.Where(IsIdentifying)]), now);
        }

        if (order.SecondPerson is not null)
        {
            var pulled = order.Acts.Where(a => a.Name.StartsWith("psu", StringComparison.Ordinal));
            after = Take(after, operation.Step(PowerStep).Start(order.Act(PowerCycleActs.SlotConfirmed)!.At, order.DueAt), order.Step is WorkStep.Verify or WorkStep.Ended && order.Work is WorkDetails.PowerCycle { Psu1.OnAt: not null, Psu2.OnAt: not null }, Of(operation.Step(PowerStep), [.. pulled]), now);
        }

        if (order.Step == WorkStep.Verify && operation.Step(VerifyStep).State == StepState.Pending)
        {
            after = after.With(after.Step(VerifyStep).Start(now, order.DueAt));
        }

        return Same(operation, after) ? operation : after;
    }

    /// <summary>One look at the device while the cords are pulled, and afterwards.</summary>
    /// <param name="operation">As stored.</param>
    /// <param name="order">Its work order.</param>
    /// <param name="poll">The look.</param>
    /// <param name="trace">What its log shows; null when it could not be read.</param>
    /// <param name="options">Clocks.</param>
    /// <param name="now">Present time.</param>
    /// <returns>The operation with what was seen, and the judgement once people have done their part.</returns>
    public static (Operation Operation, PowerCycleJudgement? Judgement) Watched(Operation operation, WorkOrder order, HealthPoll poll, RestartTrace? trace, HardRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(poll);
        ArgumentNullException.ThrowIfNull(options);
        var tamper = Tamper(poll);
        var seen = Remember(operation, p => Look(p, poll, now) with { NotBefore = now + options.ObserveEvery, Tamper = tamper == TamperState.Unknown ? p.Tamper : tamper });
        var progress = Progress(seen);
        var judgement = PowerCycleJudgement.Of(progress, trace, progress.Tamper, order.Step == WorkStep.Verify && order.IsOverdue(now));
        var step = operation.Step(order.Step == WorkStep.Verify ? VerifyStep : PowerStep);
        if (order.Step != WorkStep.Verify)
        {
            // Only what concerns the power itself is told while the cords are out; the rest is judged when people are done.
            return (seen.With(step with { Evidence = Merge(step.Evidence, judgement.Signs.Take(2).Where(s => progress.PowerLostAt is not null || progress.OobLostAt is not null), now) }), null);
        }

        return (seen.With(step with { Evidence = Merge(step.Evidence, judgement.Signs, now) }), judgement);
    }

    /// <summary>The work order has ended; the operation ends with it.</summary>
    public static Operation Finished(Operation operation, WorkEnd end, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(end);
        var outcome = end.Outcome ?? OperationOutcome.Cancelled;
        var after = operation;
        foreach (var step in operation.Steps.Where(s => s.State == StepState.Running))
        {
            after = after.With(step.End(outcome == OperationOutcome.Verified ? StepState.Done : StepState.NotDone, now));
        }

        return Closed(after, outcome, end.Detail, now);
    }

    /// <summary>The tamper latch in one poll.</summary>
    public static TamperState Tamper(HealthPoll poll)
    {
        ArgumentNullException.ThrowIfNull(poll);
        return poll.Samples.FirstOrDefault(s => s.Name == ReadingName.Tamper)?.Value.Word switch
        {
            "Normal" => TamperState.None,
            "TamperingDetected" => TamperState.High,
            "HardwareIntrusion" => TamperState.Medium,
            _ => TamperState.Unknown,
        };
    }

    private static OperationProgress.PowerCycle Look(OperationProgress.PowerCycle before, HealthPoll poll, DateTimeOffset now)
    {
        var down = poll.Reach == OobReach.Down;
        var supplies = poll.Samples.Where(s => s.Name is ReadingName.PowerPsu1 or ReadingName.PowerPsu2 && s.Problem is null).ToList();
        var lost = supplies.Any(IsLost);
        var powered = !down && supplies.Count == 2 && !lost;
        return before with
        {
            OobLostAt = before.OobLostAt ?? (down ? now : null),
            OobBackAt = down ? null : before.OobLostAt is null ? null : before.OobBackAt ?? now,
            PowerLostAt = before.PowerLostAt ?? (lost ? now : null),
            PowerBackAt = lost ? null : powered && before.PowerLostAt is not null ? before.PowerBackAt ?? now : before.PowerBackAt,
        };
    }

    private static bool IsLost(Sample sample) => sample.Value.Word is "LossOfInput" or "Absent" || sample.Value.Number < HealthOptions.Default.LostInputBelow;

    private static bool IsIdentifying(WorkAct act) => act.Name is WorkOrderActs.Arrived or WorkOrderActs.Scanned or PowerCycleActs.SlotConfirmed or WorkOrderActs.Stopped or WorkOrderActs.Released;

    /// <summary>The acts that the step does not hold yet.</summary>
    private static List<Evidence> Of(OperationStep step, params IEnumerable<WorkAct?> acts) =>
        [.. acts.OfType<WorkAct>().Select(a => new Evidence(a.Name, a.Name == "work order" ? a.Detail : $"{a.By}: {a.Detail}", a.At)).Where(e => !step.Evidence.Contains(e))];

    private static Operation Take(Operation operation, OperationStep step, bool done, List<Evidence> fresh, DateTimeOffset now) =>
        step.State is StepState.Done or StepState.NotDone ? (fresh.Count == 0 ? operation : operation.With(operation.Step(step.Name).Note(fresh)))
        : operation.With(done ? step.End(StepState.Done, now, fresh) with { Deadline = null } : step.Note(fresh));

    private static bool Same(Operation before, Operation after) => before.Steps.Zip(after.Steps).All(p =>
        p.First.State == p.Second.State && p.First.StartedAt == p.Second.StartedAt && p.First.Deadline == p.Second.Deadline && p.First.Evidence.SequenceEqual(p.Second.Evidence));

    /// <summary>Each sign is one line; its time is when it was first seen as it is.</summary>
    private static List<Evidence> Merge(IReadOnlyList<Evidence> before, IEnumerable<RestartSign> signs, DateTimeOffset now)
    {
        var merged = before.ToList();
        foreach (var sign in signs)
        {
            var value = (sign.Seen ? "Seen: " : "Not seen: ") + sign.What;
            var at = merged.FindIndex(e => e.Name == sign.Name);
            if (at < 0)
            {
                merged.Add(new Evidence(sign.Name, value, now));
            }
            else if (merged[at].Value != value)
            {
                merged[at] = new Evidence(sign.Name, value, now);
            }
        }

        return merged;
    }

    private static Operation Closed(Operation operation, OperationOutcome outcome, string detail, DateTimeOffset now) =>
        operation with { State = OperationState.Finished, Outcome = outcome, OutcomeDetail = detail, FinishedAt = now };

    private static DateTimeOffset Earlier(DateTimeOffset? a, DateTimeOffset b) => a < b ? a.Value : b;

    private static OperationProgress.PowerCycle Progress(Operation operation) => (OperationProgress.PowerCycle)operation.Progress;

    private static Operation Remember(Operation operation, Func<OperationProgress.PowerCycle, OperationProgress.PowerCycle> change) =>
        operation with { Progress = change(Progress(operation)) };
}

/// <summary>The next act of a hard reboot.</summary>
public abstract record PowerCycleAct
{
    private PowerCycleAct()
    {
    }

    /// <summary>It has ended.</summary>
    public sealed record Ended : PowerCycleAct;

    /// <summary>Come back then.</summary>
    public sealed record Wait(DateTimeOffset Until) : PowerCycleAct;

    /// <summary>The wait for the decision or the second person is over.</summary>
    public sealed record Lapse : PowerCycleAct;

    /// <summary>Read where the device stands.</summary>
    public sealed record TakeMarks : PowerCycleAct;

    /// <summary>Ask the freezes again, then open the work order.</summary>
    public sealed record OpenOrder : PowerCycleAct;

    /// <summary>Take over what people did.</summary>
    public sealed record Follow(WorkOrder Order) : PowerCycleAct;

    /// <summary>Tell somebody that a step is overdue.</summary>
    public sealed record Escalate(WorkOrder Order) : PowerCycleAct;

    /// <summary>Look at the device.</summary>
    public sealed record Watch(WorkOrder Order) : PowerCycleAct;

    /// <summary>End with the order.</summary>
    public sealed record Finish(WorkEnd End) : PowerCycleAct;
}
