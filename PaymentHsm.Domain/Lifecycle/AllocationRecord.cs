using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>
/// The immutable joint between a device and a customer's resource (DOMAIN 2.2): opened when custody passes to the customer, closed when the resource
/// is gone (I12). It outlives both.
/// </summary>
/// <param name="Id">Allocation id, as the device was given it.</param>
/// <param name="Serial">Which device.</param>
/// <param name="ResourceId">ARM id of the resource.</param>
/// <param name="ResourceName">Its name.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="OpenedAt">When custody passed (UTC).</param>
/// <param name="ClosedAt">When the resource was gone; null while open.</param>
/// <param name="EvidenceDigest">SHA-256 (hex) over the evidence of the hand-over: licence, network, refused login.</param>
/// <param name="ClosingDigest">SHA-256 (hex) over the evidence of the end; null while open.</param>
public sealed record AllocationRecord(
    string Id,
    HsmSerial Serial,
    string ResourceId,
    string ResourceName,
    string Customer,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    string EvidenceDigest,
    string? ClosingDigest = null)
{
    /// <summary>Closes the record. Once only: a closed record is history.</summary>
    public Outcome<AllocationRecord> Close(DateTimeOffset now, string closingDigest) =>
        ClosedAt is { } closed
            ? new Refusal("I12", RefusalKind.NotInThisState, $"Allocation {Id} was closed at {closed:O}.")
            : now < OpenedAt
                ? new Refusal("I12", RefusalKind.BadInput, $"Allocation {Id} was opened at {OpenedAt:O}; it cannot end before.")
                : this with { ClosedAt = now, ClosingDigest = closingDigest };
}
