using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Operations;

/// <summary>Where operations are kept. Every write is guarded by the version that was read and carries its audit entry in the same transaction.</summary>
public interface IOperationStore
{
    Task<Operation?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The operation that holds the device, waiting or running; null when it is free (R67).</summary>
    Task<Operation?> HoldingAsync(HsmSerial serial, CancellationToken cancellationToken);

    /// <summary>True when the device ever had an operation of that kind, ended or not.</summary>
    Task<bool> HasEverAsync(HsmSerial serial, OperationKind kind, CancellationToken cancellationToken);

    /// <summary>Stores a new operation; null when another one holds the device already.</summary>
    Task<Operation?> AddAsync(Operation operation, AuditNote note, CancellationToken cancellationToken);

    /// <summary>Stores a change of what was read; null when somebody else changed it first. A null note stores without an audit entry (progress only).</summary>
    Task<Operation?> SaveAsync(Operation operation, AuditNote? note, CancellationToken cancellationToken);
}
