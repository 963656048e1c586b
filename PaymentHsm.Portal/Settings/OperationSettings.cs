using System.ComponentModel.DataAnnotations;

namespace PaymentHsm.Portal.Settings;

/// <summary>Clocks of the operations.</summary>
public sealed record OperationSettings
{
    public SoftRebootClocks SoftReboot { get; init; } = new();

    public ForceDeleteClocks ForceDelete { get; init; } = new();

    public HardRebootClocks HardReboot { get; init; } = new();

    public DestructionSettings Destruction { get; init; } = new();
}

/// <summary>Destruction of failed units (W6).</summary>
public sealed record DestructionSettings
{
    /// <summary>Version of the runbook; an order is pinned to the one that is set when it is asked for.</summary>
    [Required]
    public string Runbook { get; init; } = "DESTROY-1.0";

    /// <summary>From the order until the unit is out of the rack.</summary>
    public TimeSpan RemoveWithin { get; init; } = TimeSpan.FromHours(72);

    /// <summary>From there until disk and HSM are destroyed.</summary>
    public TimeSpan DestroyWithin { get; init; } = TimeSpan.FromHours(8);

    /// <summary>From there until the certificate.</summary>
    public TimeSpan CertifyWithin { get; init; } = TimeSpan.FromHours(48);
}

/// <summary>Clocks of a hard reboot and of work at the rack (W3).</summary>
public sealed record HardRebootClocks
{
    /// <summary>How long both cords stay out.</summary>
    public TimeSpan OffAtLeast { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time between two looks at the device while cords are pulled and afterwards.</summary>
    public TimeSpan ObserveEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a critical order may wait to be taken; lower severities wait two, eight and forty-eight times as long.</summary>
    public TimeSpan AcceptWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From taking the order, and again from arriving, until the device is identified by two people.</summary>
    public TimeSpan IdentifyWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From there until both cords are back.</summary>
    public TimeSpan PowerWithin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait for signs afterwards.</summary>
    public TimeSpan VerifyWithin { get; init; } = TimeSpan.FromMinutes(20);
}

/// <summary>Clocks of a Reclaim (W5).</summary>
public sealed record ForceDeleteClocks
{
    /// <summary>Time for the Reclaim with all its look-ups; afterwards the device counts as not erased.</summary>
    public TimeSpan ReclaimWithin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Pause after a request of which nothing was sent.</summary>
    public TimeSpan SendAgainAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two reads of a Reclaim that runs.</summary>
    public TimeSpan FollowEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>First pause between two look-ups of a request whose result is not known; it doubles.</summary>
    public TimeSpan LookUpEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause between two look-ups.</summary>
    public TimeSpan LookUpAtMost { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pause between the two look-ups that prove that a lost request never arrived.</summary>
    public TimeSpan AbsenceMargin { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Clocks of a soft reboot (W2).</summary>
public sealed record SoftRebootClocks
{
    /// <summary>Times the request is sent while nothing of it gets through.</summary>
    [Range(1, 10)]
    public int Sends { get; init; } = 3;

    /// <summary>Pause between two such sends.</summary>
    public TimeSpan SendAgainAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two reads of the signs.</summary>
    public TimeSpan ObserveEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for signs.</summary>
    public TimeSpan ObserveFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Pause between the two look-ups that prove that a lost request never arrived.</summary>
    public TimeSpan AbsenceMargin { get; init; } = TimeSpan.FromSeconds(10);
}
