using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Domain.Firmware;

/// <summary>
/// Patching one device of the pool (W7 steps 5 and 6): lock it, install, read the version back, check it against the base, give it back. Pure: what is stored
/// decides what is next, so that it goes on after a crash anywhere.
/// </summary>
public static class FirmwareUpdate
{
    /// <summary>D6: the device leaves the pool.</summary>
    public const string LockStep = "Lock";

    /// <summary>The device is asked to install.</summary>
    public const string InstallStep = "Install";

    /// <summary>Later polls until the device reports the version.</summary>
    public const string ReadBackStep = "ReadBack";

    /// <summary>Licences, self-test, administrator, then D7.</summary>
    public const string ReleaseStep = "Release";

    /// <summary>A new update of one member of a wave.</summary>
    public static Operation New(Guid id, PatchWave wave, WaveMember member, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(wave);
        ArgumentNullException.ThrowIfNull(member);
        return new Operation(
            id, OperationKind.FirmwareUpdate, member.Serial, null, $"{wave.ShortName}: {member.From} to {wave.Target}. {wave.Reason}", wave.PlannedBy, now, OperationState.Running,
            [OperationStep.ToDo(LockStep), OperationStep.ToDo(InstallStep), OperationStep.ToDo(ReadBackStep), OperationStep.ToDo(ReleaseStep)],
            null, null, null, wave.ApprovedBy, new OperationProgress.Firmware(wave.Id, wave.Target, wave.Image, wave.ImageDigest, member.From, wave.Limits.Reserve), null, 0);
    }

    /// <summary>What is next.</summary>
    public static UpdateAct Next(Operation operation, FirmwareUpdateOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var progress = Progress(operation);
        if (operation.State == OperationState.Finished)
        {
            return new UpdateAct.Ended();
        }

        if (progress.Failure is { } failure)
        {
            return new UpdateAct.Quarantine(failure);
        }

        if (now < progress.NotBefore)
        {
            return new UpdateAct.Wait(progress.NotBefore.Value);
        }

        var step = operation.Steps.FirstOrDefault(s => s.State is not StepState.Done);
        return step?.Name switch
        {
            LockStep => new UpdateAct.Lock(),
            InstallStep when progress.Asked is null => new UpdateAct.Ask(),

            // Asked, and the answer was lost with the process: the version says whether it arrived.
            InstallStep => new UpdateAct.LookAgain(),
            ReadBackStep => new UpdateAct.ReadBack(),
            ReleaseStep => new UpdateAct.Release(),
            _ => new UpdateAct.Close(),
        };
    }

    /// <summary>The device left the pool: from here only D7 or D8 ends it.</summary>
    public static Operation Locked(Operation operation, string words, FirmwareUpdateOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        return operation
            .With(operation.Step(LockStep).End(StepState.Done, now, new Evidence("lifecycle", words, now)))
            .With(operation.Step(InstallStep).Start(now, now + options.InstallFor));
    }

    /// <summary>It was not taken out of the pool; nothing was begun on the device.</summary>
    public static Operation NotTaken(Operation operation, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return End(operation.With(operation.Step(LockStep).End(StepState.NotDone, now, new Evidence("refused", why, now))), OperationOutcome.Refused, why, now);
    }

    /// <summary>It could not be read before it was taken; tried again for as long as asking may take.</summary>
    public static Operation NotRead(Operation operation, string message, FirmwareUpdateOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var step = operation.Step(LockStep);
        return now < step.Deadline || step.Deadline is null
            ? Remember(operation, p => p with { NotBefore = now + options.LookEvery }).With(step.Start(now, step.Deadline ?? now + options.InstallFor))
            : NotTaken(operation, $"It could not be read: {message}", now);
    }

    /// <summary>Stored before the device is asked.</summary>
    public static Operation Asking(Operation operation, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var tries = Progress(operation).Tries + 1;
        return Remember(operation, p => p with { Asked = now, Tries = tries, NotBefore = null })
            .With(operation.Step(InstallStep).Note(new Evidence("request", $"{operation.Id}, ask {tries}: {Progress(operation).Image}", now)));
    }

    /// <summary>What the device answered.</summary>
    public static Operation Answered(Operation operation, bool accepted, string answer, FirmwareUpdateOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var seen = new Evidence("answer", answer, now);
        return accepted
            ? operation.With(operation.Step(InstallStep).End(StepState.Done, now, seen)).With(operation.Step(ReadBackStep).Start(now, now + options.ReadBackFor))
            : NotThisTime(operation.With(operation.Step(InstallStep).Note(seen)), OperationOutcome.Refused, $"The device did not take the image: {answer}", options, now);
    }

    /// <summary>The request did not reach the device, or nobody knows.</summary>
    public static Operation NotAnswered(Operation operation, string message, FirmwareUpdateOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        return NotThisTime(operation.With(operation.Step(InstallStep).Note(new Evidence("no answer", message, now))), OperationOutcome.NotDelivered, $"The image could not be sent: {message}", options, now);
    }

    /// <summary>The device was read after a request whose answer is not known.</summary>
    public static Operation Looked(Operation operation, string? version, FirmwareUpdateOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return version == Progress(operation).Target
            ? Answered(operation, accepted: true, $"answer lost; the device reports {version}", options, now)

            // Asking again is harmless: the same image, a device without a customer, the same operation id.
            : Remember(operation, p => p with { Asked = null });
    }

    /// <summary>The device was polled while it installs.</summary>
    public static Operation Polled(Operation operation, string? version, string? unread, FirmwareUpdateOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        var (step, progress) = (operation.Step(ReadBackStep), Progress(operation));
        if (version == progress.Target)
        {
            return Remember(operation, p => p with { NotBefore = null })
                .With(step.End(StepState.Done, now, new Evidence("version", $"{progress.From} before, {version} read back", now)))
                .With(operation.Step(ReleaseStep).Start(now, now + options.ReleaseFor));
        }

        if (now < step.Deadline)
        {
            return Remember(operation, p => p with { NotBefore = now + options.LookEvery });
        }

        return version is not null && version != progress.From
            ? Failed(operation, OperationOutcome.Contradictory, $"It reports {version}: neither {progress.From} nor {progress.Target}.", now)
            : Failed(operation, OperationOutcome.NotObserved, version is null ? $"It could not be read until the deadline: {unread ?? "no version reported"}." : $"It still reports {version} at the deadline.", now);
    }

    /// <summary>Version, licences or self-test do not allow D7 yet; tried again until the deadline.</summary>
    public static Operation NotReleasable(Operation operation, string why, FirmwareUpdateOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(options);
        return now < operation.Step(ReleaseStep).Deadline
            ? Remember(operation, p => p with { NotBefore = now + options.LookEvery })
            : Failed(operation, OperationOutcome.NotObserved, why, now);
    }

    /// <summary>D7 happened.</summary>
    public static Operation Released(Operation operation, IEnumerable<Evidence> seen, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var progress = Progress(operation);
        return End(
            operation.With(operation.Step(ReleaseStep).End(StepState.Done, now, seen)), OperationOutcome.Verified,
            $"{progress.From} to {progress.Target}; version, licences and self-test read back. In the pool again.", now);
    }

    /// <summary>It is decided that D8 follows; stored before the device is moved.</summary>
    public static Operation Failed(Operation operation, OperationOutcome outcome, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var running = operation.Steps.First(s => s.State is not StepState.Done);
        return Remember(operation, p => p with { Failure = new UpdateFailure(outcome, why), NotBefore = null }).With(running.End(StepState.NotDone, now, new Evidence("failed", why, now)));
    }

    /// <summary>D8 happened, or the device had left the wave's hands already.</summary>
    /// <param name="isQuarantined">True when the device is in quarantine.</param>
    public static Operation Quarantined(Operation operation, bool isQuarantined, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var failure = Progress(operation).Failure!;
        return End(operation, failure.Outcome, isQuarantined ? $"{failure.Why} The device is quarantined." : failure.Why, now);
    }

    private static Operation NotThisTime(Operation operation, OperationOutcome outcome, string why, FirmwareUpdateOptions options, DateTimeOffset now) =>
        Progress(operation).Tries < options.Tries && now < operation.Step(InstallStep).Deadline
            ? Remember(operation, p => p with { Asked = null, NotBefore = now + options.AskAgainAfter })
            : Failed(operation, outcome, why, now);

    private static Operation End(Operation operation, OperationOutcome outcome, string detail, DateTimeOffset now) =>
        operation with { State = OperationState.Finished, Outcome = outcome, OutcomeDetail = detail, FinishedAt = now };

    private static OperationProgress.Firmware Progress(Operation operation) => (OperationProgress.Firmware)operation.Progress;

    private static Operation Remember(Operation operation, Func<OperationProgress.Firmware, OperationProgress.Firmware> change) => operation with { Progress = change(Progress(operation)) };
}

/// <summary>The next act of an update.</summary>
public abstract record UpdateAct
{
    private UpdateAct()
    {
    }

    /// <summary>It has ended.</summary>
    public sealed record Ended : UpdateAct;

    /// <summary>Come back then.</summary>
    public sealed record Wait(DateTimeOffset Until) : UpdateAct;

    /// <summary>D6, with facts read now.</summary>
    public sealed record Lock : UpdateAct;

    /// <summary>Store the intent, then ask the device.</summary>
    public sealed record Ask : UpdateAct;

    /// <summary>Read the version: a request was stored, its answer was not.</summary>
    public sealed record LookAgain : UpdateAct;

    /// <summary>Poll for the version.</summary>
    public sealed record ReadBack : UpdateAct;

    /// <summary>D7, with facts read now.</summary>
    public sealed record Release : UpdateAct;

    /// <summary>D8.</summary>
    public sealed record Quarantine(UpdateFailure Why) : UpdateAct;

    /// <summary>Every step is done.</summary>
    public sealed record Close : UpdateAct;
}

/// <summary>Why an update ends in quarantine.</summary>
/// <param name="Outcome">How the operation ends.</param>
/// <param name="Why">In a sentence.</param>
public sealed record UpdateFailure(OperationOutcome Outcome, string Why);
