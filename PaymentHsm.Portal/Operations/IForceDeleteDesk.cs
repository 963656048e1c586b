using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Operations;

/// <summary>The parts of a force delete that the general desks do not have: what it would mean before anybody asks, and carrying it out on the customer's behalf.</summary>
public interface IForceDeleteDesk
{
    /// <summary>Detail of a wish: why milder rungs of the ladder were skipped (R54); the reason itself counts when it is not given.</summary>
    const string WhySkipped = "whySkipped";

    /// <summary>Detail of a wish: what has failed, when the unit's hardware has. It is signed with the rest, and sends the unit to destruction even if it is erased (R79).</summary>
    const string HardwareFinding = "hardwareFinding";

    /// <summary>The dry run (W5 step 3): what would be bound and what it means, without storing anything.</summary>
    Task<Outcome<ForceDeletePreview>> PreviewAsync(Actor actor, string ticket, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the resource on the customer's behalf: an engineer who neither asked nor signed (R10). It goes the same way as the customer's own deletion and uses the armed approval.
    /// </summary>
    Task<Outcome<Operation>> ExecuteAsync(Actor actor, Guid operation, CancellationToken cancellationToken);

    /// <summary>Why this actor may not carry it out now; null when they may.</summary>
    Refusal? ClosedToExecute(Actor actor, ApprovalRequest approval);
}

/// <summary>What a force delete would bind and mean.</summary>
/// <param name="Customer">Whose device it is.</param>
/// <param name="ResourceId">The resource that would go.</param>
/// <param name="Impact">One line per point, a heading before the colon.</param>
/// <param name="Ladder">What was tried before.</param>
/// <param name="Observed">Classes of what the device shows now.</param>
/// <param name="KnownIssues">Known issues of its firmware.</param>
/// <param name="LastAnswer">When the device last answered.</param>
/// <param name="Documents">The documents of the ticket.</param>
/// <param name="Options">Quorum and clocks.</param>
/// <param name="Eligible">How many people could sign.</param>
/// <param name="Closed">Why it cannot be asked for now, whatever is filled in; null when it can.</param>
public sealed record ForceDeletePreview(
    string Customer, string ResourceId, string Impact, string Ladder, IReadOnlyDictionary<string, string> Observed, IReadOnlyList<string> KnownIssues, DateTimeOffset? LastAnswer,
    IReadOnlyList<TicketDocument> Documents, ApprovalOptions Options, int Eligible, Refusal? Closed);
