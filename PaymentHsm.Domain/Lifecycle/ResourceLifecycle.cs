using static PaymentHsm.Domain.Lifecycle.ResourceEvent;
using static PaymentHsm.Domain.Lifecycle.ResourceState;
using Row = PaymentHsm.Domain.Lifecycle.Transition<PaymentHsm.Domain.Lifecycle.ResourceState, PaymentHsm.Domain.Lifecycle.ResourceEvent>;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>
/// The lifecycle of a customer's resource as a table (DOMAIN 2.2). It is a machine of its own: the resource may be gone while the device is still in
/// quarantine; an <see cref="AllocationRecord"/> joins the two.
/// </summary>
public static class ResourceLifecycle
{
    private const string Auto = "automation";
    private const string Customer = "customer";

    /// <summary>All transitions.</summary>
    public static TransitionTable<ResourceState, ResourceEvent> Table { get; } = new("resource",
    [
        new("A1", null, Create, CheckingQuota, Customer, "subscription approved", "request id"),
        new("A2", CheckingQuota, QuotaFree, Allocating, Auto, "", "counted allocations"),
        new("A2", CheckingQuota, QuotaExceeded, Failed, Auto, "", "which stamp is full, alternatives"),
        new("A3", Allocating, ResourceEvent.Reserved, Provisioning, Auto, "D9", "serial, fence"),
        new("A3", Allocating, NoCapacity, Failed, Auto, "", "capacity message"),
        new("A4", Provisioning, Configured, Connecting, Auto, "licence read back", "licence digest"),
        new("A5", Connecting, Connected, Succeeded, Auto, "three network interfaces up; D12", "interfaces, refusal record"),
        .. new[] { CheckingQuota, Allocating, Provisioning, Connecting }.Select(s =>
            new Row("A6", s, Error, Failed, Auto, "", "status message; device to pool or quarantine")),
        new("A7", Succeeded, ChangeSku, Succeeded, Customer, "SKU known", "licence read-back"),
        new("A8", Succeeded, Delete, Deleting, Customer, "no other operation holds the device", "request id"),
        new("A8", Failed, Delete, Deleting, Customer, "no other operation holds the device", "request id"),
        new("A9", Deleting, NotReleased, Succeeded, Auto, "a customer holds the device; no consumed approval", "message: not released; how to release; retry"),
        new("A10", Deleting, ReleaseUnknown, Succeeded, Auto, "a customer holds the device; no consumed approval", "message: release state unknown; ticket"),
        new("A11", Deleting, ResourceEvent.Released, null, Auto, "no customer holds the device", "release read; network detached"),
        new("A12", Deleting, ReclaimEnded, null, Auto, "approval consumed; Reclaim verified, or given up and the device quarantined", "outcome for the customer"),
        new("A13", Deleting, Resume, Deleting, Auto, "", "stored step"),
    ]);

    /// <summary>Who acts next in a state.</summary>
    public static StateMark MarkOf(ResourceState state) => state is Succeeded or Failed ? StateMark.Stable : StateMark.Passing;

    /// <summary>What the system does when a passing state is overdue; null for a stable state.</summary>
    /// <param name="state">Present state.</param>
    /// <param name="facts">A forced deletion ends even so (R80); one that no customer's device holds up just ends.</param>
    public static ResourceEvent? OverdueEvent(ResourceState state, ResourceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return state switch
        {
            CheckingQuota or Allocating or Provisioning or Connecting => Error,
            Deleting when facts.ApprovalConsumed => ReclaimEnded,
            Deleting => facts.CustomerHoldsDevice ? ReleaseUnknown : ResourceEvent.Released,
            _ => null,
        };
    }

    /// <summary>The states of a resource that is being created.</summary>
    public static bool IsCreating(ResourceState state) => state is CheckingQuota or Allocating or Provisioning or Connecting;
}
