using System.ComponentModel.DataAnnotations;

namespace PaymentHsm.Portal.Settings;

/// <summary>Second persons.</summary>
public sealed record ApprovalSettings
{
    public SoftRebootApproval SoftReboot { get; init; } = new();

    public HardRebootApproval HardReboot { get; init; } = new();

    public QuorumApproval Destruction { get; init; } = new();

    public ForceDeleteApproval ForceDelete { get; init; } = new();

    /// <summary>D24: a quarantined device is reclaimed again.</summary>
    public QuorumApproval ReclaimAgain { get; init; } = new();
}

/// <summary>Quorum and clocks of a destructive act (R75).</summary>
public record QuorumApproval
{
    /// <summary>Different engineers who must sign; fewer than there are.</summary>
    [Range(2, 10)]
    public int Quorum { get; init; } = 2;

    /// <summary>Time to sign, from the request.</summary>
    public TimeSpan ApproveWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Time to use it, from arming.</summary>
    public TimeSpan ExecuteWithin { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How old a sign-in may be when a person signs.</summary>
    public TimeSpan StepUpAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pause between the last signature and arming; none when not set.</summary>
    public TimeSpan? CoolingOff { get; init; }
}

/// <summary>Quorum and clocks of a force delete, and the brake on many of them (R89).</summary>
public sealed record ForceDeleteApproval : QuorumApproval
{
    /// <summary>Force deletes and Reclaims again per region in one hour, asked for and not ended unused; more are refused.</summary>
    [Range(1, 1000)]
    public int PerHourAndRegion { get; init; } = 10;
}

/// <summary>Who confirms a soft reboot, and by when.</summary>
public sealed record SoftRebootApproval
{
    /// <summary>How long the second person has.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromHours(4);

    /// <summary>True: not the requester.</summary>
    public bool AnotherPerson { get; init; } = true;
}

/// <summary>Who confirms a hard reboot, and by when.</summary>
public sealed record HardRebootApproval
{
    /// <summary>How long the talk with the customer and the second person have together.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>True: not the requester.</summary>
    public bool AnotherPerson { get; init; } = true;
}
