using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Overdue;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Tests;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Overdue;

/// <summary>I10: no passing state is for ever. The sweep takes what nobody holds; an engineer may take what is held.</summary>
public sealed class OverdueDevicesTests : IPortalDbs, IOperationStore, IAsyncLifetime
{
    private static readonly HsmSerial Serial = HsmSerial.Parse("A4665271234F");
    private static readonly Operation Work = new(
        Guid.Parse("0197a000-0000-7000-8000-000000000001"), OperationKind.Deletion, Serial, null, "x", "portal", TestTiles.Now, OperationState.Running, [], null, null, null, null, new OperationProgress.Deletion("a", "r", "c"), null, 1);

    private readonly ScratchDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(TestTiles.Now);
    private Operation? _holding;
    private Ledger _ledger = null!;
    private DeviceStore _devices = null!;
    private OverdueDevices _source = null!;

    PortalDb IPortalDbs.Open() => new SqlitePortalDb(new DbContextOptionsBuilder<SqlitePortalDb>().UseSqlite($"Data Source={Path.Combine(_directory.Path, "portal.db")};Pooling=False").Options);

    public async ValueTask InitializeAsync()
    {
        await using var db = ((IPortalDbs)this).Open();
        await db.Database.MigrateAsync();
        _ledger = new Ledger(this, _clock);
        _devices = new DeviceStore(this, _ledger);
        _source = new OverdueDevices(_devices, this, new DeviceMoves(_devices, _clock), LifecycleOptions.Default, DispatchProxy.Create<IGrainFactory, QuietGrains>(), _clock, NullLogger<OverdueDevices>.Instance);
    }

    public ValueTask DisposeAsync()
    {
        _ledger.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(HsmState.Commissioning, HsmState.Quarantined)]
    [InlineData(HsmState.Patching, HsmState.Quarantined)]
    [InlineData(HsmState.Reserved, HsmState.Available)]
    [InlineData(HsmState.HandingOver, HsmState.Quarantined)]
    [InlineData(HsmState.Reclaiming, HsmState.Quarantined)]
    [InlineData(HsmState.Released, HsmState.Quarantined)]
    [InlineData(HsmState.Rebaselining, HsmState.Quarantined)]
    public async Task I10_PassingStateOverdueAndHeldByNobody_IsLeftByTheSweepOnce(HsmState state, HsmState next)
    {
        await PutAsync(state);
        _clock.Advance(LifecycleOptions.Default.DeadlineOf(state)!.Value - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await _source.SweepAsync(CancellationToken.None));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await _source.SweepAsync(CancellationToken.None));
        Assert.Equal(next, (await _devices.FindAsync(Serial, CancellationToken.None))?.Record.State);
        Assert.Equal(0, await _source.SweepAsync(CancellationToken.None));
        await using var db = ((IPortalDbs)this).Open();
        Assert.Equal($"device.{HsmLifecycle.OverdueEvent(state).ToString()!.ToLowerInvariant()}", await db.Audit.OrderBy(a => a.Sequence).Select(a => a.Action).LastAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(HsmState.Available)]
    [InlineData(HsmState.Allocated)]
    [InlineData(HsmState.Quarantined)]
    public async Task Sweep_StableState_IsNeverLeft(HsmState state)
    {
        await PutAsync(state);
        _clock.Advance(TimeSpan.FromDays(400));

        Assert.Equal(0, await _source.SweepAsync(CancellationToken.None));
        Assert.Empty(await _source.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task R88_HeldByAnOperation_TheSweepWaits_AnEngineerMayNot()
    {
        await PutAsync(HsmState.Reclaiming);
        _holding = Work;
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await _source.SweepAsync(CancellationToken.None));
        Assert.Equal("Send to quarantine", Assert.Single(await _source.ReadAsync(CancellationToken.None)).Escape?.Label);

        Assert.IsType<Outcome<string>.Done>(await _source.EscapeAsync(new Actor("engineer1", Role.Engineering), Serial.ToString(), CancellationToken.None));

        Assert.Equal(HsmState.Quarantined, (await _devices.FindAsync(Serial, CancellationToken.None))?.Record.State);
        await using var db = ((IPortalDbs)this).Open();
        Assert.Equal("engineer1", await db.Audit.OrderBy(a => a.Sequence).Select(a => a.Actor).LastAsync(CancellationToken.None));
    }

    public Task<Operation?> HoldingAsync(HsmSerial serial, CancellationToken cancellationToken) => Task.FromResult(_holding);

    public Task<Operation?> FindAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> HasEverAsync(HsmSerial serial, OperationKind kind, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Operation?> AddAsync(Operation operation, AuditNote note, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Operation?> SaveAsync(Operation operation, AuditNote? note, CancellationToken cancellationToken) => throw new NotSupportedException();

    private Task<bool> PutAsync(HsmState state) => _devices.AddAsync(
        new StoredDevice(DeviceRecord.InPool(Serial, TestTiles.Now) with { State = state, Custody = state is HsmState.Reclaiming or HsmState.Released ? CustodyState.ComingBack : CustodyState.Operator }, new EnrolledDevice(Serial, new Location("eastus", "stamp1", "R12", 21), "payShield 10K", Guid.Empty), null),
        new AuditNote(Actor.Portal, "device.receive", "x", Serial), CancellationToken.None);
}
