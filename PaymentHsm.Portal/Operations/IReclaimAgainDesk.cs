using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Operations;

/// <summary>The part of a Reclaim again (D24) that the general desks do not have: what it would mean before anybody asks.</summary>
public interface IReclaimAgainDesk
{
    /// <summary>The dry run: what would be bound and what it means, without storing anything. It reads the device.</summary>
    Task<Outcome<ReclaimAgainPreview>> PreviewAsync(Actor actor, string ticket, CancellationToken cancellationToken);
}

/// <summary>What a Reclaim again would bind and mean.</summary>
/// <param name="Serial">Which device.</param>
/// <param name="Impact">One line per point, a heading before the colon.</param>
/// <param name="Observed">Classes of what the device shows now, and what is stored of it.</param>
/// <param name="Allocation">The allocation that would be ended on the device; null when none is known.</param>
/// <param name="Options">Quorum and clocks.</param>
/// <param name="Eligible">How many people could sign.</param>
/// <param name="Closed">Why it cannot be asked for now, whatever is filled in; null when it can.</param>
public sealed record ReclaimAgainPreview(HsmSerial Serial, string Impact, IReadOnlyDictionary<string, string> Observed, string? Allocation, ApprovalOptions Options, int Eligible, Refusal? Closed);
