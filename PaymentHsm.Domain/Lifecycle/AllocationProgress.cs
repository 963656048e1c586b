namespace PaymentHsm.Domain.Lifecycle;

/// <summary>How far an allocation is; stored before every step.</summary>
/// <param name="Step">The step that is next or under way; null once all are proven.</param>
/// <param name="Tries">Tries of that step that ended unclear.</param>
/// <param name="Failure">Why it failed; null while it goes on.</param>
public sealed record AllocationProgress(AllocationStep? Step, int Tries = 0, string? Failure = null)
{
    /// <summary>Before the first step.</summary>
    public static AllocationProgress Begin { get; } = new(AllocationStep.Reserve);
}
