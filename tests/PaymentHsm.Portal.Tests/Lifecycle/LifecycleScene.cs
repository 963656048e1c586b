using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Firmware;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Lifecycle;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;
using PaymentHsm.Tests;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Lifecycle;

/// <summary>
/// The real desks, keeper and drivers over the real store, with model devices in place of the wire. It can die at any call to a device and be made again over the
/// same store, as a process that was killed: whatever was in memory is gone.
/// </summary>
internal sealed class LifecycleScene : IAsyncDisposable
{
    public static readonly Guid Subscription = new("7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c");
    private static readonly Actor Automation = new("automation1", Role.Automation);

    private readonly ScratchDirectory _data = new();
    private readonly Dictionary<HsmSerial, ModelDevice> _devices = [];
    private PortalSettings _settings = new();
    private ServiceProvider _services = null!;

    public FakeTimeProvider Clock { get; } = new(TestTiles.Now);

    public Wire Wire { get; } = new();

    /// <summary>False: the portal has just started and could not read the records of the fleet yet.</summary>
    public bool FleetIsRead { get; set; } = true;

    public IReadOnlyList<ModelDevice> Devices => [.. _devices.Values];

    public static async Task<LifecycleScene> StartAsync(int devices, CancellationToken stop, int? erasuresPerHour = null)
    {
        var scene = new LifecycleScene();
        scene._settings = erasuresPerHour is { } most ? new PortalSettings { Approvals = new ApprovalSettings { ForceDelete = new ForceDeleteApproval { PerHourAndRegion = most } } } : scene._settings;
        for (var i = 0; i < devices; i++)
        {
            var serial = HsmSerial.Parse($"A{4665271000 + i}F");
            scene._devices[serial] = new ModelDevice(serial, scene.Wire, scene.Clock);
        }

        scene.Build();
        await scene._services.MigrateAsync();
        var store = scene.Get<IDeviceStore>();
        var at = 0;
        foreach (var serial in scene._devices.Keys)
        {
            var enrolled = new EnrolledDevice(serial, new Location("eastus", at % 2 == 0 ? "stamp1" : "stamp2", "R1", at++ + 1), "payShield 10K", Guid.Empty);
            await store.AddAsync(new StoredDevice(DeviceRecord.InPool(serial, scene.Clock.GetUtcNow()), enrolled, null), new AuditNote(Actor.Portal, "device.receive", "Enrolled", serial), stop);
        }

        await scene.Get<ISubscriptionDesk>().RequestAsync(Actor.Portal, Subscription.ToString(), "Litware Payments", "test", stop);
        await scene.Get<ISubscriptionDesk>().ApproveAsync(Actor.Portal, Subscription, stop);
        return scene;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static ResourceId Id(string name) => new(Subscription, "rg", name);

    public Task<ResourceAnswer<ResourcePut>> CreateAsync(string name, string? stamp, CancellationToken stop) => Get<IResourceDesk>().PutAsync(
        Automation, new ResourceRequest(Id(name), "eastus", new ResourceSku(2, 250), stamp, [], new Dictionary<string, string>(), new NetworkProfile("/subnet", []), null), stop);

    public async Task<ResourceAnswer<ResourceDeletion>> DeleteAsync(string name, CancellationToken stop)
    {
        await RefreshAsync(stop);
        return await Get<IResourceDesk>().DeleteAsync(Automation, Id(name), stop);
    }

    public Task<CustomerResource?> FindAsync(string name, CancellationToken stop) => Get<IResourceDesk>().FindAsync(Id(name), stop);

    public async Task<DeviceRecord> RecordAsync(HsmSerial serial, CancellationToken stop) => (await Get<IDeviceStore>().FindAsync(serial, stop))!.Record;

    /// <summary>The process died: everything but the store and the devices is made afresh.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        Build();
    }

    /// <summary>Does what there is to do until everything has settled; a crash on the way is a restart. Fails when it never settles.</summary>
    public async Task SettleAsync(CancellationToken stop)
    {
        for (var round = 0; round < 400; round++)
        {
            try
            {
                if (await RoundAsync(stop))
                {
                    return;
                }
            }
            catch (CrashException)
            {
                await RestartAsync();
            }

            Clock.Advance(TimeSpan.FromSeconds(3));
        }

        throw new TimeoutException("It never settled.");
    }

    /// <summary>Works for a while, whether it settles or not.</summary>
    public async Task WorkAWhileAsync(CancellationToken stop)
    {
        for (var round = 0; round < 6 && !await RoundAsync(stop); round++)
        {
            Clock.Advance(TimeSpan.FromSeconds(3));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>One look of the keeper and one step of each operation; true when nothing is left to do.</summary>
    private async Task<bool> RoundAsync(CancellationToken stop)
    {
        await RefreshAsync(stop);
        var unsettled = await Get<ResourceKeeper>().LookAsync(stop);
        var working = 0;
        foreach (var device in _devices.Keys)
        {
            var operation = await Get<IOperationStore>().HoldingAsync(device, stop);
            working += operation is null ? 0 : 1;
            DateTimeOffset? until = null;
            for (var step = 0; step < 20 && until is null && operation is { State: not OperationState.Finished }; step++)
            {
                (operation, until) = await Get<OperationDrivers>().StepAsync(operation!, stop);
            }
        }

        return unsettled == 0 && working == 0;
    }

    /// <summary>What the poller would have published.</summary>
    private async Task RefreshAsync(CancellationToken stop)
    {
        var feed = (TestFleetFeed)Get<IFleetFeed>();
        foreach (var stored in await Get<IDeviceStore>().AllAsync(stop))
        {
            var holding = await Get<IOperationStore>().HoldingAsync(stored.Record.Serial, stop);
            feed.Push([new HsmTile(
                stored.Record.Serial, stored.Enrolled.Location, stored.Record.State, stored.Record.Custody, stored.Customer, _devices[stored.Record.Serial].Unreachable ? Health.Unknown : Health.Ok,
                Clock.GetUtcNow(), new Dictionary<string, Reading>(), TimeSpan.FromSeconds(30), holding?.Id)]);
        }
    }

    private void Build()
    {
        var data = new DataDirectory(_data.Path);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddLogging();
        services.AddSingleton<TimeProvider>(Clock).AddSingleton(_settings).AddSingleton(data);
        services.AddDataProtection();
        services.AddPersistence(new StorageSettings(), data).AddLifecycle(new PortalSettings());
        services.AddSingleton<IOutOfBandLinks>(new Links(this)).AddSingleton<IFleetFeed>(new TestFleetFeed()).AddSingleton<IOperationRunner, Later>().AddSingleton<IForceDeleteFlags, NoFlags>()
            .AddSingleton(System.Reflection.DispatchProxy.Create<IGrainFactory, Overdue.QuietGrains>()).AddSingleton(new PortalSettings().ForForceDelete())
            .AddSingleton<ApprovalBook>().AddSingleton<IApprovalDesk, ApprovalDesk>().AddSingleton<ObservedClasses>().AddSingleton<ReclaimWait>().AddSingleton<ReclaimBrake>().AddSingleton<ReclaimAgainAction>()
            .AddSingleton<IApprovalAction>(s => s.GetRequiredService<ReclaimAgainAction>()).AddSingleton<ReclaimAgainDesk>().AddSingleton<IOperationDriver, ForceDeleteDriver>()
            .AddSingleton<IEvidenceSigner, TestSigner>().AddSingleton<IFirmwareCatalogue, TestCatalogue>()
            .AddSingleton<NoticeWriter>().AddSingleton(new NotificationSettings().OnCall.Roster).AddSingleton<IPeople, Components.TestPeople>().AddSingleton<OperationDrivers>();
        _services = services.BuildServiceProvider();
    }

    private sealed class Links(LifecycleScene scene) : IOutOfBandLinks
    {
        public IOutOfBandLink LinkTo(HsmSerial serial) => scene.FleetIsRead ? scene._devices[serial] : throw new LinkException(LinkFault.NoAnswer, "The enrolment source could not be read since the start.");
    }

    /// <summary>Whoever settles the scene drives what is stored.</summary>
    private sealed class Later : IOperationRunner
    {
        public Task DriveAsync(Operation operation) => Task.CompletedTask;
    }

    private sealed class NoFlags : IForceDeleteFlags
    {
        public Task<Domain.Outcome<Operation>?> TryConsumeAsync(Actor by, CustomerResource resource, CancellationToken cancellationToken) => Task.FromResult<Domain.Outcome<Operation>?>(null);
    }

    private sealed class TestSigner : IEvidenceSigner, IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public string KeyId => "test";

        public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

        public byte[] Sign(ReadOnlySpan<byte> content) => _key.SignData(content.ToArray(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        public void Dispose() => _key.Dispose();
    }

    private sealed class TestCatalogue : IFirmwareCatalogue
    {
        public Task<FirmwareCatalogue> ReadAsync(CancellationToken cancellationToken)
        {
            var valid = new Listing("1", TestTiles.Now.AddYears(-1), TestTiles.Now.AddYears(1));
            return Task.FromResult(new FirmwareCatalogue([new FirmwareImage(
                "2.2b", new Uri("https://images.test/payshield-2.2b.bin"), new string('0', 64), "sig", valid, valid, "a", TestTiles.Now, "b", TestTiles.Now, IsBase: true)]));
        }
    }
}
