using Microsoft.Extensions.Logging.Abstractions;
using PaymentHsm.Device.Enrolment;
using PaymentHsm.Device.Redfish;
using PaymentHsm.Device.Tests.Simulator.Support;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>A driver link to a scripted peer.</summary>
internal sealed class OobBench : IAsyncDisposable
{
    // Longer than a pause, so that the standing clock takes it for a limit.
    private readonly RedfishLimits _limits = new() { Switch = TimeSpan.FromSeconds(9) };
    private readonly RedfishHandlers _handlers;

    public OobBench(TimeSpan? connect = null)
    {
        _limits = _limits with { Connect = connect ?? _limits.Connect };
        _handlers = new RedfishHandlers(_limits);
        Link = LinkTo(Peer.Url);
    }

    public ScriptedRedfishPeer Peer { get; } = new();

    public MemoryVault Vault { get; } = new();

    public StepTime Time { get; } = new();

    public IOutOfBandLink Link { get; private set; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public OutOfBandLink LinkTo(Uri url)
    {
        var trust = TestCertificates.Trust;
        var oob = new OobEndpoint(url, trust, new("oob-monitor", "m"), new("oob-operator", "o"), new("oob-reclaim", "r"), new("oob-admin", "a"));
        var device = new EnrolledDevice(DeviceDocuments.Serial, new Location("eastus", "stamp1", "R12", 21), "payShield 10K", DeviceDocuments.ServiceId);
        var entry = new DeviceEntry(device, oob, new EnrolledHostPort("127.0.0.1", 1500, null, null, trust), new RackSwitch("tor-R12", Peer.Url, trust, null));
        return new OutOfBandLink(entry, new RedfishWire(_handlers.PoolFor(trust), _limits, Time), new RackSwitches(_handlers, _limits, Time), Vault, NullLogger.Instance);
    }

    public LogicalAccess Access(LogicalAccessPurpose purpose = LogicalAccessPurpose.HandOver) =>
        Assert.IsType<LogicalAccessVerdict.Granted>(
            LogicalAccess.Mint(new CustodyFacts(DeviceDocuments.Serial, CustodyState.HandingOver, Time.GetUtcNow()), purpose, Time.GetUtcNow())).Access;

    /// <summary>Nothing of the driver's is left at the peer: no connection, and the peer's own tasks have ended.</summary>
    public async Task LeaksNothingAsync(int mostConnections = 8)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Peer.OpenConnections <= mostConnections));
        (Link as IDisposable)?.Dispose();
        _handlers.Dispose();
        await Eventually.TrueAsync(() => Task.FromResult(Peer.OpenConnections == 0));
    }

    public static Sample Of(HealthPoll poll, string name) => Assert.Single(poll.Samples, sample => sample.Name == name);

    public async ValueTask DisposeAsync()
    {
        (Link as IDisposable)?.Dispose();
        _handlers.Dispose();
        await Peer.DisposeAsync();
    }
}
