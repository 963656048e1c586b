using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

[assembly: AssemblyFixture(typeof(PaymentHsm.Portal.Tests.RunningPortal))]

namespace PaymentHsm.Portal.Tests;

/// <summary>One portal in its own process with a simulated fleet in another, shared by the tests that only need it to be up.</summary>
public sealed class RunningPortal : IAsyncLifetime
{
    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();

    internal PortalProcess Portal { get; private set; } = null!;

    internal SimulatorProcess Simulator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 24, TimeSpan.FromSeconds(1), CancellationToken.None);
        var settings = new Dictionary<string, string> { ["Simulator:Enabled"] = "false", ["Fleet:Source"] = Simulator.Control.ToString(), ["Polling:Interval"] = "00:00:05", ["Operations:SoftReboot:ObserveEvery"] = "00:00:00.5", ["Tickets:Documents:MaxBytes"] = "65536" };
        Portal = await PortalProcess.StartAsync(_portalData.Path, settings, CancellationToken.None);
        await Portal.UntilAsync("/api/v1/devices?lifecycle=Allocated&health=Ok", d => d.GetProperty("total").GetInt32() == 8, CancellationToken.None);
    }

    /// <summary>A device in that lifecycle state; each index gives another one, so that tests do not meet on a device.</summary>
    internal async Task<string> SerialAsync(string lifecycle, int index)
    {
        using var client = Portal.Client("auditor1");
        var devices = await client.GetFromJsonAsync<JsonElement>($"/api/v1/devices?lifecycle={lifecycle}");
        return devices.GetProperty("devices")[index].GetProperty("serial").GetString()!;
    }

    /// <summary>Opens a ticket on a device and returns its number.</summary>
    internal async Task<string> TicketAsync(string serial)
    {
        using var support = Portal.Client("support1");
        using var opened = await support.PostAsJsonAsync("/api/v1/tickets", new { subject = "host ports dead", serial, category = "Unresponsive", severity = 2 });
        return (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString()!;
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
