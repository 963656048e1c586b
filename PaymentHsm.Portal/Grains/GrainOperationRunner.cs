using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Grains;

/// <inheritdoc cref="IOperationRunner"/>
internal sealed class GrainOperationRunner(IGrainFactory grains) : IOperationRunner
{
    public Task DriveAsync(Operation operation) => grains.GetGrain<IHsmGrain>(operation.Serial.ToString()).DriveAsync(operation.Id);
}
