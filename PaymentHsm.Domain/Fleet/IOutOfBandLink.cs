using PaymentHsm.Domain.Custody;

namespace PaymentHsm.Domain.Fleet;

/// <summary>Gives the out-of-band link of a device. Links are cheap, shared and live as long as the process.</summary>
public interface IOutOfBandLinks
{
    /// <exception cref="KeyNotFoundException">The device is not enrolled.</exception>
    /// <exception cref="LinkException">The records of the fleet were not read since the start, so nobody knows; transient.</exception>
    IOutOfBandLink LinkTo(HsmSerial serial);
}

/// <summary>
/// The out-of-band controller of one device, spoken to over Redfish (OOB-PROFILE). The members without a capability are the ones that custody
/// never closes (R27): read physical health, and restart. Every method may throw <see cref="LinkException"/>.
/// </summary>
public interface IOutOfBandLink
{
    HsmSerial Serial { get; }

    /// <summary>One health poll (OOB-PROFILE 9). Each part fails by itself; an unreachable controller is a poll with <see cref="OobReach.Down"/>, not an exception.</summary>
    Task<HealthPoll> PollAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Wake-ups: one item for each event the controller pushes, and one when the stream is (re)opened or lost. Reconnects by itself with back-off
    /// and ends only by cancellation. The truth is always a read.
    /// </summary>
    IAsyncEnumerable<OobWakeUp> WakeUpsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads commission state, custody facts and identity afresh, never from a cache. Who asks is about to judge, so the next poll keeps nothing either: it reads the firmware version again (D4).
    /// </summary>
    Task<CommissionReading> ReadCommissionAsync(CancellationToken cancellationToken);

    /// <summary>Reads the marks against which a later restart is judged: boot counter, highest audit entry, last reset time (OOB-PROFILE 9, soft restart step 1).</summary>
    Task<RestartMarks> ReadRestartMarksAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Asks the controller for one graceful restart, carrying <paramref name="operation"/> so that a repeat causes no second restart (R68).
    /// Retries only while no byte of the request was written. Failures are values here: what is known about delivery is the result.
    /// </summary>
    Task<RestartSent> SendRestartAsync(Guid operation, CancellationToken cancellationToken);

    /// <summary>Reads everything that speaks for or against a restart since <paramref name="before"/> (R61).</summary>
    Task<RestartTrace> ReadRestartTraceAsync(RestartMarks before, CancellationToken cancellationToken);

    /// <summary>Reads the performance licence and LMK count that the device holds (R15).</summary>
    Task<LicenceReading> ReadLicenceAsync(CancellationToken cancellationToken);

    /// <summary>Hands the device over to a customer's allocation: administrator access ends on the device (OOB-PROFILE 5 HandOver).</summary>
    Task<HandOverResult> HandOverAsync(LogicalAccess access, Guid operation, string allocation, CancellationToken cancellationToken);

    /// <summary>
    /// Tries the administrator login: the negative test of a hand-over, and the positive test after an erasure (R13, R29). Every credential known for the
    /// account is tried, a renewed one first; only when all are refused the outcome is <see cref="AdministratorLoginOutcome.Refused"/>. A refused negative
    /// test destroys the renewed credential (R31): from then on it opens nothing and is kept nowhere.
    /// </summary>
    Task<AdministratorLogin> TryAdministratorLoginAsync(LogicalAccess access, CancellationToken cancellationToken);

    /// <summary>
    /// Gives the administrator account a new credential and logs in with it (R31, R78): the stored credential of a device that was a customer's is never
    /// used again. Only a login with the new one is <see cref="AdministratorLoginOutcome.LetIn"/>.
    /// </summary>
    Task<AdministratorLogin> RenewAdministratorAsync(LogicalAccess access, CancellationToken cancellationToken);

    /// <summary>
    /// Pushes the performance licence of a SKU. Allowed in every custody: the one change that automation makes to a customer's device (R16, R27).
    /// The same operation id causes nothing twice. The proof is <see cref="ReadLicenceAsync"/>.
    /// </summary>
    Task<DeviceAnswer> PushLicenceAsync(Guid operation, int callsPerSecond, int lmkCount, CancellationToken cancellationToken);

    /// <summary>Reads what is left on a released device (R78). The device tells it only while it is released; otherwise <see cref="LinkFault.Unsupported"/>.</summary>
    Task<ContentReading> ReadContentAsync(CancellationToken cancellationToken);

    /// <summary>Removes certificates that outlived a release (firmware below 2.1a, R77). The proof is <see cref="ReadContentAsync"/>.</summary>
    Task<DeviceAnswer> RemoveCertificatesAsync(LogicalAccess access, Guid operation, CancellationToken cancellationToken);

    /// <summary>
    /// Installs a base image on a device in the operator's custody and released (R40). The device refuses one that a customer holds. The proof is a later
    /// poll that reports the version.
    /// </summary>
    Task<DeviceAnswer> InstallFirmwareAsync(LogicalAccess access, Guid operation, Uri image, CancellationToken cancellationToken);

    /// <summary>Looks an operation up in the controller's own records: null only when the controller itself says that it never accepted that id (OOB-PROFILE 9).</summary>
    Task<DeviceOperation?> FindOperationAsync(Guid operation, CancellationToken cancellationToken);

    /// <summary>
    /// Sends one Reclaim (OOB-PROFILE 5 and 9 step 3). Retries only while no byte was written. Failures are values: what is known of the delivery is the result.
    /// </summary>
    Task<ReclaimSent> SendReclaimAsync(ReclaimAuthority authority, CancellationToken cancellationToken);

    /// <summary>Service audit entries above an id, ascending, and whether older ones were overwritten.</summary>
    Task<ServiceAuditPage> ReadAuditAsync(long above, CancellationToken cancellationToken);
}

/// <summary>How far the out-of-band controller could be reached in one poll.</summary>
public enum OobReach
{
    /// <summary>Every part answered, in time.</summary>
    Up,

    /// <summary>Some part failed, or the poll took longer than two seconds.</summary>
    Degraded,

    /// <summary>No TLS and HTTP answer at all.</summary>
    Down,
}

/// <summary>What one health poll brought back.</summary>
/// <param name="At">When the poll ended (UTC, the portal's clock).</param>
/// <param name="Took">How long it took.</param>
/// <param name="Reach">How far it got.</param>
/// <param name="Fault">Why it did not get further; null when <see cref="OobReach.Up"/>.</param>
/// <param name="Detail">The fault in words for staff.</param>
/// <param name="Samples">One per reading that comes through the controller or its rack switch; a failed part is a sample with a <see cref="Sample.Problem"/>.</param>
/// <param name="Commission">Commission facts seen on the way; null when that part failed or the peer has no such part.</param>
/// <param name="Firmware">HSM base firmware as reported; null when that part failed.</param>
/// <param name="ClockSkew">Device clock minus portal clock.</param>
public sealed record HealthPoll(
    DateTimeOffset At,
    TimeSpan Took,
    OobReach Reach,
    LinkFault? Fault,
    string? Detail,
    IReadOnlyList<Sample> Samples,
    CommissionReading? Commission,
    string? Firmware,
    TimeSpan? ClockSkew);

/// <summary>One raw value from one poll, before any judgement.</summary>
/// <param name="Name">One of <see cref="ReadingName"/>.</param>
/// <param name="Value">What was read; none when <paramref name="Problem"/> says why not.</param>
/// <param name="Unit">Unit of a number.</param>
/// <param name="Reported">Health the device itself claims for it; null when it says nothing.</param>
/// <param name="Limits">Limits the device states, used when it claims no health.</param>
/// <param name="Source">Who said so.</param>
/// <param name="Problem">Why there is no value, in words for staff; null when there is one.</param>
public sealed record Sample(string Name, ReadingValue Value, string? Unit, Health? Reported, Limits? Limits, string Source, string? Problem = null);

/// <summary>Upper and lower limits of a number, in its unit; null where the device states none.</summary>
public sealed record Limits(double? UpperCaution = null, double? UpperCritical = null, double? LowerCaution = null, double? LowerCritical = null);

/// <summary>A nudge to read again.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Kind">What happened to the stream.</param>
/// <param name="MessageId">Message id of a pushed event, for example <c>PaymentHsm.1.0.LinkDown</c>.</param>
public sealed record OobWakeUp(DateTimeOffset At, OobWakeUpKind Kind, string? MessageId = null);

/// <summary>What kind of nudge.</summary>
public enum OobWakeUpKind
{
    Opened,
    Event,
    Lost,
}

/// <summary>Commission facts of a device, freshly read (OOB-PROFILE 5).</summary>
public sealed record CommissionReading(
    DateTimeOffset At,
    CommissionState State,
    string? Allocation,
    AdminAccess AdminAccess,
    bool? CustomerContentPresent,
    Guid? LastEraseOperation,
    bool? LastEraseVerified);

/// <summary>Performance licence, LMK count and licensed features as read from the device (R15, R43).</summary>
/// <param name="At">When it was read.</param>
/// <param name="CallsPerSecond">Licensed performance.</param>
/// <param name="LmkCount">Licensed number of local master keys.</param>
/// <param name="Features">Names of the licensed features; empty when the device does not list them.</param>
public sealed record LicenceReading(DateTimeOffset At, int CallsPerSecond, int LmkCount, IReadOnlyList<string> Features);

/// <summary>The device's answer to a request whose proof is a later read.</summary>
/// <param name="Accepted">True when the device says that it accepted or did it.</param>
/// <param name="Answer">Its answer, for the evidence.</param>
public sealed record DeviceAnswer(bool Accepted, string Answer);

/// <summary>What is left on a released device (R78).</summary>
/// <param name="At">When it was read.</param>
/// <param name="LmksLoaded">Local master keys loaded.</param>
/// <param name="Certificates">Certificates stored (R77).</param>
/// <param name="LogEntries">Entries in the device's own error and audit logs.</param>
/// <param name="FactoryConfiguration">True when the configuration is as from the factory.</param>
public sealed record ContentReading(DateTimeOffset At, int LmksLoaded, int Certificates, long LogEntries, bool FactoryConfiguration);

/// <summary>An operation in the controller's own records, which outlive its tasks and its restarts (OOB-PROFILE 5).</summary>
/// <param name="Id">Our operation id.</param>
/// <param name="Action">Action name without <c>#PaymentHsm.</c>, for example <c>Reclaim</c>.</param>
/// <param name="Allocation">Allocation it was for.</param>
/// <param name="State">How far it is.</param>
/// <param name="ResultKey">Message key of the result without registry and version; null while it runs.</param>
/// <param name="Phase">Phase of its task, while the task exists.</param>
/// <param name="AcceptedAt">The device's clock.</param>
/// <param name="CompletedAt">The device's clock; null while it runs.</param>
public sealed record DeviceOperation(
    Guid Id, string Action, string? Allocation, DeviceOperationState State, string? ResultKey, string? Phase, DateTimeOffset? AcceptedAt, DateTimeOffset? CompletedAt);

/// <summary>How far an operation is, by the controller's records.</summary>
public enum DeviceOperationState
{
    /// <summary>The controller said a word we do not know.</summary>
    Unknown,
    Accepted,
    Running,
    Succeeded,
    Failed,
}

/// <summary>What is known after sending a Reclaim.</summary>
/// <param name="Delivery">How far it got.</param>
/// <param name="At">When that was known.</param>
/// <param name="Answer">The controller's answer or the failure, for the evidence.</param>
/// <param name="RefusalKey">
/// Message key of a definite refusal, for example <c>AlreadyReleased</c>; the same keys when the driver saw the reason before it sent anything. Null otherwise.
/// </param>
public sealed record ReclaimSent(ReclaimDelivery Delivery, DateTimeOffset At, string Answer, string? RefusalKey);

/// <summary>How far a Reclaim request got (OOB-PROFILE 9 step 4).</summary>
public enum ReclaimDelivery
{
    /// <summary>202 with a task of our own origin. Not a proof of an erasure.</summary>
    Accepted,

    /// <summary>
    /// Nothing can have come of it: no byte of the request was written, or the controller refused the credentials before it looked at the request.
    /// Sending the same id again is safe, after a wait.
    /// </summary>
    NotSent,

    /// <summary>Bytes were written and no usable answer came: never sent again before the look-up says so.</summary>
    Unknown,

    /// <summary>A definite no of the controller, or the driver found before sending that the device is not in the approved allocation.</summary>
    Refused,
}

/// <summary>Entries of the service audit log.</summary>
/// <param name="Entries">Ascending.</param>
/// <param name="HasGap">True when entries above the asked id were already overwritten.</param>
public sealed record ServiceAuditPage(IReadOnlyList<ServiceAuditEntry> Entries, bool HasGap);

/// <summary>Where a device stood before a restart.</summary>
/// <param name="At">When it was read (portal's clock).</param>
/// <param name="LastEntry">Highest id in the service audit log; 0 when empty or absent.</param>
/// <param name="BootId">Boot counter; null when the peer has none.</param>
/// <param name="LastReset">The device's own time of its last reset.</param>
/// <param name="HasAuditLog">False for a peer without our service audit log: a restart can then be observed, not verified.</param>
public sealed record RestartMarks(DateTimeOffset At, long LastEntry, long? BootId, DateTimeOffset? LastReset, bool HasAuditLog);

/// <summary>What is known after asking for a restart.</summary>
/// <param name="Delivery">How far the request got.</param>
/// <param name="At">When that was known.</param>
/// <param name="Answer">The controller's answer or the failure, in words for the evidence.</param>
/// <param name="Attempts">Connects tried.</param>
public sealed record RestartSent(RestartDelivery Delivery, DateTimeOffset At, string Answer, int Attempts);

/// <summary>How far a restart request got.</summary>
public enum RestartDelivery
{
    /// <summary>The controller accepted it. Not a proof of a restart.</summary>
    Accepted,

    /// <summary>No byte of the request was written: asking again is safe.</summary>
    NotSent,

    /// <summary>Bytes were written, no usable answer came: the effect is unknown; watch the log, never send blindly again.</summary>
    Unknown,

    /// <summary>The controller refused it (busy, privilege, or an unknown action).</summary>
    Refused,
}

/// <summary>What a device shows of restarts since the marks were taken.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Entries">Service audit entries above the mark, ascending.</param>
/// <param name="LastReset">The device's own time of its last reset.</param>
/// <param name="Ready">True when the system is enabled and its operating system runs.</param>
/// <param name="LogHasGap">True when entries above the mark were already overwritten (OOB-PROFILE 11 LogGap).</param>
public sealed record RestartTrace(DateTimeOffset At, IReadOnlyList<ServiceAuditEntry> Entries, DateTimeOffset? LastReset, bool Ready, bool LogHasGap);

/// <summary>One entry of the out-of-band controller's own log (OOB-PROFILE 7); it is not the customer's HSM audit log (R28, R61).</summary>
/// <param name="Id">Strictly rising, never reused.</param>
/// <param name="Created">The device's clock.</param>
/// <param name="Key">Message key without registry and version, for example <c>RestartCompleted</c>.</param>
/// <param name="Arguments">Message arguments in order.</param>
/// <param name="Operation">Operation id the device was given, if any.</param>
/// <param name="BootId">Boot counter when written.</param>
/// <param name="UserName">Account that caused it, if any.</param>
public sealed record ServiceAuditEntry(long Id, DateTimeOffset Created, string Key, IReadOnlyList<string> Arguments, Guid? Operation, long? BootId, string? UserName);

/// <summary>The device's answer to a hand-over.</summary>
/// <param name="Accepted">True when the device says it was done; the proof is the refused login that follows.</param>
/// <param name="Answer">Its answer, for the evidence.</param>
public sealed record HandOverResult(bool Accepted, string Answer);

/// <summary>What an administrator login attempt showed.</summary>
/// <param name="Outcome">Let in, refused, or could not be tried.</param>
/// <param name="At">When.</param>
/// <param name="Answer">The controller's answer, for the evidence; never a credential.</param>
public sealed record AdministratorLogin(AdministratorLoginOutcome Outcome, DateTimeOffset At, string Answer);

/// <summary>Outcome of an administrator login attempt.</summary>
public enum AdministratorLoginOutcome
{
    LetIn,
    Refused,
    NotTried,
}
