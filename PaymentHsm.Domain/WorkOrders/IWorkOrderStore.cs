using PaymentHsm.Domain.Audit;

namespace PaymentHsm.Domain.WorkOrders;

/// <summary>Where work orders are kept. Every write is guarded by the version that was read and carries its audit entry in the same transaction.</summary>
public interface IWorkOrderStore
{
    /// <summary>The order of that number; null when there is none.</summary>
    Task<WorkOrder?> FindAsync(string number, CancellationToken cancellationToken);

    /// <summary>The order that an operation waits for; null when it has none yet.</summary>
    Task<WorkOrder?> OfOperationAsync(Guid operation, CancellationToken cancellationToken);

    /// <summary>Stores a new order and gives it its number; null when the operation has one already.</summary>
    /// <param name="tell">What the ticket's conversation says about it; null says nothing.</param>
    Task<WorkOrder?> AddAsync(WorkOrder order, AuditNote note, string? tell, CancellationToken cancellationToken);

    /// <summary>Stores a change of what was read; null when somebody else changed it first.</summary>
    Task<WorkOrder?> SaveAsync(WorkOrder order, AuditNote note, string? tell, CancellationToken cancellationToken);
}
