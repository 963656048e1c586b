using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Hosting;

public sealed class LostStoreTests
{
    /// <summary>R30: a portal that lost its store finds devices in somebody's custody. They count as customers' and nothing is done to them.</summary>
    [Fact]
    public async Task R30_DevicesInCustodyButUnknownToTheStore_CustodyIsNotProven()
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        using var simulatorData = new ScratchDirectory();
        using var firstData = new ScratchDirectory();
        using var secondData = new ScratchDirectory();
        await using var simulator = await SimulatorProcess.StartAsync(simulatorData.Path, 24, TimeSpan.FromSeconds(1), stop);
        var settings = new Dictionary<string, string> { ["Simulator:Enabled"] = "false", ["Fleet:Source"] = simulator.Control.ToString() };
        await using (var first = await PortalProcess.StartAsync(firstData.Path, settings, stop))
        {
            await first.UntilAsync("/api/v1/devices?lifecycle=Allocated", d => d.GetProperty("total").GetInt32() == 8, stop);
        }

        await using var second = await PortalProcess.StartAsync(secondData.Path, new Dictionary<string, string>(settings) { ["Fleet:Seed"] = "false" }, stop);
        var unproven = await second.UntilAsync("/api/v1/devices?custody=Unknown", d => d.GetProperty("total").GetInt32() == 8, stop);
        var serial = unproven.GetProperty("devices")[0].GetProperty("serial").GetString();

        using var support = second.Client("support1");
        using var opened = await support.PostAsJsonAsync("/api/v1/tickets", new { subject = "whose is it", serial, severity = "Low" }, stop);
        var number = (await opened.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("number").GetString();
        using var asked = await support.PostAsJsonAsync($"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "try" }, stop);
        Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        var counts = await simulator.ConnectionsAsync(serial!, stop);
        Assert.Equal((0, 0), (counts.GetProperty("host").GetInt32(), counts.GetProperty("management").GetInt32()));
    }
}
