using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Operations;

/// <summary>Sees to it that a stored operation is driven: the owner of its device begins with it, or wakes up and looks at it again.</summary>
internal interface IOperationRunner
{
    Task DriveAsync(Operation operation);
}
