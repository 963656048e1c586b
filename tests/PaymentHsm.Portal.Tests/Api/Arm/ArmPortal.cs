using System.Net.Http.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Api.Arm;

/// <summary>A portal with a fleet of its own: two free devices in each stamp, and three approved subscriptions.</summary>
public sealed class ArmPortal : IAsyncLifetime
{
    /// <summary>Approved from the first start.</summary>
    public const string Subscription = "7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c";

    /// <summary>Approved here, by two people.</summary>
    public const string Subscription2 = "3d0c7a64-1f52-4b8e-8a77-90b1c2d3e4f5";

    /// <summary>Approved here too.</summary>
    public const string Subscription3 = "5b8e8a77-0c1d-4b8e-9f10-2d4c6e8a0b1c";

    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();

    internal PortalProcess Portal { get; private set; } = null!;

    internal SimulatorProcess Simulator { get; private set; } = null!;

    /// <summary>The authority that clients are told to trust.</summary>
    public string CaFile => Path.Combine(_portalData.Path, "portal-ca.pem");

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 8, TimeSpan.FromSeconds(1), CancellationToken.None);
        var settings = new Dictionary<string, string> { ["Simulator:Enabled"] = "false", ["Fleet:Source"] = Simulator.Control.ToString(), ["Polling:Interval"] = "00:00:02", ["Arm:RetryAfter"] = "00:00:01" };
        Portal = await PortalProcess.StartAsync(_portalData.Path, settings, CancellationToken.None);
        await Portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() == 8, CancellationToken.None);
        await Portal.UntilAsync("/api/v1/subscriptions", s => s.GetRawText().Contains(Subscription, StringComparison.Ordinal), CancellationToken.None);
        using var support = Portal.Client("support1");
        using var engineer = Portal.Client("engineer1");
        foreach (var id in new[] { Subscription2, Subscription3 })
        {
            using var asked = await support.PostAsJsonAsync("/api/v1/subscriptions", new { id, customer = "Alpine Cards", @case = "CASE-17" });
            using var approved = await engineer.PostAsync($"/api/v1/subscriptions/{id}/approve", null);
            approved.EnsureSuccessStatusCode();
        }
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
