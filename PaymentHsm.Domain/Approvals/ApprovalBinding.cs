using System.Security.Cryptography;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Approvals;

/// <summary>
/// Everything that a signature covers (DOMAIN 2.3). Any of it changing voids the approval (R74). The observed state is bound as classes (link down, tamper
/// none), never as raw numbers: a degree of temperature must not void anything.
/// </summary>
/// <param name="Serial">Which device.</param>
/// <param name="OobIdentity">Identity of its OOB controller: service UUID or certificate fingerprint.</param>
/// <param name="ResourceId">The customer's resource; null when none is concerned.</param>
/// <param name="ResourceGeneration">Generation of that resource.</param>
/// <param name="Allocation">Allocation id.</param>
/// <param name="Ticket">Ticket number.</param>
/// <param name="TicketRevision">Revision of the ticket that was read.</param>
/// <param name="RequestDocument">SHA-256 of the customer's document.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Parameters">With which parameters.</param>
/// <param name="RunbookVersion">Version of the runbook, for acts by hand.</param>
/// <param name="ObservedState">Classes by name.</param>
/// <param name="ImpactPreview">The words on impact that were shown.</param>
public sealed record ApprovalBinding(
    HsmSerial Serial,
    string OobIdentity,
    string? ResourceId,
    long? ResourceGeneration,
    string? Allocation,
    string Ticket,
    long TicketRevision,
    string? RequestDocument,
    string Action,
    IReadOnlyDictionary<string, string> Parameters,
    string? RunbookVersion,
    IReadOnlyDictionary<string, string> ObservedState,
    string ImpactPreview)
{
    /// <summary>The binding digest: SHA-256 over the canonical form, 64 lower-case hex digits.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Encode(Members())));

    /// <summary>The names of what differs from <paramref name="other"/>: told to all approvers when an approval is voided.</summary>
    public IReadOnlyList<string> DriftFrom(ApprovalBinding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var theirs = other.Members();
        return [.. Members().Where(m => !Same(m, theirs[m.Key])).Select(m => m.Key).Order(StringComparer.Ordinal)];
    }

    private static bool Same(KeyValuePair<string, object?> mine, object? theirs) =>
        CanonicalJson.Encode([mine]).AsSpan().SequenceEqual(CanonicalJson.Encode([new(mine.Key, theirs)]));

    private Dictionary<string, object?> Members() => new()
    {
        ["v"] = 1,
        ["serial"] = Serial.ToString(),
        ["oobIdentity"] = OobIdentity,
        ["resourceId"] = ResourceId,
        ["resourceGeneration"] = ResourceGeneration,
        ["allocation"] = Allocation,
        ["ticket"] = Ticket,
        ["ticketRevision"] = TicketRevision,
        ["requestDocument"] = RequestDocument,
        ["action"] = Action,
        ["parameters"] = Parameters,
        ["runbookVersion"] = RunbookVersion,
        ["observedState"] = ObservedState,
        ["impactPreview"] = ImpactPreview,
    };
}
