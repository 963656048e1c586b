using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Firmware;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Tests;

namespace PaymentHsm.Portal.Tests.Firmware;

/// <summary>
/// R40, the second of two independent tests: even when the query is by-passed and an operation for a customer's device exists, the driver sends nothing to it.
/// </summary>
public sealed class FirmwareUpdateDriverTests : IOperationStore, IDeviceStore, IOutOfBandLinks, IFirmwareCatalogue
{
    private static readonly HsmSerial Serial = HsmSerial.Parse("A4665271234F");

    private readonly FakeTimeProvider _clock = new(TestTiles.Now);
    private readonly TestOutOfBandLink _link = new(Serial);
    private readonly FirmwareUpdateDriver _driver;
    private StoredDevice _device;
    private Operation _operation;

    public FirmwareUpdateDriverTests()
    {
        _device = new StoredDevice(DeviceRecord.InPool(Serial, TestTiles.Now), new EnrolledDevice(Serial, new Location("eastus", "stamp1", "R11", 3), "payShield 10K", Guid.NewGuid()), null);
        var member = new WaveMember(Serial, "eastus", "stamp1", "2.1a");
        var wave = new PatchWave(
            Guid.NewGuid(), "2.2b", new Uri("https://images.example.com/payshield-2.2b.bin"), new string('a', 64), new WaveScope(null, null, []), new WaveLimits(TimeSpan.Zero, 1, 0, 20), [member], "d", "why",
            "engineer1", TestTiles.Now, TestTiles.Now, WaveState.Canary, "engineer2");
        _operation = FirmwareUpdate.New(Guid.NewGuid(), wave, member, TestTiles.Now);
        _driver = new FirmwareUpdateDriver(this, this, new DeviceMoves(this, _clock), new DeviceReader(this, this, _clock), this, new FirmwareUpdateOptions(), _clock);
    }

    public static TheoryData<HsmState, CustodyState> NotOurs
    {
        get
        {
            var all = new TheoryData<HsmState, CustodyState>();
            foreach (var state in Enum.GetValues<HsmState>())
            {
                foreach (var custody in Enum.GetValues<CustodyState>())
                {
                    if (custody != CustodyState.Operator || state is not (HsmState.Available or HsmState.Patching))
                    {
                        all.Add(state, custody);
                    }
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(NotOurs))]
    public async Task R40_DeviceIsNotOursOrNotFree_NothingIsSent(HsmState state, CustodyState custody)
    {
        _device = _device with { Record = _device.Record with { State = state, Custody = custody } };

        await DriveAsync();

        Assert.Empty(_link.Installed);
        Assert.Equal((OperationState.Finished, false), (_operation.State, _operation.Outcome == OperationOutcome.Verified));
        Assert.Equal(custody, _device.Record.Custody);
        Assert.True(state == HsmState.Patching || _device.Record.State == state);
    }

    [Fact]
    public async Task R40_StoreSaysFreeButTheDeviceSaysCommissioned_NothingIsSentAndItStaysWhereItIs()
    {
        _link.Commission = CommissionState.Commissioned;

        await DriveAsync();

        Assert.Empty(_link.Installed);
        Assert.Equal((OperationOutcome.Refused, HsmState.Available), (_operation.Outcome, _device.Record.State));
        Assert.StartsWith("R40", _operation.OutcomeDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R40_CustodyPassedBetweenLockAndAsk_NothingIsSent()
    {
        await StepAsync();
        Assert.Equal(HsmState.Patching, _device.Record.State);
        _device = _device with { Record = _device.Record with { State = HsmState.Allocated, Custody = CustodyState.Customer } };

        await DriveAsync();

        Assert.Empty(_link.Installed);
        Assert.Equal((OperationOutcome.Contradictory, HsmState.Allocated), (_operation.Outcome, _device.Record.State));
    }

    [Fact]
    public async Task R44_ReserveWouldBreak_NothingIsBegun()
    {
        _operation = _operation with { Progress = (OperationProgress.Firmware)_operation.Progress with { Reserve = 1 } };

        await DriveAsync();

        Assert.Equal((OperationOutcome.Refused, HsmState.Available), (_operation.Outcome, _device.Record.State));
        Assert.StartsWith("R44", _operation.OutcomeDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D7_InstalledAndReadBack_IsInThePoolAgain()
    {
        _link.AfterInstall = "2.2b";

        await DriveAsync();

        Assert.Equal((OperationOutcome.Verified, HsmState.Available), (_operation.Outcome, _device.Record.State));
        Assert.Equal(_operation.Id, Assert.Single(_link.Installed));
    }

    [Fact]
    public async Task D8_VersionNeverComes_IsQuarantinedAndStaysClean()
    {
        await DriveAsync();

        Assert.Equal((OperationOutcome.NotObserved, HsmState.Quarantined, Sanitisation.VerifiedClean), (_operation.Outcome, _device.Record.State, _device.Record.Sanitisation));
    }

    [Fact]
    public async Task D8_LicenceLostOnTheWay_IsQuarantined()
    {
        (_link.AfterInstall, _link.Features) = ("2.2b", [.. BaseLicence.Features.Skip(1)]);

        await DriveAsync();

        Assert.Equal(HsmState.Quarantined, _device.Record.State);
        Assert.Contains("licence set incomplete", _operation.OutcomeDetail, StringComparison.Ordinal);
    }

    /// <summary>The process dies right after its nth store; what was stored is enough to come to the same end, and the device only ever sees one request id.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task KilledAfterTheNthStore_ComesToTheSameEnd(int n)
    {
        _link.AfterInstall = "2.2b";
        _storesUntilCrash = n;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(DriveAsync);

        await DriveAsync();

        Assert.Equal((OperationOutcome.Verified, HsmState.Available), (_operation.Outcome, _device.Record.State));
        Assert.Equal([_operation.Id], _link.Installed.Distinct());
    }

    private int _storesUntilCrash;

    private async Task DriveAsync()
    {
        for (var i = 0; i < 2000 && _operation.State != OperationState.Finished; i++)
        {
            await StepAsync();
        }
    }

    private async Task StepAsync()
    {
        // What the grain keeps in memory between two steps is handed back, as the grain does.
        var (after, until) = await _driver.StepAsync(_operation, CancellationToken.None);
        _operation = after ?? _operation;
        if (until is { } time && time > _clock.GetUtcNow())
        {
            _clock.SetUtcNow(time);
            _link.Now = time;
        }
    }

    Task<Operation?> IOperationStore.FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult<Operation?>(_operation);

    Task<Operation?> IOperationStore.HoldingAsync(HsmSerial serial, CancellationToken cancellationToken) => Task.FromResult<Operation?>(_operation);

    Task<bool> IOperationStore.HasEverAsync(HsmSerial serial, OperationKind kind, CancellationToken cancellationToken) => Task.FromResult(true);

    Task<Operation?> IOperationStore.AddAsync(Operation operation, AuditNote note, CancellationToken cancellationToken) => throw new InvalidOperationException("A driver adds no operation.");

    Task<Operation?> IOperationStore.SaveAsync(Operation operation, AuditNote? note, CancellationToken cancellationToken)
    {
        _operation = operation with { Version = operation.Version + 1 };
        Crash();
        return Task.FromResult<Operation?>(_operation);
    }

    Task<StoredDevice?> IDeviceStore.FindAsync(HsmSerial serial, CancellationToken cancellationToken) => Task.FromResult<StoredDevice?>(_device);

    Task<IReadOnlyList<StoredDevice>> IDeviceStore.AllAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredDevice>>([_device]);

    Task<IReadOnlyList<StoredDevice>> IDeviceStore.OfCustomerAsync(string customer, string region, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredDevice>>([]);

    Task<bool> IDeviceStore.AddAsync(StoredDevice device, AuditNote note, CancellationToken cancellationToken) => Task.FromResult(false);

    Task<bool> IDeviceStore.SaveAsync(DeviceRecord before, StoredDevice after, AllocationRecord? opens, AuditNote note, CancellationToken cancellationToken)
    {
        Assert.Equal(before.Fence, _device.Record.Fence);
        _device = after;
        Crash();
        return Task.FromResult(true);
    }

    Task IDeviceStore.RelocateAsync(EnrolledDevice device, CancellationToken cancellationToken) => Task.CompletedTask;

    Task<AllocationRecord?> IDeviceStore.AllocationAsync(HsmSerial serial, CancellationToken cancellationToken) => Task.FromResult<AllocationRecord?>(null);

    IOutOfBandLink IOutOfBandLinks.LinkTo(HsmSerial serial) => _link;

    Task<FirmwareCatalogue> IFirmwareCatalogue.ReadAsync(CancellationToken cancellationToken)
    {
        FirmwareImage Image(string version) => new(
            version, new Uri($"https://images.example.com/payshield-{version}.bin"), new string('a', 64), "sig", Listed("f"), Listed("p"), "engineer1", TestTiles.Now, "engineer2", TestTiles.Now, version == "2.2b");
        Listing Listed(string id) => new(id, TestTiles.Now.AddYears(-1), TestTiles.Now.AddYears(1));
        return Task.FromResult(new FirmwareCatalogue([Image("2.2b"), Image("2.1a")]));
    }

    private void Crash()
    {
        if (--_storesUntilCrash == 0)
        {
            throw new OperationCanceledException("The process was killed here.");
        }
    }
}
