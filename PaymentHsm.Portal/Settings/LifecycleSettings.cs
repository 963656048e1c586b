namespace PaymentHsm.Portal.Settings;

/// <summary>Deadlines of the passing states of devices and customers' resources (I10), and how old facts may be.</summary>
public sealed record LifecycleSettings
{
    /// <summary>How old facts may be when a rule relies on them.</summary>
    public TimeSpan FactAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A device's baseline checks.</summary>
    public TimeSpan Commissioning { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Patching one device.</summary>
    public TimeSpan Patching { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A device that waits for its hand-over.</summary>
    public TimeSpan Reserved { get; init; } = TimeSpan.FromMinutes(27);

    /// <summary>Giving up access to a device.</summary>
    public TimeSpan HandingOver { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Reclaim of a device.</summary>
    public TimeSpan Reclaiming { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Verification of a released device.</summary>
    public TimeSpan Released { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Base image and licence of a device that came back.</summary>
    public TimeSpan Rebaselining { get; init; } = TimeSpan.FromDays(3);

    /// <summary>Counting a resource against its quota.</summary>
    public TimeSpan CheckingQuota { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Finding a device for a resource.</summary>
    public TimeSpan Allocating { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Setting the licence of a resource.</summary>
    public TimeSpan Provisioning { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Network and hand-over of a resource.</summary>
    public TimeSpan Connecting { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Deleting a resource.</summary>
    public TimeSpan Deleting { get; init; } = TimeSpan.FromMinutes(45);
}
