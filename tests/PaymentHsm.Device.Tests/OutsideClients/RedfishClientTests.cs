using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.OutsideClients;

/// <summary>Redfish clients that know nothing of this product find their way in the simulator: what they dislike, a driver of ours might only have got used to.</summary>
public sealed class RedfishClientTests
{
    [Fact]
    public async Task Sushy_WithOurAuthority_ReadsTheDeviceAndRestartsIt()
    {
        if (!await OutsideTool.IsThereAsync("python3-sushy", OutsideTool.Python, "-c", "import sushy"))
        {
            return;
        }

        await using var fleet = await TestFleet.StartAsync(o => o.ConformanceMode = true);
        var device = await fleet.DeviceAsync();
        var before = await BootsAsync(fleet, device);

        var run = await OutsideTool.RunAsync(
            OutsideTool.Python,
            Path.Combine(AppContext.BaseDirectory, "OutsideClients", "sushy-client.py"),
            device.OobUrl,
            fleet.Simulator.CaFile,
            device.UserName("operator"),
            device.Password("operator"));

        Assert.True(run.ExitCode == 0, run.Error);
        var seen = JsonNode.Parse(run.Output)!;
        Assert.Equal(device.Serial, (string?)seen["serial"]);
        Assert.Equal((string?)device.Description["serviceUuid"], (string?)seen["uuid"]);
        Assert.Equal(["HOST1", "HOST2", "MGMT"], seen["ports"]!.AsObject().Select(p => p.Key).Order());
        Assert.InRange((double)seen["temperatures"]!["IntakeTemp"]!, 15, 35);
        Assert.InRange((double)seen["fans"]!["Fan1"]!, 20, 80);
        Assert.InRange((double)seen["supplies"]!["Power supply 1"]!, 200, 260);
        Assert.Equal(["GracefulRestart"], seen["resets"]!.AsArray().Select(m => (string?)m));
        await Eventually.TrueAsync(async () => await BootsAsync(fleet, device) == before + 1);
    }

    [Fact]
    public async Task Redfishtool_ReadsTheDeviceAndRestartsIt()
    {
        if (!await OutsideTool.IsThereAsync("redfishtool", OutsideTool.Redfishtool, "-V"))
        {
            return;
        }

        await using var fleet = await TestFleet.StartAsync(o => o.ConformanceMode = true);
        var device = await fleet.DeviceAsync();
        var before = await BootsAsync(fleet, device);

        Assert.Equal(device.Serial, (string?)(await AskAsync(device, "Systems", "-1", "get"))["SerialNumber"]);
        Assert.Equal(3, (await AskAsync(device, "Systems", "-1", "EthernetInterfaces"))["Members"]!.AsArray().Count);
        Assert.Equal(2, (await AskAsync(device, "Chassis", "-1", "Thermal"))["Temperatures"]!.AsArray().Count);
        Assert.Equal(2, (await AskAsync(device, "Chassis", "-1", "Power"))["PowerSupplies"]!.AsArray().Count);
        Assert.Equal("oob", (string?)(await AskAsync(device, "Managers", "-1", "get"))["Id"]);
        Assert.Equal(7, (await AskAsync(device, "raw", "GET", "/redfish/v1/Chassis/hsm/Sensors"))["Members"]!.AsArray().Count);
        Assert.Equal("RestartCompleted", ((string)(await AskAsync(device, "raw", "GET", TestDevice.Entries + "/1"))["MessageId"]!).Split('.')[^1]);

        var reset = await RunAsync(device, "Systems", "-1", "reset", "GracefulRestart");

        Assert.True(reset.ExitCode == 0, reset.Error);
        await Eventually.TrueAsync(async () => await BootsAsync(fleet, device) == before + 1);
    }

    private static async Task<JsonNode> AskAsync(TestDevice device, params string[] command)
    {
        var run = await RunAsync(device, command);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', command)}: {run.Output}{run.Error}");
        return JsonNode.Parse(run.Output)!;
    }

    /// <summary>It judges no certificates (it cannot be told to), so trust is not what is tested here.</summary>
    private static Task<(int ExitCode, string Output, string Error)> RunAsync(TestDevice device, params string[] command) => OutsideTool.RunAsync(
        OutsideTool.Redfishtool,
        ["-n", "-A", "Session", "-S", "Always", "-r", new Uri(device.OobUrl).Authority, "-u", device.UserName("operator"), "-p", device.Password("operator"), .. command]);

    private static async Task<long> BootsAsync(TestFleet fleet, TestDevice device) =>
        (long)(await fleet.Control.GetFromJsonAsync<JsonObject>($"/devices/{device.Serial}/restarts", TestFleet.Cancel))!["bootId"]!;
}
