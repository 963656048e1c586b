using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Firmware;

/// <summary>A device that is well, released and on 2.1a; it counts what it is asked to install. Whatever a firmware update has no business with is an error.</summary>
internal sealed class TestOutOfBandLink(HsmSerial serial) : IOutOfBandLink
{
    private string _firmware = "2.1a";

    public HsmSerial Serial { get; } = serial;

    public DateTimeOffset Now { get; set; } = TestTiles.Now;

    public CommissionState Commission { get; set; } = CommissionState.Released;

    public IReadOnlyList<string> Features { get; set; } = BaseLicence.Features;

    /// <summary>Version that it runs after an install; null: the install has no effect.</summary>
    public string? AfterInstall { get; set; }

    /// <summary>Operation ids that it was asked with.</summary>
    public List<Guid> Installed { get; } = [];

    public Task<HealthPoll> PollAsync(CancellationToken cancellationToken) => Task.FromResult(new HealthPoll(
        Now, TimeSpan.Zero, OobReach.Up, null, null, [new Sample(ReadingName.Tamper, ReadingValue.Of("Normal"), null, Health.Ok, null, "test")], null, _firmware, TimeSpan.Zero));

    public Task<CommissionReading> ReadCommissionAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new CommissionReading(Now, Commission, null, AdminAccess.Enabled, Commission != CommissionState.Released, null, null));

    public Task<LicenceReading> ReadLicenceAsync(CancellationToken cancellationToken) => Task.FromResult(new LicenceReading(Now, 60, 1, Features));

    public Task<AdministratorLogin> TryAdministratorLoginAsync(LogicalAccess access, CancellationToken cancellationToken) =>
        Task.FromResult(new AdministratorLogin(AdministratorLoginOutcome.LetIn, Now, "let in"));

    public Task<DeviceAnswer> InstallFirmwareAsync(LogicalAccess access, Guid operation, Uri image, CancellationToken cancellationToken)
    {
        access.Spend(Serial, Now);
        Installed.Add(operation);
        _firmware = AfterInstall ?? _firmware;
        return Task.FromResult(new DeviceAnswer(true, "202 Accepted"));
    }

    public Task<DeviceOperation?> FindOperationAsync(Guid operation, CancellationToken cancellationToken) =>
        Task.FromResult(Installed.Contains(operation) ? new DeviceOperation(operation, "Update", null, DeviceOperationState.Running, null, null, Now, null) : null);

    public IAsyncEnumerable<OobWakeUp> WakeUpsAsync(CancellationToken cancellationToken) => throw Foreign();

    public Task<RestartMarks> ReadRestartMarksAsync(CancellationToken cancellationToken) => throw Foreign();

    public Task<RestartSent> SendRestartAsync(Guid operation, CancellationToken cancellationToken) => throw Foreign();

    public Task<RestartTrace> ReadRestartTraceAsync(RestartMarks before, CancellationToken cancellationToken) => throw Foreign();

    public Task<HandOverResult> HandOverAsync(LogicalAccess access, Guid operation, string allocation, CancellationToken cancellationToken) => throw Foreign();

    public Task<AdministratorLogin> RenewAdministratorAsync(LogicalAccess access, CancellationToken cancellationToken) => throw Foreign();

    public Task<DeviceAnswer> PushLicenceAsync(Guid operation, int callsPerSecond, int lmkCount, CancellationToken cancellationToken) => throw Foreign();

    public Task<ContentReading> ReadContentAsync(CancellationToken cancellationToken) => throw Foreign();

    public Task<DeviceAnswer> RemoveCertificatesAsync(LogicalAccess access, Guid operation, CancellationToken cancellationToken) => throw Foreign();

    public Task<ReclaimSent> SendReclaimAsync(ReclaimAuthority authority, CancellationToken cancellationToken) => throw Foreign();

    public Task<ServiceAuditPage> ReadAuditAsync(long above, CancellationToken cancellationToken) => throw Foreign();

    private static InvalidOperationException Foreign() => new("A firmware update does not do this.");
}
