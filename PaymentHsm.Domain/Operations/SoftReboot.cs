using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Operations;

/// <summary>
/// The soft reboot W2 as a pure procedure: <see cref="Next"/> says what to do, the other methods fold in what came of it. Whoever drives it stores
/// the operation before each act and after it; from any stored value another driver goes on, and the device restarts at most once (R68, I11).
/// </summary>
public static class SoftReboot
{
    public const string RequestStep = "Request";
    public const string PreviewStep = "Preview";
    public const string ConfirmStep = "Confirm";
    public const string SendStep = "Send";
    public const string ObserveStep = "Observe";

    /// <summary>A new request, waiting for the second person.</summary>
    public static Operation Request(Guid id, HsmSerial serial, string ticket, string reason, string requester, IEnumerable<Evidence> preview, SoftRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        var confirmBefore = now + options.ConfirmWithin;
        return new Operation(
            id, OperationKind.SoftReboot, serial, ticket, reason, requester, now, OperationState.AwaitingConfirmation,
            [
                OperationStep.ToDo(RequestStep).End(StepState.Done, now, new Evidence("reason", reason, now), new Evidence("ticket", ticket, now)),
                OperationStep.ToDo(PreviewStep).End(StepState.Done, now, preview),
                OperationStep.ToDo(ConfirmStep).Start(now, confirmBefore),
                OperationStep.ToDo(SendStep),
                OperationStep.ToDo(ObserveStep),
            ],
            null, null, confirmBefore, null, new OperationProgress.Restart(), null, 0);
    }

    /// <summary>The second person said yes. The rules were asked before (<see cref="SoftRebootRules.Confirm"/>).</summary>
    public static Operation Confirmed(Operation operation, string by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return (operation with { State = OperationState.Running, ConfirmedBy = by })
            .With(operation.Step(ConfirmStep).End(StepState.Done, now, new Evidence("confirmed by", by, now)))
            .With(operation.Step(SendStep).Start(now));
    }

    /// <summary>What to do now.</summary>
    public static RestartAct Next(Operation operation, SoftRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        if (operation.State == OperationState.Finished)
        {
            return new RestartAct.Ended();
        }

        if (operation.State == OperationState.AwaitingConfirmation)
        {
            return now >= operation.ConfirmBefore ? new RestartAct.Lapse() : new RestartAct.Wait(operation.ConfirmBefore!.Value);
        }

        var progress = (OperationProgress.Restart)operation.Progress;
        if (progress.NotBefore is { } notBefore && notBefore > now)
        {
            return new RestartAct.Wait(notBefore);
        }

        return progress switch
        {
            { Marks: null } => new RestartAct.TakeMarks(),
            { Sends: 0 } => new RestartAct.Send(),
            { Sent: null } => new RestartAct.LookUp(progress.Marks),
            { Sent.Delivery: RestartDelivery.NotSent } => new RestartAct.Send(),
            _ => new RestartAct.Observe(progress.Marks),
        };
    }

    /// <summary>The wait for the second person lapsed.</summary>
    public static Operation Lapsed(Operation operation, DateTimeOffset now) =>
        Cancelled(operation, "Nobody confirmed in time. Nothing was sent.", now);

    /// <summary>Ended before anything was done.</summary>
    public static Operation Cancelled(Operation operation, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Close(operation.With(operation.Step(ConfirmStep).End(StepState.NotDone, now, new Evidence("cancelled", why, now))), OperationOutcome.Cancelled, why, now);
    }

    /// <summary>The marks were read.</summary>
    public static Operation Marked(Operation operation, RestartMarks marks)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(marks);
        return Remember(operation, p => p with { Marks = marks, NotBefore = null }).With(operation.Step(SendStep).Note(
            new Evidence("boot counter before", marks.BootId?.ToString() ?? "the device has none", marks.At),
            new Evidence("audit log before", marks.HasAuditLog ? $"entry {marks.LastEntry}" : "the device has no service audit log", marks.At)));
    }

    /// <summary>The marks could not be read: nothing was sent.</summary>
    public static Operation MarksFailed(Operation operation, LinkFault fault, string message, SoftRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var tries = Progress(operation).MarkTries + 1;
        var noted = Remember(operation, p => p with { MarkTries = tries, NotBefore = now + options.SendAgainAfter })
            .With(operation.Step(SendStep).Note(new Evidence($"try {tries}", message, now)));
        var mayHelp = fault is LinkFault.Unreachable or LinkFault.NoAnswer or LinkFault.Busy;
        return mayHelp && tries < options.Sends ? noted : NotDelivered(noted, mayHelp
            ? $"{tries} tries; no usable connection to the OOB controller. No restart was caused, so sending again is safe."
            : $"Nothing was sent: {message}", now);
    }

    /// <summary>Stored before each send.</summary>
    public static Operation SendIntended(Operation operation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var n = Progress(operation).Sends + 1;
        return Remember(operation, p => p with { Sends = n, Sent = null, AbsentSince = null, NotBefore = null })
            .With(operation.Step(SendStep).Note(new Evidence("request", $"{operation.Id}, send {n}", now)));
    }

    /// <summary>What is known after a send.</summary>
    public static Operation Sent(Operation operation, RestartSent sent, SoftRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(options);
        var known = Remember(operation, p => p with { Sent = sent });
        var answer = new Evidence("answer", sent.Answer, sent.At);
        switch (sent.Delivery)
        {
            case RestartDelivery.NotSent when Progress(operation).Sends < options.Sends:
                return Remember(known, p => p with { NotBefore = now + options.SendAgainAfter }).With(known.Step(SendStep).Note(answer));
            case RestartDelivery.NotSent:
                return NotDelivered(known.With(known.Step(SendStep).Note(answer)), $"{Progress(operation).Sends} sends; no connection to the OOB controller. No restart was caused, so sending again is safe.", now);
            case RestartDelivery.Refused:
                return Close(known.With(known.Step(SendStep).End(StepState.NotDone, now, answer)), OperationOutcome.Refused, $"The device refused the restart: {sent.Answer}", now);
            default:
                return known.With(known.Step(SendStep).End(StepState.Done, now, answer)).With(known.Step(ObserveStep).Start(now, now + options.ObserveFor));
        }
    }

    /// <summary>A send whose result was lost (the portal died in between) was looked up in the device's log.</summary>
    public static Operation LookedUp(Operation operation, RestartTrace trace, SoftRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(options);
        var progress = Progress(operation);
        if (trace.Entries.FirstOrDefault(e => e.Operation == operation.Id) is { } entry)
        {
            return Sent(operation, new RestartSent(RestartDelivery.Accepted, now, $"result lost; found in the device's log, entry {entry.Id} ({entry.Key})", progress.Sends), options, now);
        }

        if (!progress.Marks!.HasAuditLog || trace.LogHasGap)
        {
            return Sent(operation, new RestartSent(RestartDelivery.Unknown, now, "result lost; the device's log cannot tell, so nothing is sent again", progress.Sends), options, now);
        }

        if (progress.AbsentSince is not { } since)
        {
            return Remember(operation, p => p with { AbsentSince = now, NotBefore = now + options.AbsenceMargin })
                .With(operation.Step(SendStep).Note(new Evidence("look-up", "the device's log holds no such request; looking once more", now)));
        }

        if (now - since < options.AbsenceMargin)
        {
            return Remember(operation, p => p with { NotBefore = since + options.AbsenceMargin });
        }

        return Sent(operation, new RestartSent(RestartDelivery.NotSent, now, "result lost; twice no trace in the device's log, so it never arrived", progress.Sends), options, now);
    }

    /// <summary>The device was read while waiting for signs.</summary>
    public static Operation Observed(Operation operation, RestartTrace trace, SoftRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var progress = Progress(operation);
        var over = now >= operation.Step(ObserveStep).Deadline;
        var judgement = RestartJudgement.Of(operation.Id, progress.Marks!, progress.Sent!.Delivery, trace, over);
        var step = operation.Step(ObserveStep);
        step = step with { Evidence = [.. Merge(step.Evidence, judgement.Signs, now)] };
        var seen = Remember(operation, p => p with { NotBefore = now + options.ObserveEvery }).With(step);
        return judgement.Outcome is { } outcome
            ? Close(seen.With(step.End(outcome == OperationOutcome.Verified ? StepState.Done : StepState.NotDone, now)), outcome, judgement.Detail, now)
            : seen;
    }

    /// <summary>The device could not be read while waiting for signs: normal during a restart, decisive only at the deadline.</summary>
    public static Operation ObserveFailed(Operation operation, string message, SoftRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var waiting = Remember(operation, p => p with { NotBefore = now + options.ObserveEvery });
        var step = operation.Step(ObserveStep);
        return step.Deadline is { } deadline && now >= deadline
            ? Close(
                waiting.With(step.End(StepState.NotDone, now, new Evidence("read", message, now))),
                OperationOutcome.NotObserved,
                "The request may have arrived; the device could not be read until the deadline. This is not proof that it did not restart.",
                now)
            : waiting;
    }

    /// <summary>A look-up could not be made: try again, for as long as an observation may take.</summary>
    public static Operation LookUpFailed(Operation operation, string message, SoftRebootOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        return now - operation.Step(SendStep).StartedAt > options.ObserveFor
            ? Close(
                operation.With(operation.Step(SendStep).End(StepState.NotDone, now, new Evidence("look-up", message, now))),
                OperationOutcome.NotObserved,
                "Whether the request arrived is not known: the portal stopped while it was sent, and the device could not be read since.",
                now)
            : Remember(operation, p => p with { NotBefore = now + options.ObserveEvery });
    }

    private static Operation NotDelivered(Operation operation, string detail, DateTimeOffset now) =>
        Close(operation.With(operation.Step(SendStep).End(StepState.NotDone, now)), OperationOutcome.NotDelivered, detail, now);

    private static Operation Close(Operation operation, OperationOutcome outcome, string detail, DateTimeOffset now) =>
        operation with { State = OperationState.Finished, Outcome = outcome, OutcomeDetail = detail, FinishedAt = now };

    private static OperationProgress.Restart Progress(Operation operation) => (OperationProgress.Restart)operation.Progress;

    private static Operation Remember(Operation operation, Func<OperationProgress.Restart, OperationProgress.Restart> change) =>
        operation with { Progress = change(Progress(operation)) };

    /// <summary>Each sign is one line; its time is when it was first seen as it is.</summary>
    private static IEnumerable<Evidence> Merge(IReadOnlyList<Evidence> before, IReadOnlyList<RestartSign> signs, DateTimeOffset now) =>
        signs.Select(s =>
        {
            var value = (s.Seen ? "Seen: " : "Not seen: ") + s.What;
            return before.FirstOrDefault(e => e.Name == s.Name && e.Value == value) ?? new Evidence(s.Name, value, now);
        });
}

/// <summary>The next act of a soft reboot.</summary>
public abstract record RestartAct
{
    private RestartAct()
    {
    }

    /// <summary>It has ended.</summary>
    public sealed record Ended : RestartAct;

    /// <summary>Come back then.</summary>
    public sealed record Wait(DateTimeOffset Until) : RestartAct;

    /// <summary>The wait for the second person is over.</summary>
    public sealed record Lapse : RestartAct;

    /// <summary>Read where the device stands.</summary>
    public sealed record TakeMarks : RestartAct;

    /// <summary>Store the intent, then send the request.</summary>
    public sealed record Send : RestartAct;

    /// <summary>Ask the device's log whether a send whose result was lost arrived.</summary>
    public sealed record LookUp(RestartMarks Marks) : RestartAct;

    /// <summary>Read the signs.</summary>
    public sealed record Observe(RestartMarks Marks) : RestartAct;
}
