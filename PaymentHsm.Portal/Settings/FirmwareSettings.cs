using System.ComponentModel.DataAnnotations;

namespace PaymentHsm.Portal.Settings;

/// <summary>Firmware of the pool (W7). Soak and the two limits may be chosen anew for each wave.</summary>
public sealed record FirmwareSettings
{
    /// <summary>How long the canary of a wave is watched before the others.</summary>
    public TimeSpan Soak { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Devices of one stamp patched at a time.</summary>
    [Range(1, 100)]
    public int PerStamp { get; init; } = 1;

    /// <summary>Share of failed members at which a wave stops, in percent.</summary>
    [Range(1, 100)]
    public int AbortAtPercent { get; init; } = 20;

    /// <summary>How long the second engineer has to sign a plan.</summary>
    public TimeSpan ApproveWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a signed wave may run; then it stops, whatever is left.</summary>
    public TimeSpan RunWithin { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long before its end a certificate or listing is warned of (R37).</summary>
    public TimeSpan WarnBeforeExpiry { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Time between two reads while a device installs.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a device has until it reports the new version.</summary>
    public TimeSpan ReadBackFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the checks before the way back to the pool may take.</summary>
    public TimeSpan ReleaseFor { get; init; } = TimeSpan.FromMinutes(15);
}
