using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Fleet;

/// <summary>Finds in the allocation's own operation what proves that the operator gave up access (R13).</summary>
internal static class AllocationProof
{
    public static AllocationView View(AllocationRecord allocation, Operation? operation)
    {
        var refused = operation?.Steps.SelectMany(s => s.Evidence).LastOrDefault(e => e.Name == AllocationSteps.RefusedLogin);
        return new AllocationView(
            allocation.Id, allocation.Customer, allocation.ResourceName, allocation.OpenedAt, refused is null ? "The evidence of the hand-over is not at hand." : $"Administrator login {refused.Value}", refused?.At);
    }
}
