using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>The return of a released device (W4) as an operation that people can follow step by step.</summary>
internal static class DeletionSteps
{
    /// <summary>The release, read once more and stored (D15).</summary>
    public const string Release = "Release";

    /// <summary>Certificates, credential and the R78 list (D19 or D20).</summary>
    public const string Verify = "Verify";

    /// <summary>Bundle sealed, allocation closed, the resource gone (A11).</summary>
    public const string Detach = "Detach";

    /// <summary>Base image and licences (D21 or D22).</summary>
    public const string Rebaseline = "Rebaseline";

    /// <summary>A new return, not begun.</summary>
    public static Operation Request(CustomerResource resource, StoredDevice device, DateTimeOffset now) => new(
        Guid.CreateVersion7(now), OperationKind.Deletion, device.Record.Serial, null, $"{resource.Id.Name} is being deleted", Actor.Portal.Id, now, OperationState.Running,
        [.. new[] { Release, Verify, Detach, Rebaseline }.Select(OperationStep.ToDo)],
        null, null, null, null, new OperationProgress.Deletion(resource.Id.ToString(), device.Record.Allocation, resource.Customer), null, 0);
}
