using System.Collections.Immutable;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>
/// The whole changing truth of one device: immutable, replaced as one, written to disk as one. What time alone changes (temperatures, fan speeds)
/// is not here; it is computed when read.
/// </summary>
internal sealed record DeviceState
{
    /// <summary>Counts boots of the HSM.</summary>
    public long BootId { get; init; } = 1;

    /// <summary>When the HSM last came up.</summary>
    public required DateTimeOffset LastReset { get; init; }

    /// <summary>Redfish <c>LastResetCause</c>.</summary>
    public string LastResetCause { get; init; } = ResetCause.PowerRestorePolicy;

    /// <summary>What the HSM does at present.</summary>
    public RunState Run { get; init; } = RunState.Running;

    /// <summary>Since when it does that.</summary>
    public required DateTimeOffset RunSince { get; init; }

    /// <summary>Power on feed A, which supplies Psu1.</summary>
    public bool FeedA { get; init; } = true;

    /// <summary>Power on feed B, which supplies Psu2.</summary>
    public bool FeedB { get; init; } = true;

    /// <summary>On-site staff hold both power supplies in their hands (R66).</summary>
    public bool SuppliesPulled { get; init; }

    /// <summary>The top-of-rack switch forwards.</summary>
    public bool SwitchUp { get; init; } = true;

    /// <summary>Ports whose cable is out.</summary>
    public ImmutableSortedSet<string> Unplugged { get; init; } = [];

    /// <summary>Readings set by hand, by sensor; null is a sensor that lost its value.</summary>
    public ImmutableSortedDictionary<string, double?> Overrides { get; init; } = ImmutableSortedDictionary<string, double?>.Empty;

    /// <summary>The HSM hangs while its out-of-band controller works: only a power cycle helps.</summary>
    public bool HardLocked { get; init; }

    /// <summary>The tamper latch.</summary>
    public TamperLatch? Tamper { get; init; }

    /// <summary>Tampers since the health counts were reset.</summary>
    public long Tampers { get; init; }

    /// <summary>Boots since the health counts were reset.</summary>
    public long Reboots { get; init; }

    /// <summary>When the health counts were reset.</summary>
    public required DateTimeOffset CountingSince { get; init; }

    /// <summary>LMKs loaded.</summary>
    public int Lmks { get; init; }

    /// <summary>Certificates stored.</summary>
    public int Certificates { get; init; }

    /// <summary>Entries of the device's own error and audit logs, those of its host commands not counted.</summary>
    public long LogEntries { get; init; }

    /// <summary>Counts erasures of those logs; the host port's log and counters begin anew with each.</summary>
    public long LogErasures { get; init; }

    /// <summary>The configuration is as from the factory.</summary>
    public bool FactoryConfiguration { get; init; } = true;

    /// <summary>What the next release shall leave behind; null for nothing.</summary>
    public Residue? Residue { get; init; }

    /// <summary>Licensed performance in calls per second: the 100 % of J2.</summary>
    public int CallsPerSecond { get; init; } = 60;

    /// <summary>Licensed number of local master keys.</summary>
    public int LicensedLmks { get; init; } = 1;

    /// <summary>Licensed features.</summary>
    public ImmutableArray<string> Features { get; init; } = [.. BaseLicence.Features];

    /// <summary>Since when the fan is reported too fast once a day, although it is not (R57); only a power cycle ends it. Null: not.</summary>
    public DateTimeOffset? FanTooFastSince { get; init; }

    /// <summary>Who has the device (OOB-PROFILE 5).</summary>
    public CommissionState Commission { get; init; } = CommissionState.Released;

    /// <summary>When that changed.</summary>
    public required DateTimeOffset CommissionChanged { get; init; }

    /// <summary>The customer's allocation; null only while released.</summary>
    public string? Allocation { get; init; }

    /// <summary>The provider's administrators may log in: only while released.</summary>
    public bool AdminEnabled { get; init; } = true;

    /// <summary>Something of a customer's may still be inside.</summary>
    public bool CustomerContent { get; init; }

    /// <summary>The last erasure and whether it was verified.</summary>
    public EraseRecord? LastErase { get; init; }

    /// <summary>Base release installed.</summary>
    public required string Base { get; init; }

    /// <summary>Version of the out-of-band controller's own firmware.</summary>
    public string ControllerVersion { get; init; } = "1.4.2";

    /// <summary>The out-of-band controller itself restarts and answers nobody.</summary>
    public bool ControllerDown { get; init; }

    /// <summary>Accounts of the out-of-band controller.</summary>
    public ImmutableArray<Account> Accounts { get; init; } = [];

    /// <summary>What will happen, in order of time. It is why an operation goes on after the process died.</summary>
    public ImmutableArray<AgendaItem> Agenda { get; init; } = [];

    /// <summary>Every operation ever accepted.</summary>
    public ImmutableArray<OperationRecord> Operations { get; init; } = [];

    /// <summary>Tasks that have not been deleted by age.</summary>
    public ImmutableArray<TaskRecord> Tasks { get; init; } = [];

    /// <summary>Number of the next task.</summary>
    public int NextTask { get; init; } = 1;

    /// <summary>Id of the next service audit entry. Entries on disk from this id on belong to a change that never happened.</summary>
    public long NextEntry { get; init; } = 1;

    /// <summary>At least one power supply has input and is in its bay.</summary>
    public bool Powered => (FeedA || FeedB) && !SuppliesPulled;

    /// <summary>The HSM works: its host port serves.</summary>
    public bool Serving => Powered && Run is RunState.Running or RunState.Stopping && !HardLocked;
}
