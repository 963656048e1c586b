using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>An allocation (W1) as an operation that people can follow step by step.</summary>
internal static class AllocationSteps
{
    /// <summary>Name of the evidence that proves that access was given up (R13).</summary>
    public const string RefusedLogin = "administrator login";

    /// <summary>A new allocation of one device, not begun.</summary>
    public static Operation Request(Guid id, HsmSerial serial, CustomerResource resource, string reason, string requester, DateTimeOffset now) => new(
        id, OperationKind.Allocation, serial, null, reason, requester, now, OperationState.Running,
        [.. Enum.GetValues<AllocationStep>().Select(s => OperationStep.ToDo(s.ToString()))],
        null, null, null, null,
        new OperationProgress.HandOver($"alloc-{id:N}", resource.Customer, resource.Id.ToString(), AllocationProgress.Begin, resource.Sku),
        null, 0);

    /// <summary>The operation after a step: the domain's progress and the visible steps move together.</summary>
    public static Operation After(Operation operation, AllocationStepOutcome outcome, IEnumerable<Evidence> evidence, DateTimeOffset now)
    {
        var before = (OperationProgress.HandOver)operation.Progress;
        var progress = Allocation.After(before.Progress, outcome);
        var step = operation.Step(before.Progress.Step!.Value.ToString());
        var ended = outcome switch
        {
            AllocationStepOutcome.Proven proven => step.End(StepState.Done, now, [.. evidence, new Evidence("proven by", proven.Evidence, now)]),
            AllocationStepOutcome.Denied denied => step.End(StepState.NotDone, now, [.. evidence, new Evidence("denied", denied.Reason, now)]),
            AllocationStepOutcome.Unclear unclear when progress.Failure is null => step.Note([.. evidence, new Evidence("unclear", unclear.Reason, now)]),
            AllocationStepOutcome.Unclear unclear => step.End(StepState.NotDone, now, [.. evidence, new Evidence("unclear", unclear.Reason, now)]),
            _ => step,
        };
        return (operation with { Progress = before with { Progress = progress } }).With(ended);
    }

    /// <summary>Ends the operation.</summary>
    public static Operation Close(Operation operation, OperationOutcome outcome, string detail, DateTimeOffset now) =>
        operation with { State = OperationState.Finished, Outcome = outcome, OutcomeDetail = detail, FinishedAt = now };
}
