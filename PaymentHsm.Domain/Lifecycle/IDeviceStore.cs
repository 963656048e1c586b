using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Where device records are kept. Every write is guarded by the fence that was read and carries its audit entry in the same transaction.</summary>
public interface IDeviceStore
{
    Task<StoredDevice?> FindAsync(HsmSerial serial, CancellationToken cancellationToken);

    Task<IReadOnlyList<StoredDevice>> AllAsync(CancellationToken cancellationToken);

    /// <summary>The devices in a region that a customer has, by serial: a pair, mostly (R18).</summary>
    Task<IReadOnlyList<StoredDevice>> OfCustomerAsync(string customer, string region, CancellationToken cancellationToken);

    /// <summary>Stores a device that was never seen before; false when it is there already.</summary>
    Task<bool> AddAsync(StoredDevice device, AuditNote note, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the next record of a device, with the allocation that it opens, if any; false when the stored fence is not <paramref name="before"/>'s.
    /// </summary>
    Task<bool> SaveAsync(DeviceRecord before, StoredDevice after, AllocationRecord? opens, AuditNote note, CancellationToken cancellationToken);

    /// <summary>Takes over changed enrolment facts (rack, slot, model).</summary>
    Task RelocateAsync(EnrolledDevice device, CancellationToken cancellationToken);

    /// <summary>The open allocation of a device; null when there is none.</summary>
    Task<AllocationRecord?> AllocationAsync(HsmSerial serial, CancellationToken cancellationToken);
}

/// <summary>A device record together with what is known beside it.</summary>
/// <param name="Record">Lifecycle and custody.</param>
/// <param name="Enrolled">Where it is and what it is.</param>
/// <param name="Customer">The customer's name from reservation on; null in the pool.</param>
public sealed record StoredDevice(DeviceRecord Record, EnrolledDevice Enrolled, string? Customer);
