using System.Collections.Immutable;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>One entry of the service audit log (OOB-PROFILE 7).</summary>
/// <remarks><c>Id</c>: Strictly rising, never used again. <c>Key</c>: Message key without registry and version. <c>Origin</c>: Path of the resource that it speaks of.</remarks>
internal sealed record AuditEntry(
    long Id,
    DateTimeOffset Created,
    Guid EventId,
    string Key,
    ImmutableArray<string> Args,
    string? UserName,
    Guid? OperationId,
    string? Allocation,
    long BootId,
    string Origin);
