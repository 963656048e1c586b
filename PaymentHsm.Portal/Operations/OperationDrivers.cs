using PaymentHsm.Domain.Operations;

namespace PaymentHsm.Portal.Operations;

/// <summary>Chooses the driver of an operation's kind.</summary>
internal sealed class OperationDrivers(IEnumerable<IOperationDriver> drivers)
{
    private readonly Dictionary<OperationKind, IOperationDriver> _byKind = drivers.SelectMany(d => d.Kinds.Select(k => (k, d))).ToDictionary();

    /// <inheritdoc cref="IOperationDriver.StepAsync"/>
    public Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken) =>
        _byKind[operation.Kind].StepAsync(operation, cancellationToken);
}
