using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Components.Parts;

/// <summary>Where an operation stands, in words.</summary>
public static class OperationWords
{
    /// <summary>The step that is at work, or the next one: <c>Step 3 of 5, observe</c>.</summary>
    public static string At(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var at = operation.Steps.TakeWhile(s => s.State is StepState.Done or StepState.NotDone).Count();
        return at >= operation.Steps.Count ? "All steps ended" : $"Step {at + 1} of {operation.Steps.Count}, {operation.Steps[at].Name}";
    }

    /// <summary>When the running step is overdue; null when no step runs or it has no limit.</summary>
    public static DateTimeOffset? Deadline(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return operation.Steps.FirstOrDefault(s => s.State == StepState.Running)?.Deadline;
    }
}
