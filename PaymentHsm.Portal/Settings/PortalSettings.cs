using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

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

    /// <summary>
    /// Connections kept to each management controller: one for its events when there are two or more, the rest for the reads of a poll. Fewer for controllers, or a process,
    /// with few to give; with one, changes show at the next poll.
    /// </summary>
    [Range(1, 8)]
    public int Connections { get; init; } = 4;
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
