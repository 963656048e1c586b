using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Portal.Persistence.Rows;

/// <summary>Who held which device, from when to when. Never changed but for its end.</summary>
internal sealed class AllocationRow
{
    public required string Id { get; set; }
    public required string Serial { get; set; }
    public required string ResourceId { get; set; }
    public required string ResourceName { get; set; }
    public required string Customer { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public required string EvidenceDigest { get; set; }
    public string? ClosingDigest { get; set; }

    public static AllocationRow Of(AllocationRecord record) => new()
    {
        Id = record.Id,
        Serial = record.Serial.ToString(),
        ResourceId = record.ResourceId,
        ResourceName = record.ResourceName,
        Customer = record.Customer,
        OpenedAt = record.OpenedAt,
        ClosedAt = record.ClosedAt,
        EvidenceDigest = record.EvidenceDigest,
        ClosingDigest = record.ClosingDigest,
    };

    public AllocationRecord ToRecord() =>
        new(Id, HsmSerial.Parse(Serial), ResourceId, ResourceName, Customer, OpenedAt, ClosedAt, EvidenceDigest, ClosingDigest);
}
