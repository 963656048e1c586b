namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Clocks of both state machines. None is in the published page, so all of them are configuration (I10).</summary>
public sealed record LifecycleOptions
{
    /// <summary>The defaults.</summary>
    public static LifecycleOptions Default { get; } = new();

    /// <summary>How old facts may be when a guard relies on them.</summary>
    public TimeSpan FactAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Baseline checks of a new or repaired unit.</summary>
    public TimeSpan Commissioning { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Patching one unit (W7).</summary>
    public TimeSpan Patching { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Reserve, licence and connect together (W1 steps 3 to 5).</summary>
    public TimeSpan Reserved { get; init; } = TimeSpan.FromMinutes(27);

    /// <summary>Giving up access (W1 step 6).</summary>
    public TimeSpan HandingOver { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Reclaim with all its look-ups (OOB-PROFILE 9).</summary>
    public TimeSpan Reclaiming { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Verification after a release (W4 step 7).</summary>
    public TimeSpan Released { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Base image and licence, the wait for a licence by serial included.</summary>
    public TimeSpan Rebaselining { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Counting the subscription's devices (W1 step 2).</summary>
    public TimeSpan CheckingQuota { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Finding a device (W1 step 3).</summary>
    public TimeSpan Allocating { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Setting the licence (W1 step 4).</summary>
    public TimeSpan Provisioning { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Network and hand-over (W1 steps 5 to 7).</summary>
    public TimeSpan Connecting { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Deleting, a Reclaim included.</summary>
    public TimeSpan Deleting { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>How long a device may stay in a state; null where a person acts next.</summary>
    public TimeSpan? DeadlineOf(HsmState state) => state switch
    {
        HsmState.Commissioning => Commissioning,
        HsmState.Patching => Patching,
        HsmState.Reserved => Reserved,
        HsmState.HandingOver => HandingOver,
        HsmState.Reclaiming => Reclaiming,
        HsmState.Released => Released,
        HsmState.Rebaselining => Rebaselining,
        _ => null,
    };

    /// <summary>How long a resource may stay in a state; null where a person acts next.</summary>
    public TimeSpan? DeadlineOf(ResourceState state) => state switch
    {
        ResourceState.CheckingQuota => CheckingQuota,
        ResourceState.Allocating => Allocating,
        ResourceState.Provisioning => Provisioning,
        ResourceState.Connecting => Connecting,
        ResourceState.Deleting => Deleting,
        _ => null,
    };
}
