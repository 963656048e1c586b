using System.Collections.Immutable;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>What the HSM (not its out-of-band controller) does.</summary>
internal enum RunState
{
    Running,

    /// <summary>A restart was asked for; it still works.</summary>
    Stopping,

    /// <summary>It went down; its ports have no link.</summary>
    Down,

    /// <summary>It boots.</summary>
    Booting,

    /// <summary>No power.</summary>
    Off,
}

/// <summary>Words of Redfish <c>LastResetCause</c> that a device here can say.</summary>
internal static class ResetCause
{
    public const string ManagementCommand = "ManagementCommand";
    public const string PowerRestorePolicy = "PowerRestorePolicy";
    public const string PowerEvent = "PowerEvent";
}

/// <summary>A latched tamper.</summary>
/// <remarks><c>At</c>: First detection. <c>Source</c>: In words, for example <c>case</c>. <c>Cause</c>: Cause number of host command JK (HOST-COMMANDS 3.11).</remarks>
internal sealed record TamperLatch(DateTimeOffset At, string Source, int Cause);

/// <summary>An erasure of customer content.</summary>
internal sealed record EraseRecord(Guid? OperationId, string Cause, DateTimeOffset CompletedAt, bool Verified);

/// <summary>An account of the out-of-band controller. The password stands in clear in the simulator's own files, and nowhere else.</summary>
internal sealed record Account(string Id, string UserName, string RoleId, string Password, bool Enabled);

/// <summary>Names of the kinds of operation, as operation records show them.</summary>
internal static class OperationAction
{
    public const string Reset = "#ComputerSystem.Reset";
    public const string HandOver = "#PaymentHsm.HandOver";
    public const string Reclaim = "#PaymentHsm.Reclaim";
    public const string SetLicence = "#PaymentHsm.SetLicence";
    public const string RemoveCertificates = "#PaymentHsm.RemoveCertificates";
    public const string Update = "#UpdateService.SimpleUpdate";
}

/// <summary>State of an operation record (OOB-PROFILE 5).</summary>
internal enum OperationState
{
    Accepted,
    Running,
    Succeeded,
    Failed,
}

/// <summary>What the device remembers of an operation it accepted, longer than any task.</summary>
/// <remarks><c>Fingerprint</c>: The parameters in one line: the same id with other parameters is a conflict.</remarks>
internal sealed record OperationRecord(
    Guid Id,
    string Action,
    string? Allocation,
    string Fingerprint,
    OperationState State,
    DateTimeOffset AcceptedAt,
    DateTimeOffset? CompletedAt,
    string? ResultKey,
    string? TaskId,
    string UserName);

/// <summary>A Redfish task.</summary>
/// <remarks><c>Phase</c>: Phase of a Reclaim; null for other work. <c>ResultKey</c>: Message key once ended.</remarks>
internal sealed record TaskRecord(
    string Id,
    string Name,
    string State,
    string Status,
    DateTimeOffset Start,
    DateTimeOffset? End,
    int Percent,
    Guid? OperationId,
    string? Phase,
    string? ResultKey,
    ImmutableArray<string> ResultArgs);

/// <summary>Kinds of things that happen by themselves at a known time.</summary>
internal enum AgendaKind
{
    RestartStart,
    RestartLinksDown,
    RestartBoot,
    RestartLinksUp,
    RestartDone,
    RestartFail,
    SuppliesBack,
    BootDone,
    Release,
    ReclaimRelease,
    ReclaimKeys,
    ReclaimLogs,
    ReclaimRestart,
    ReclaimBoot,
    ReclaimVerify,
    ReclaimDone,
    ReclaimFail,
    UpdateInstalled,
    UpdateFail,
    ControllerDown,
    ControllerUp,
}

/// <summary>One thing that will happen.</summary>
/// <remarks><c>Cause</c>: Reset cause of a boot, failing phase of a Reclaim, or version of an update.</remarks>
internal sealed record AgendaItem(DateTimeOffset At, AgendaKind Kind, string? TaskId = null, Guid? Operation = null, string? Cause = null);
