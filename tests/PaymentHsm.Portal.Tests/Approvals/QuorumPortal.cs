using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Approvals;

/// <summary>A portal with a simulated fleet whose customers' devices are force-deleted one by one; its clocks are short.</summary>
public sealed class QuorumPortal : IAsyncLifetime
{
    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();

    internal static IReadOnlyDictionary<string, string> Clocks { get; } = new Dictionary<string, string>
    {
        ["Simulator:Enabled"] = "false",
        ["Polling:Interval"] = "00:00:03",
        ["Operations:ForceDelete:SendAgainAfter"] = "00:00:01",
        ["Operations:ForceDelete:FollowEvery"] = "00:00:00.5",
        ["Operations:ForceDelete:LookUpEvery"] = "00:00:01",
        ["Operations:ForceDelete:LookUpAtMost"] = "00:00:03",
        ["Operations:ForceDelete:AbsenceMargin"] = "00:00:02",
        ["Operations:ForceDelete:ReclaimWithin"] = "00:01:30",
    };

    internal PortalProcess Portal { get; private set; } = null!;

    internal SimulatorProcess Simulator { get; private set; } = null!;

    /// <summary>Devices that customers hold; each test takes its own.</summary>
    internal IReadOnlyList<string> Serials { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 24, TimeSpan.FromSeconds(1), CancellationToken.None);
        Portal = await PortalProcess.StartAsync(_portalData.Path, new Dictionary<string, string>(Clocks) { ["Fleet:Source"] = Simulator.Control.ToString(), ["Approvals:ForceDelete:PerHourAndRegion"] = "5" }, CancellationToken.None);
        var devices = await Portal.UntilAsync("/api/v1/devices?lifecycle=Allocated&health=Ok", d => d.GetProperty("total").GetInt32() == 8, CancellationToken.None);
        Serials = [.. devices.GetProperty("devices").EnumerateArray().OrderBy(d => d.GetProperty("region").GetString(), StringComparer.Ordinal).Select(d => d.GetProperty("serial").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        if (Portal is not null)
        {
            await Portal.DisposeAsync();
        }

        if (Simulator is not null)
        {
            await Simulator.DisposeAsync();
        }

        _portalData.Dispose();
        _simulatorData.Dispose();
    }
}
