using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What is known when a customer's resource is about to move. Everything defaults to "no".</summary>
public sealed record ResourceFacts
{
    /// <summary>Nothing is known: enough for the steps without a guard.</summary>
    public static ResourceFacts None { get; } = new();

    /// <summary>Support approved the subscription (R20).</summary>
    public bool SubscriptionApproved { get; init; }

    /// <summary>Lifecycle state of the reserved or allocated device; null when the resource has none.</summary>
    public HsmState? Device { get; init; }

    /// <summary>Custody of that device; null when the resource has none.</summary>
    public CustodyState? Custody { get; init; }

    /// <summary>The licence of the SKU was read back (R15).</summary>
    public bool LicenceReadBack { get; init; }

    /// <summary>Network interfaces that are up: two host, one management (R14).</summary>
    public int InterfacesUp { get; init; }

    /// <summary>The SKU asked for exists (R15).</summary>
    public bool SkuKnown { get; init; }

    /// <summary>Another operation holds the device's lock.</summary>
    public bool Locked { get; init; }

    /// <summary>A force-delete approval was consumed for this deletion (R74).</summary>
    public bool ApprovalConsumed { get; init; }

    /// <summary>True when a customer holds the device, or nobody can say who does (R30).</summary>
    public bool CustomerHoldsDevice => Custody is CustodyState.Customer or CustodyState.Unknown;
}
