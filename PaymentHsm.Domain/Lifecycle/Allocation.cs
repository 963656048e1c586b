namespace PaymentHsm.Domain.Lifecycle;

/// <summary>
/// Gives a device to a customer (W1), as a procedure that can be driven by anything that stores: <see cref="Next"/> says what to do,
/// <see cref="After"/> takes in how it went. Both are total. Once a hand-over was asked for, the pool is closed: only quarantine is left.
/// </summary>
public static class Allocation
{
    /// <summary>How often a step whose outcome is unclear is performed again before the allocation fails.</summary>
    public const int MaximumTries = 3;

    /// <summary>What to do at this point.</summary>
    public static AllocationAct Next(AllocationProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return progress switch
        {
            { Failure: { } reason, Step: { } failed } => new AllocationAct.Compensate(ToUndo(failed), TargetOf(failed), reason),
            { Step: { } step } => new AllocationAct.Perform(step),
            _ => new AllocationAct.Finished(),
        };
    }

    /// <summary>Where the allocation stands after a step. A failed or finished one stays as it is: a late outcome changes nothing (I9).</summary>
    public static AllocationProgress After(AllocationProgress progress, AllocationStepOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (progress is { Failure: not null } or { Step: null })
        {
            return progress;
        }

        return outcome switch
        {
            AllocationStepOutcome.Proven => new AllocationProgress(Following(progress.Step.Value)),
            AllocationStepOutcome.Denied(var reason) => progress with { Failure = reason },
            AllocationStepOutcome.Unclear when progress.Tries + 1 < MaximumTries => progress with { Tries = progress.Tries + 1 },
            AllocationStepOutcome.Unclear(var reason) => progress with { Tries = progress.Tries + 1, Failure = reason },
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
    }

    /// <summary>The overdue state's way out: fail where it stands.</summary>
    public static AllocationProgress Overdue(AllocationProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return After(progress, new AllocationStepOutcome.Denied($"{progress.Step} was not done in time."));
    }

    private static AllocationStep? Following(AllocationStep step) => step == AllocationStep.Flip ? null : step + 1;

    private static CompensationTarget TargetOf(AllocationStep failed) => failed switch
    {
        AllocationStep.Reserve => CompensationTarget.None,
        AllocationStep.Licence or AllocationStep.Connect => CompensationTarget.Pool,
        _ => CompensationTarget.Quarantine,
    };

    /// <summary>The failed step itself may have happened in part, so it is undone too. Giving up access cannot be undone; verification after a Reclaim does it.</summary>
    private static IReadOnlyList<AllocationStep> ToUndo(AllocationStep failed) =>
        [.. new[] { AllocationStep.Connect, AllocationStep.Licence, AllocationStep.Reserve }.Where(s => s <= failed && failed != AllocationStep.Reserve)];
}
