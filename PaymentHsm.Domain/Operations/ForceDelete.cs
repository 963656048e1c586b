using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Operations;

/// <summary>
/// The force delete W5, and the Reclaim again D24, from the request to their end as a pure procedure: <see cref="Next"/> says what to do, the other methods fold in what came of it (OOB-PROFILE 9, Reclaim 1 to 7).
/// Whoever drives it stores the operation before each act and after it; from any stored value another driver goes on, and the device erases at most once: every
/// request carries the operation's own id, and none is sent while the fate of an earlier one is not known. D24 is the same without a resource: the approval is used by the
/// driver as soon as it is armed, and the device stays in quarantine until it was read as released.
/// </summary>
public static partial class ForceDelete
{
    public const string RequestStep = "Request";
    public const string PreviewStep = "Preview";
    public const string ApproveStep = "Approve";
    public const string DeleteStep = "Delete";
    public const string ReclaimStep = "Reclaim";
    public const string ReadBackStep = "ReadBack";
    public const string VerifyStep = "Verify";
    public const string DetachStep = "Detach";
    public const string SealStep = "Seal";
    public const string RebaselineStep = "Rebaseline";

    private const string Brake = "brake";

    private static readonly TimeSpan WaitForApproval = TimeSpan.FromMinutes(10);

    /// <summary>A new request that waits for its quorum and holds the device meanwhile.</summary>
    public static Operation Request(
        Guid id, HsmSerial serial, string ticket, string reason, string requester, IEnumerable<Evidence> preview, OperationProgress.Reclaim progress, string approval, DateTimeOffset? approveBefore, DateTimeOffset now) => new(
        id, OperationKind.ForceDelete, serial, ticket, reason, requester, now, OperationState.AwaitingConfirmation,
        [
            OperationStep.ToDo(RequestStep).End(StepState.Done, now, new Evidence("reason", reason, now), new Evidence("ticket", ticket, now)),
            OperationStep.ToDo(PreviewStep).End(StepState.Done, now, preview),
            OperationStep.ToDo(ApproveStep).Start(now, approveBefore),
            OperationStep.ToDo(DeleteStep),
            OperationStep.ToDo(ReclaimStep),
            OperationStep.ToDo(ReadBackStep),
            OperationStep.ToDo(VerifyStep),
            OperationStep.ToDo(DetachStep),
            OperationStep.ToDo(RebaselineStep),
        ],
        null, null, approveBefore, null, progress, null, 0, approval);

    /// <summary>A new request to Reclaim a quarantined device again (D24).</summary>
    public static Operation RequestAgain(
        Guid id, HsmSerial serial, string ticket, string reason, string requester, IEnumerable<Evidence> preview, OperationProgress.Reclaim progress, string approval, DateTimeOffset? approveBefore, DateTimeOffset now)
    {
        var asked = Request(id, serial, ticket, reason, requester, preview, progress, approval, approveBefore, now);
        return asked with { Kind = OperationKind.ReclaimAgain, Steps = [.. asked.Steps.Where(s => s.Name != DeleteStep).Select(s => s.Name == DetachStep ? OperationStep.ToDo(SealStep) : s)] };
    }

    /// <summary>The step in which the bundle is sealed, and for a force delete the resource goes.</summary>
    public static string EndStep(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return IsAgain(operation) ? SealStep : DetachStep;
    }

    /// <summary>A person of the quorum signed.</summary>
    public static Operation SignatureAdded(Operation operation, string by, string comment, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.With(operation.Step(ApproveStep).Note(new Evidence($"signed by {by}", comment, at)));
    }

    /// <summary>The approval is armed: the deletion may come, by the customer or on their behalf; a Reclaim again begins by itself. Nothing is sent before (R73).</summary>
    public static Operation Armed(Operation operation, IEnumerable<string> signers, DateTimeOffset? executeBefore, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var signed = operation with { ConfirmedBy = string.Join(", ", signers), ConfirmBefore = executeBefore };
        return IsAgain(operation)
            ? signed.With(operation.Step(ApproveStep).End(StepState.Done, now, new Evidence("armed", "it is used as soon as what was signed is read once more", now)))
            : signed.With(operation.Step(ApproveStep).End(StepState.Done, now, new Evidence("armed", "the flag is set; it deletes nothing by itself", now)))
                .With(operation.Step(DeleteStep).Start(now, executeBefore));
    }

    /// <summary>The brake holds an armed Reclaim again back (R89); said once.</summary>
    public static Operation HeldBack(Operation operation, Refusal why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var step = operation.Step(ApproveStep);
        return step.Evidence.Any(e => e.Name == Brake) ? operation : operation.With(step.Note(new Evidence(Brake, $"{why} It is used as soon as that is so, or expires.", now)));
    }

    /// <summary>The approval ended without being used.</summary>
    public static Operation Cancelled(Operation operation, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var step = operation.Step(ApproveStep).State != StepState.Done ? ApproveStep : IsAgain(operation) ? ReclaimStep : DeleteStep;
        return Close(operation.With(operation.Step(step).End(StepState.NotDone, now, new Evidence("ended", why, now))), OperationOutcome.Cancelled, $"{why} Nothing was sent to the device.", now);
    }

    /// <summary>The approval was consumed; a force delete's resource was deleted in the same moment.</summary>
    public static Operation Begun(Operation operation, string by, ForceDeleteOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var until = now + options.ReclaimWithin;
        var consumed = new Evidence("approval", $"{operation.Approval} consumed", now);
        var begun = Remember(operation, p => p with { ReclaimBefore = until, NotBefore = null }) with { State = OperationState.Running };
        return IsAgain(operation)
            ? begun.With(operation.Step(ReclaimStep).Start(now, until).Note(consumed))
            : begun.With(operation.Step(DeleteStep).End(StepState.Done, now, new Evidence("deleted by", by, now), consumed)).With(operation.Step(ReclaimStep).Start(now, until));
    }

    /// <summary>What to do now.</summary>
    public static ReclaimAct Next(Operation operation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.State == OperationState.Finished)
        {
            return new ReclaimAct.Ended();
        }

        var progress = Progress(operation);
        if (operation.State == OperationState.AwaitingConfirmation)
        {
            // The approval's own clocks end this wait; whatever changes wakes the driver.
            return IsAgain(operation) && operation.Step(ApproveStep).State == StepState.Done ? new ReclaimAct.Begin() : new ReclaimAct.Wait(now + WaitForApproval);
        }

        if (progress.NotBefore is { } notBefore && notBefore > now)
        {
            return new ReclaimAct.Wait(notBefore);
        }

        return progress.Phase switch
        {
            ReclaimPhase.Erased => AfterErasure(operation),
            ReclaimPhase.Failed => operation.Step(EndStep(operation)).State != StepState.Done ? new ReclaimAct.GiveUp() : new ReclaimAct.Close(),
            ReclaimPhase.ReadingBack => new ReclaimAct.ReadBack(),
            ReclaimPhase.Planned when !progress.Checked => new ReclaimAct.Check(),
            ReclaimPhase.Planned => new ReclaimAct.Send(),
            ReclaimPhase.Accepted or ReclaimPhase.Running => new ReclaimAct.Follow(),
            _ => new ReclaimAct.LookUp(),
        };
    }

    /// <summary>The R78 list was read (D19), or a point of it was missed (D20). Either way the bundle is sealed now, and the resource goes.</summary>
    public static Operation VerifyEnded(Operation operation, bool proven, IEnumerable<Evidence> seen, string? missed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var step = operation.Step(VerifyStep).Note(seen);
        return Remember(operation, p => p with { NotBefore = null })
            .With(proven ? step.End(StepState.Done, now) : step.End(StepState.NotDone, now, new Evidence("missed", missed ?? "", now)))
            .With(operation.Step(EndStep(operation)).Start(now));
    }

    /// <summary>The verification, or the baseline, cannot be done yet.</summary>
    public static Operation StepWaits(Operation operation, string step, string reason, ForceDeleteOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        return Waiting(operation, options.LookUpEvery, now).With(Seen(operation.Step(step), "waits", reason, now));
    }

    /// <summary>The device was given up as not erased; the resource goes all the same (R80).</summary>
    public static Operation GivenUp(Operation operation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.With(operation.Step(EndStep(operation)).Start(now));
    }

    /// <summary>The bundle is sealed; the resource is gone, its allocation closed over the bundle.</summary>
    public static Operation Detached(Operation operation, string bundle, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var gone = Remember(operation, p => p with { Bundle = bundle, NotBefore = null })
            .With(operation.Step(EndStep(operation)).End(
                StepState.Done, now, new Evidence("bundle", bundle, now), new Evidence("resource", IsAgain(operation) ? "gone before; its closed allocation stays as it is" : "gone (404); the allocation is closed", now)));
        return operation.Step(VerifyStep).State == StepState.Done ? gone.With(gone.Step(RebaselineStep).Start(now)) : gone;
    }

    /// <summary>The baseline was reached (D21), or missed (D22): the erasure stands in both cases.</summary>
    public static Operation RebaselineEnded(Operation operation, bool proven, IEnumerable<Evidence> seen, string? missed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var step = operation.Step(RebaselineStep).Note(seen);
        return Remember(operation, p => p with { NotBefore = null })
            .With(proven ? step.End(StepState.Done, now) : step.End(StepState.NotDone, now, new Evidence("missed", missed ?? "", now)));
    }

    /// <summary>All is done: the outcome, in one of two forms.</summary>
    public static Operation Closed(Operation operation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var progress = Progress(operation);
        if (operation.Step(VerifyStep).State == StepState.Done)
        {
            var pool = operation.Step(RebaselineStep).State == StepState.Done ? "The device is back in the pool."
                : progress.HardwareFinding is not null ? "The device is quarantined, clean: its hardware failed, and it goes to destruction (R79)."
                : "The device is not back in the pool: it is quarantined, clean.";
            return Close(operation, OperationOutcome.ErasedAndProven, $"Erased, read back and verified clean; bundle {progress.Bundle}. {pool}", now);
        }

        var why = progress.Why ?? operation.Step(VerifyStep).Evidence.LastOrDefault(e => e.Name == "missed")?.Value ?? "";
        var stands = IsAgain(operation) ? "the device stays in quarantine" : "the device is quarantined and the resource is gone";
        return Close(operation, OperationOutcome.NotErased, $"Not proven to be erased; {stands}. {why} Bundle {progress.Bundle} says so.", now);
    }

    private static ReclaimAct AfterErasure(Operation operation) =>
        operation.Step(VerifyStep).State is StepState.Pending or StepState.Running ? new ReclaimAct.Verify()
        : operation.Step(EndStep(operation)).State != StepState.Done ? new ReclaimAct.Detach()
        : operation.Step(RebaselineStep).State == StepState.Running ? new ReclaimAct.Rebaseline()
        : new ReclaimAct.Close();

    private static Operation Again(Operation operation, string answer, ForceDeleteOptions options, DateTimeOffset now) => IsOver(operation, now)
        ? Failed(operation, Lost(operation, answer), now)
        : Remember(operation, p => p with { Phase = ReclaimPhase.Planned, Checked = false, NotBefore = now + options.SendAgainAfter });

    private static Operation ToReadBack(Operation operation, DateTimeOffset now) =>
        Remember(operation, p => p with { Phase = ReclaimPhase.ReadingBack, NotBefore = null })
            .With(operation.Step(ReclaimStep).End(StepState.Done, now))
            .With(operation.Step(ReadBackStep).Start(now, Progress(operation).ReclaimBefore));

    private static Operation Failed(Operation operation, string why, DateTimeOffset now)
    {
        var step = operation.Step(ReadBackStep).State == StepState.Running ? ReadBackStep : ReclaimStep;
        return Remember(operation, p => p with { Phase = ReclaimPhase.Failed, Why = why, NotBefore = null })
            .With(operation.Step(step).End(StepState.NotDone, now, new Evidence("not erased", why, now)));
    }

    private static string Lost(Operation operation, string message) => Progress(operation).Sends == 0
        ? $"The device could not be reached until the deadline; no Reclaim was sent. {message}"
        : $"Until the deadline nothing proved an erasure; whether the Reclaim took effect is not known. {message}";

    /// <summary>The next look-up, each time after a longer pause.</summary>
    private static Operation LookOn(Operation operation, ForceDeleteOptions options, DateTimeOffset now)
    {
        var progress = Progress(operation);
        var pause = TimeSpan.FromTicks(Math.Min(options.LookUpAtMost.Ticks, options.LookUpEvery.Ticks << Math.Min(progress.LookUps, 10)));
        return Remember(operation, p => p with { LookUps = p.LookUps + 1, NotBefore = now + pause });
    }

    private static bool IsAgain(Operation operation) => operation.Kind == OperationKind.ReclaimAgain;

    private static bool IsOver(Operation operation, DateTimeOffset now) => now >= Progress(operation).ReclaimBefore;

    private static Operation Waiting(Operation operation, TimeSpan pause, DateTimeOffset now) => Remember(operation, p => p with { NotBefore = now + pause });

    /// <summary>One line per kind of fact, with the time when it was first seen as it is.</summary>
    private static OperationStep Seen(OperationStep step, string name, string value, DateTimeOffset now)
    {
        var last = step.Evidence is [.., var newest] ? newest : null;
        return last is not null && last.Name == name ? last.Value == value ? step : step with { Evidence = [.. step.Evidence.SkipLast(1), new Evidence(name, value, now)] } : step.Note(new Evidence(name, value, now));
    }

    private static Operation Close(Operation operation, OperationOutcome outcome, string detail, DateTimeOffset now) =>
        operation with { State = OperationState.Finished, Outcome = outcome, OutcomeDetail = detail, FinishedAt = now };

    private static OperationProgress.Reclaim Progress(Operation operation) => (OperationProgress.Reclaim)operation.Progress;

    private static Operation Remember(Operation operation, Func<OperationProgress.Reclaim, OperationProgress.Reclaim> change) =>
        operation with { Progress = change(Progress(operation)) };
}
