namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Guards and moves of a customer's resource (DOMAIN 2.2).</summary>
public static class ResourceGuards
{
    /// <summary>The state after <paramref name="trigger"/> (null: the resource is gone), or the rule that stands against it.</summary>
    public static Outcome<ResourceMove> Apply(ResourceState? from, ResourceEvent trigger, ResourceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return ResourceLifecycle.Table.Next(from, trigger) switch
        {
            StepResult<ResourceState, ResourceEvent>.Refused(var why) => why,
            StepResult<ResourceState, ResourceEvent>.Moved(var by) => Check(trigger, facts) is { } no ? no : new ResourceMove(by.Id, by.To),
            _ => throw new InvalidOperationException("A step is either moved or refused."),
        };
    }

    /// <summary>Why the event may not happen now; null when it may.</summary>
    public static Refusal? Check(ResourceEvent trigger, ResourceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return trigger switch
        {
            ResourceEvent.Create => facts.SubscriptionApproved ? null : No("R20", "The subscription is not approved for payment HSMs.", "Ask support to approve it."),
            ResourceEvent.Reserved => facts.Device == HsmState.Reserved ? null : No("D9", "No device is reserved for this resource."),
            ResourceEvent.Configured => facts.LicenceReadBack ? null : No("D11", "The licence was not read back from the device."),
            ResourceEvent.Connected => facts.InterfacesUp < 3 ? No("R14", $"{facts.InterfacesUp} of 3 network interfaces are up.")
                : facts.Device != HsmState.Allocated ? No("R13", "The operator's access was not observed disabled; the device is not the customer's yet.")
                : null,
            ResourceEvent.ChangeSku => facts.SkuKnown ? null : new Refusal("R15", RefusalKind.BadInput, "No such SKU.", "payShield10K_LMK1 or LMK2, CPS60, CPS250 or CPS2500."),
            ResourceEvent.Delete => facts.Locked ? No("R67", "Another operation holds the device.", "Wait until it has ended.") : null,
            ResourceEvent.NotReleased or ResourceEvent.ReleaseUnknown => facts.ApprovalConsumed ? No("R73", "The release check is bypassed by a consumed approval; the deletion goes on.")
                : facts.CustomerHoldsDevice ? null
                : No("R70", "No customer holds the device; there is no release to wait for."),
            ResourceEvent.Released => facts.CustomerHoldsDevice ? No("R70", "The customer has not released the device.", "Release it in payShield Manager, then delete again.") : null,
            ResourceEvent.ReclaimEnded => !facts.ApprovalConsumed ? No("I5", "No force-delete approval was consumed.")
                : facts.CustomerHoldsDevice || facts.Device == HsmState.Reclaiming ? No("R80", "The Reclaim has not ended.", "It ends by proof or by its deadline.")
                : null,
            _ => null,
        };
    }

    private static Refusal No(string rule, string reason, string? instead = null) => new(rule, RefusalKind.NotInThisState, reason, instead);
}

/// <summary>A step of a resource.</summary>
/// <param name="Transition">Row of the table.</param>
/// <param name="State">State after it; null when the resource is gone.</param>
public sealed record ResourceMove(string Transition, ResourceState? State);
