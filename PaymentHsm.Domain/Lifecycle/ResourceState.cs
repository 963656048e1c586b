namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Provisioning state of a customer's resource, as the ARM API spells it (R22). A deleted resource has no state: it is gone.</summary>
public enum ResourceState
{
    CheckingQuota,
    Provisioning,
    Allocating,
    Connecting,
    Succeeded,
    Failed,
    Deleting,
}
