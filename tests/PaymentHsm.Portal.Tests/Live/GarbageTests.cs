using System.Net.Http.Json;
using System.Text.Json;

namespace PaymentHsm.Portal.Tests.Live;

public sealed class GarbageTests(RunningPortal running)
{
    /// <summary>A device that answers garbage for one part: that reading is unknown with its reason, its other readings and the fleet are untouched.</summary>
    [Fact]
    public async Task OnePartIsGarbage_OnlyThatReadingIsUnknown()
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        var serial = await running.SerialAsync("Available", 6);
        await running.Simulator.InjectAsync(serial, new { match = new { method = "GET", pathPrefix = "/redfish/v1/Chassis/hsm/ThermalSubsystem/Fans/Fan1" }, kind = "MalformedJson", count = 1000, delayMs = 0 }, stop);

        var device = await running.Portal.UntilAsync($"/api/v1/devices/{serial}", d => Reading(d, "fan1").GetProperty("health").GetString() == "unknown", stop);
        Assert.False(string.IsNullOrEmpty(Reading(device, "fan1").GetProperty("why").GetString()));
        Assert.Equal("ok", Reading(device, "fan2").GetProperty("health").GetString());
        Assert.Equal("ok", Reading(device, "temperature-intake").GetProperty("health").GetString());

        using var client = running.Portal.Client("auditor1");
        var other = await client.GetFromJsonAsync<JsonElement>($"/api/v1/devices/{await running.SerialAsync("Available", 7)}", stop);
        Assert.Equal("ok", other.GetProperty("tile").GetProperty("health").GetString());
        await running.Simulator.ClearFaultsAsync(serial, stop);
    }

    private static JsonElement Reading(JsonElement device, string name) => device.GetProperty("tile").GetProperty("readings").GetProperty(name);
}
