using System.Globalization;
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
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Canonical()));

    /// <summary>The bytes that the digest is taken of: what a reader downloads to compute it again.</summary>
    public byte[] Canonical() => CanonicalJson.Encode(Members());

    /// <summary>The names of what differs from <paramref name="other"/>: told to all approvers when an approval is voided.</summary>
    public IReadOnlyList<string> DriftFrom(ApprovalBinding other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var theirs = other.Members();
        return [.. Members().Where(m => !Same(m, theirs[m.Key])).Select(m => m.Key).Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Every value that differs between what was signed (<paramref name="bound"/>) and this binding; parts that are lists of named values are compared name by name.
    /// </summary>
    public IReadOnlyList<BindingChange> ChangesFrom(ApprovalBinding bound)
    {
        ArgumentNullException.ThrowIfNull(bound);
        var (now, then) = (Flat(Members()), Flat(bound.Members()));
        return [.. now.Keys.Union(then.Keys).Order(StringComparer.Ordinal)
            .Select(name => new BindingChange(name, then.GetValueOrDefault(name), now.GetValueOrDefault(name)))
            .Where(c => c.Was != c.Now)];
    }

    private static Dictionary<string, string> Flat(Dictionary<string, object?> members) =>
        members.SelectMany(m => Parts(m.Key, m.Value)).ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> Parts(string name, object? value) => value switch
    {
        null => [],
        IReadOnlyDictionary<string, string> named => named.Select(n => KeyValuePair.Create($"{name}.{n.Key}", n.Value)),
        _ => [KeyValuePair.Create(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")],
    };

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

/// <summary>One value that differs between what was signed and what is.</summary>
/// <param name="Name">Name of the part, with the inner name after a dot: <c>observedState.oob</c>.</param>
/// <param name="Was">As it was signed; null when it was not there.</param>
/// <param name="Now">As it is; null when it is gone.</param>
public sealed record BindingChange(string Name, string? Was, string? Now)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} (signed {Was ?? "nothing"}, now {Now ?? "nothing"})";
}
