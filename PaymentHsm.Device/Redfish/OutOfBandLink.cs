using Microsoft.Extensions.Logging;
using PaymentHsm.Device.Enrolment;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>One device's out-of-band link: hands each act of the port to the class that knows it.</summary>
internal sealed class OutOfBandLink : IOutOfBandLink, IDisposable
{
    private readonly DeviceChannel _channel;
    private readonly HealthReader _health;
    private readonly RestartSigns _signs;
    private readonly RestartSender _sender;
    private readonly AdministratorChannel _administrator;
    private readonly AdministratorRenewal _renewal;
    private readonly LicenceChannel _licence;
    private readonly OperationRecords _operations;
    private readonly ReclaimSender _reclaim;
    private readonly ServiceAudit _audit;
    private readonly WakeUps _wakeUps;

    public OutOfBandLink(DeviceEntry entry, RedfishWire wire, RackSwitches switches, IAdministratorVault vault, ILogger log)
    {
        Entry = entry;
        _channel = new DeviceChannel(wire, entry, log);
        _health = new HealthReader(_channel, switches);
        _signs = new RestartSigns(_channel);
        _sender = new RestartSender(_channel, log);
        var door = new AdministratorDoor(_channel, vault);
        _administrator = new AdministratorChannel(_channel, door, log);
        _renewal = new AdministratorRenewal(_channel, door, log);
        _licence = new LicenceChannel(_channel);
        _operations = new OperationRecords(_channel);
        _reclaim = new ReclaimSender(_channel, log);
        _audit = new ServiceAudit(_channel);
        _wakeUps = new WakeUps(_channel, log);
    }

    /// <summary>The records this link was made from.</summary>
    public DeviceEntry Entry { get; }

    /// <inheritdoc/>
    public HsmSerial Serial => Entry.Device.Serial;

    /// <inheritdoc/>
    public Task<HealthPoll> PollAsync(CancellationToken cancellationToken) => _health.PollAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<OobWakeUp> WakeUpsAsync(CancellationToken cancellationToken) => _wakeUps.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<CommissionReading> ReadCommissionAsync(CancellationToken cancellationToken)
    {
        _health.ReadEverythingNext();
        return CommissionPart.Of(await _channel.ReadProvenSystemAsync(cancellationToken).ConfigureAwait(false), _channel.Now)
            ?? throw new LinkException(LinkFault.Unsupported, "The controller has no commission part.");
    }

    /// <inheritdoc/>
    public Task<RestartMarks> ReadRestartMarksAsync(CancellationToken cancellationToken) => _signs.ReadMarksAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<RestartSent> SendRestartAsync(Guid operation, CancellationToken cancellationToken) => _sender.SendAsync(operation, cancellationToken);

    /// <inheritdoc/>
    public Task<RestartTrace> ReadRestartTraceAsync(RestartMarks before, CancellationToken cancellationToken) => _signs.ReadTraceAsync(before, cancellationToken);

    /// <inheritdoc/>
    public Task<LicenceReading> ReadLicenceAsync(CancellationToken cancellationToken) => _licence.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<HandOverResult> HandOverAsync(LogicalAccess access, Guid operation, string allocation, CancellationToken cancellationToken) =>
        _administrator.HandOverAsync(access, operation, allocation, cancellationToken);

    /// <inheritdoc/>
    public Task<AdministratorLogin> TryAdministratorLoginAsync(LogicalAccess access, CancellationToken cancellationToken) =>
        _administrator.TryLoginAsync(access, cancellationToken);

    /// <inheritdoc/>
    public Task<AdministratorLogin> RenewAdministratorAsync(LogicalAccess access, CancellationToken cancellationToken) =>
        _renewal.RunAsync(access, cancellationToken);

    /// <inheritdoc/>
    public Task<DeviceAnswer> PushLicenceAsync(Guid operation, int callsPerSecond, int lmkCount, CancellationToken cancellationToken) =>
        _licence.PushAsync(operation, callsPerSecond, lmkCount, cancellationToken);

    /// <inheritdoc/>
    public Task<ContentReading> ReadContentAsync(CancellationToken cancellationToken) =>
        _licence.ReadContentAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<DeviceAnswer> RemoveCertificatesAsync(LogicalAccess access, Guid operation, CancellationToken cancellationToken) =>
        _administrator.RemoveCertificatesAsync(access, operation, cancellationToken);

    /// <inheritdoc/>
    public Task<DeviceAnswer> InstallFirmwareAsync(LogicalAccess access, Guid operation, Uri image, CancellationToken cancellationToken)
    {
        _health.ExpectNewFirmware();
        return _administrator.InstallFirmwareAsync(access, operation, image, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<DeviceOperation?> FindOperationAsync(Guid operation, CancellationToken cancellationToken) =>
        _operations.FindAsync(operation, cancellationToken);

    /// <inheritdoc/>
    public Task<ReclaimSent> SendReclaimAsync(ReclaimAuthority authority, CancellationToken cancellationToken) =>
        _reclaim.SendAsync(authority, cancellationToken);

    /// <inheritdoc/>
    public Task<ServiceAuditPage> ReadAuditAsync(long above, CancellationToken cancellationToken) =>
        _audit.ReadAboveAsync(above, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _health.Dispose();
        _channel.Dispose();
    }
}
