using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>A customer's payment HSM as the customer sees it (R22, DOMAIN 2.2). The device behind it has a lifecycle of its own.</summary>
/// <param name="Id">Which resource.</param>
/// <param name="Location">Region, lower case without spaces.</param>
/// <param name="Sku">Performance and LMK count (R15).</param>
/// <param name="Stamp">Stamp asked for, or chosen by the placement; null before that.</param>
/// <param name="Zones">Zones asked for, where a region has them instead of stamps (R17).</param>
/// <param name="Tags">The customer's tags.</param>
/// <param name="Host">Network of both host interfaces.</param>
/// <param name="Management">Network of the management interface; null: the host network.</param>
/// <param name="State">Provisioning state.</param>
/// <param name="StatusMessage">The state in words for the customer.</param>
/// <param name="Fault">Why it failed; null unless <see cref="ResourceState.Failed"/>.</param>
/// <param name="Serial">The device that it got; null before placement and after a failure that gave it back.</param>
/// <param name="Operation">The allocation or deletion that is at work on it, or was last.</param>
/// <param name="Customer">Whose it is, in words for staff.</param>
/// <param name="Created">By whom and when.</param>
/// <param name="Modified">By whom and when last.</param>
/// <param name="StateSince">When the state was entered (UTC).</param>
/// <param name="DeletionBlockedSince">Since when every try to delete it was refused (R24); null when none was.</param>
/// <param name="PendingSku">SKU whose licence is being pushed; null when none is (A7).</param>
/// <param name="Tried">Devices that an allocation of this resource was refused on.</param>
/// <param name="Generation">Rises with each change that a person or program asked for; what approvals are bound to (R74).</param>
/// <param name="Version">Rises with each stored change.</param>
public sealed record CustomerResource(
    ResourceId Id,
    string Location,
    ResourceSku Sku,
    string? Stamp,
    IReadOnlyList<string> Zones,
    IReadOnlyDictionary<string, string> Tags,
    NetworkProfile Host,
    NetworkProfile? Management,
    ResourceState State,
    string StatusMessage,
    ResourceFault? Fault,
    HsmSerial? Serial,
    Guid? Operation,
    string Customer,
    ResourceStamp Created,
    ResourceStamp Modified,
    DateTimeOffset StateSince,
    DateTimeOffset? DeletionBlockedSince,
    ResourceSku? PendingSku,
    IReadOnlyList<HsmSerial> Tried,
    long Generation,
    long Version)
{
    /// <summary>When the present state is overdue; null where a person acts next (I10).</summary>
    public DateTimeOffset? Deadline(LifecycleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.DeadlineOf(State) is { } limit ? StateSince + limit : null;
    }

    /// <summary>
    /// The resource after <paramref name="trigger"/>, or the rule that stands against it. A move that ends the resource (A11, A12) gives it with
    /// <see cref="IsGone"/>: whoever stores it removes it.
    /// </summary>
    /// <param name="trigger">What happened.</param>
    /// <param name="facts">What is known.</param>
    /// <param name="message">The new state in words for the customer.</param>
    /// <param name="now">Present time (UTC).</param>
    public Outcome<CustomerResource> Apply(ResourceEvent trigger, ResourceFacts facts, string message, DateTimeOffset now) => ResourceGuards.Apply(State, trigger, facts) switch
    {
        Outcome<ResourceMove>.Done({ State: { } next }) => this with { State = next, StatusMessage = message, StateSince = next == State ? StateSince : now },
        Outcome<ResourceMove>.Done => this with { StatusMessage = message, IsGone = true },
        Outcome<ResourceMove>.Refused(var why) => why,
        _ => throw new InvalidOperationException("An outcome is either done or refused."),
    };

    /// <summary>The lifecycle ended: the resource answers 404 from here on (R71).</summary>
    public bool IsGone { get; init; }

    /// <summary>Name of the customer's network interfaces, in the order host 1, host 2, management (ARM-API 1.3).</summary>
    public IReadOnlyList<string> InterfaceNames => [$"{Id.Name}_HSMHost1Nic", $"{Id.Name}_HSMHost2Nic", $"{Id.Name}_HSMMgmtNic"];
}

/// <summary>One side of a resource's network (R14).</summary>
/// <param name="SubnetId">ARM id of the delegated subnet.</param>
/// <param name="Addresses">Static IPv4 addresses asked for, in order of the interfaces; missing ones are dynamic.</param>
public sealed record NetworkProfile(string SubnetId, IReadOnlyList<string> Addresses);

/// <summary>Who touched a resource, and when.</summary>
/// <param name="By">Person or program.</param>
/// <param name="IsPerson">True for a person, false for a program.</param>
/// <param name="At">When (UTC).</param>
public sealed record ResourceStamp(string By, bool IsPerson, DateTimeOffset At);

/// <summary>Why something about a resource was refused or failed, in the words of the ARM API (ARM-API 1.5).</summary>
/// <param name="Code">Error code, for example <c>DeviceNotReleased</c>.</param>
/// <param name="Message">For the customer: what was wrong and what to do.</param>
public sealed record ResourceFault(string Code, string Message);
