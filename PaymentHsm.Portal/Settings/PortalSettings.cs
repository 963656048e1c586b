using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.WorkOrders;

namespace PaymentHsm.Portal.Settings;

/// <summary>Everything that can be set, under the section <c>PaymentHsm</c>. Read once at the start; a wrong value or an unknown key stops the start.</summary>
public sealed record PortalSettings
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PaymentHsm";

    /// <summary>Where the database, certificates and the simulator's files live; relative paths count from the folder of the solution.</summary>
    [Required]
    public string DataDirectory { get; init; } = "data";

    public StorageSettings Storage { get; init; } = new();

    public ClusterSettings Cluster { get; init; } = new();

    public SimulatorSettings Simulator { get; init; } = new();

    public FleetSettings Fleet { get; init; } = new();

    public PollingSettings Polling { get; init; } = new();

    public ApprovalSettings Approvals { get; init; } = new();

    public OperationSettings Operations { get; init; } = new();

    public TicketSettings Tickets { get; init; } = new();

    public NotificationSettings Notifications { get; init; } = new();

    public IdentitySettings Identity { get; init; } = new();

    public FirmwareSettings Firmware { get; init; } = new();

    public ArmSettings Arm { get; init; } = new();

    public LifecycleSettings Lifecycle { get; init; } = new();
}

/// <summary>Where the portal stores what it knows.</summary>
public sealed record StorageSettings
{
    public StorageProvider Provider { get; init; } = StorageProvider.Sqlite;

    /// <summary>Connection string; empty means <c>portal.db</c> in the data directory.</summary>
    public string? ConnectionString { get; init; }
}

/// <summary>Database systems.</summary>
public enum StorageProvider
{
    Sqlite,
}

/// <summary>How many processes form the portal.</summary>
public sealed record ClusterSettings
{
    public ClusterMode Mode { get; init; } = ClusterMode.Single;
}

/// <summary>Kinds of cluster.</summary>
public enum ClusterMode
{
    /// <summary>One process; clustering on loopback with ports of its own.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The word of the settings file; it has nothing to do with a floating-point type.")]
    Single,
}

/// <summary>The simulated fleet.</summary>
public sealed record SimulatorSettings
{
    /// <summary>Runs a simulated fleet inside this process. Never in Production.</summary>
    public bool Enabled { get; init; }

    /// <summary>Number of simulated devices.</summary>
    [Range(1, 10_000)]
    public int Devices { get; init; } = 24;

    /// <summary>Where the simulator's control API listens; loopback only.</summary>
    [Required]
    public Uri ControlUrl { get; init; } = new("http://127.0.0.1:5090");

    /// <summary>How long a simulated restart takes.</summary>
    public TimeSpan RestartTime { get; init; } = TimeSpan.FromSeconds(3);
}

/// <summary>Where the portal learns which devices there are.</summary>
public sealed record FleetSettings
{
    /// <summary>Address of the enrolment source; empty means the simulator in this process.</summary>
    public Uri? Source { get; init; }

    /// <summary>Hands devices to sample customers when the store is empty, by the real allocation path. Only with the simulated fleet.</summary>
    public bool Seed { get; init; } = true;

    /// <summary>Free devices per stamp below which capacity is warned of (R44).</summary>
    [Range(0, 1000)]
    public int ReservePerStamp { get; init; } = 1;

    /// <summary>How devices come in (R11); when it is not set: Automatic in Development, Manual elsewhere.</summary>
    public IntakeMode? Intake { get; init; }
}

/// <summary>How devices come into the portal (R11, D1, D2).</summary>
public enum IntakeMode
{
    /// <summary>What the enrolment source names counts as received and racked by the site's records.</summary>
    Automatic,

    /// <summary>People at the data centre record arrival and racking; only such devices are taken up.</summary>
    Manual,
}

/// <summary>Watching the devices.</summary>
public sealed record PollingSettings
{
    /// <summary>Time between two health polls of one device; a tile is stale after three of them.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause before a suspicious reading is read again.</summary>
    public TimeSpan ConfirmAfter { get; init; } = TimeSpan.FromMilliseconds(300);
}

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
    /// <summary>Force deletes per region in one hour, asked for and not ended unused; more are refused.</summary>
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

/// <summary>Who signs people in.</summary>
public sealed record IdentitySettings
{
    public IdentityProvider Provider { get; init; } = IdentityProvider.EntraId;
}

/// <summary>Sign-in providers.</summary>
public enum IdentityProvider
{
    /// <summary>Microsoft Entra ID, set up in the standard section <c>AzureAd</c>.</summary>
    EntraId,

    /// <summary>Personas for development; only in the Development environment and on loopback.</summary>
    Development,
}

/// <summary>Settings as the domain wants them.</summary>
internal static class SettingsForDomain
{
    public static HardRebootOptions ForHardReboot(this PortalSettings settings) => new()
    {
        ConfirmWithin = settings.Approvals.HardReboot.ConfirmWithin,
        AnotherPersonConfirms = settings.Approvals.HardReboot.AnotherPerson,
        ObserveEvery = settings.Operations.HardReboot.ObserveEvery,
    };

    public static WorkOrderOptions ForWorkOrders(this PortalSettings settings) => new()
    {
        OffAtLeast = settings.Operations.HardReboot.OffAtLeast,
        AcceptWithin = settings.Operations.HardReboot.AcceptWithin,
        IdentifyWithin = settings.Operations.HardReboot.IdentifyWithin,
        PowerWithin = settings.Operations.HardReboot.PowerWithin,
        VerifyWithin = settings.Operations.HardReboot.VerifyWithin,
        RemoveWithin = settings.Operations.Destruction.RemoveWithin,
        DestroyWithin = settings.Operations.Destruction.DestroyWithin,
        CertifyWithin = settings.Operations.Destruction.CertifyWithin,
    };

    public static ForceDeleteOptions ForForceDelete(this PortalSettings settings) => new()
    {
        ReclaimWithin = settings.Operations.ForceDelete.ReclaimWithin,
        SendAgainAfter = settings.Operations.ForceDelete.SendAgainAfter,
        FollowEvery = settings.Operations.ForceDelete.FollowEvery,
        LookUpEvery = settings.Operations.ForceDelete.LookUpEvery,
        LookUpAtMost = settings.Operations.ForceDelete.LookUpAtMost,
        AbsenceMargin = settings.Operations.ForceDelete.AbsenceMargin,
    };

    public static ApprovalOptions ForApproval(this QuorumApproval settings) => new()
    {
        Quorum = settings.Quorum,
        ApproveWithin = settings.ApproveWithin,
        ExecuteWithin = settings.ExecuteWithin,
        StepUpAge = settings.StepUpAge,
        CoolingOff = settings.CoolingOff ?? TimeSpan.Zero,
    };

    public static SoftRebootOptions ForSoftReboot(this PortalSettings settings) => new()
    {
        ConfirmWithin = settings.Approvals.SoftReboot.ConfirmWithin,
        AnotherPersonConfirms = settings.Approvals.SoftReboot.AnotherPerson,
        Sends = settings.Operations.SoftReboot.Sends,
        SendAgainAfter = settings.Operations.SoftReboot.SendAgainAfter,
        ObserveEvery = settings.Operations.SoftReboot.ObserveEvery,
        ObserveFor = settings.Operations.SoftReboot.ObserveFor,
        AbsenceMargin = settings.Operations.SoftReboot.AbsenceMargin,
    };

    public static LifecycleOptions ForLifecycle(this PortalSettings settings) => new()
    {
        FactAge = settings.Lifecycle.FactAge,
        Commissioning = settings.Lifecycle.Commissioning,
        Patching = settings.Lifecycle.Patching,
        Reserved = settings.Lifecycle.Reserved,
        HandingOver = settings.Lifecycle.HandingOver,
        Reclaiming = settings.Lifecycle.Reclaiming,
        Released = settings.Lifecycle.Released,
        Rebaselining = settings.Lifecycle.Rebaselining,
        CheckingQuota = settings.Lifecycle.CheckingQuota,
        Allocating = settings.Lifecycle.Allocating,
        Provisioning = settings.Lifecycle.Provisioning,
        Connecting = settings.Lifecycle.Connecting,
        Deleting = settings.Lifecycle.Deleting,
    };

    public static FirmwareUpdateOptions ForFirmwareUpdate(this PortalSettings settings) => new()
    {
        LookEvery = settings.Firmware.LookEvery,
        ReadBackFor = settings.Firmware.ReadBackFor,
        ReleaseFor = settings.Firmware.ReleaseFor,
    };
}
