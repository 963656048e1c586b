using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Lifecycle;

namespace PaymentHsm.Portal.Operations;

/// <summary>Chooses the driver of an operation's kind.</summary>
internal sealed class OperationDrivers(SoftRebootDriver softReboot, AllocationDriver allocation, IOperationStore store, SoftRebootOptions options, TimeProvider clock)
{
    /// <summary>
    /// Does what is next. Returns the operation as it now is, or null when it has to be read again, and until when nothing is to be done.
    /// </summary>
    public async Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (operation.Kind == OperationKind.Allocation)
        {
            return await allocation.StepAsync(operation, cancellationToken);
        }

        return SoftReboot.Next(operation, options, clock.GetUtcNow()) switch
        {
            RestartAct.Wait wait => (operation, wait.Until),
            RestartAct.Ended => (await store.FindAsync(operation.Id, cancellationToken), null),
            var act => (await softReboot.StepAsync(operation, act, cancellationToken), null),
        };
    }
}
