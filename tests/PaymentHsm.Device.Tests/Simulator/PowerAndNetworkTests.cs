using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator;

public sealed class PowerAndNetworkTests
{
    [Fact]
    public async Task OneFeedOff_OneSupplyLosesInput_TheDeviceRunsOn()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();

        await SetAsync(fleet, device, "feeds/A", """{"on":false}""");

        var supply = await device.GetAsync("/redfish/v1/Chassis/hsm/PowerSubsystem/PowerSupplies/Psu1");
        Assert.Equal(("LossOfInput", "Warning"), ((string?)supply["LineInputStatus"], (string?)supply["Status"]!["Health"]));
        Assert.Equal("Normal", (string?)(await device.GetAsync("/redfish/v1/Chassis/hsm/PowerSubsystem/PowerSupplies/Psu2"))["LineInputStatus"]);
        Assert.Equal("On", (string?)(await device.GetAsync(TestDevice.System))["PowerState"]);
        using var pdu = device.Equipment("pdu");
        Assert.Equal("Off", (string?)(await pdu.GetFromJsonAsync<JsonObject>("/redfish/v1/PowerEquipment/RackPDUs/A/Outlets/1", TestFleet.Cancel))!["PowerState"]);
        Assert.Equal("On", (string?)(await pdu.GetFromJsonAsync<JsonObject>("/redfish/v1/PowerEquipment/RackPDUs/B/Outlets/1", TestFleet.Cancel))!["PowerState"]);
    }

    [Fact]
    public async Task BothFeedsOff_DeviceIsDeadUntilOneReturns()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await SetAsync(fleet, device, "feeds/A", """{"on":false}""");

        await SetAsync(fleet, device, "feeds/B", """{"on":false}""");

        await Eventually.TrueAsync(async () => !await AnswersAsync(device));
        await SetAsync(fleet, device, "feeds/B", """{"on":true}""");
        await device.UntilAsync(TestDevice.System, s => (string?)s["BootProgress"]!["LastState"] == "OSRunning");
        var keys = await device.KeysAsync();
        Assert.Equal(["RestartCompleted", "RestartCompleted"], keys);
        Assert.Equal("PowerRestorePolicy", (string?)(await device.GetAsync(TestDevice.System))["LastResetCause"]);
    }

    [Fact]
    public async Task SwitchDown_ControllersUnreachable_SwitchItselfAnswers()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var tor = device.Equipment("switch");

        await SetAsync(fleet, device, "switch", """{"up":false}""");

        await Eventually.TrueAsync(async () => !await AnswersAsync(device));
        var body = await tor.GetFromJsonAsync<JsonObject>("/redfish/v1/Fabrics/tor/Switches/tor", TestFleet.Cancel);
        Assert.Equal(("Disabled", "Critical"), ((string?)body!["Status"]!["State"], (string?)body["Status"]!["Health"]));
        Assert.Equal("LinkDown", (string?)(await tor.GetFromJsonAsync<JsonObject>("/redfish/v1/Fabrics/tor/Switches/tor/Ports/1", TestFleet.Cancel))!["LinkStatus"]);

        await SetAsync(fleet, device, "switch", """{"up":true}""");
        await device.UntilAsync(TestDevice.System, _ => true);
        Assert.Equal(4, (await device.KeysAsync()).Count(k => k == "LinkUp"));
        Assert.Equal(4, (await device.KeysAsync()).Count(k => k == "LinkDown"));
    }

    [Fact]
    public async Task OobCableOut_OnlyTheControllerIsGone_UntilItIsBack()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.Devices = 1);
        var device = await fleet.DeviceAsync();
        using var pulled = await device.ControlAsync("links/OOB", """{"up":false}""");
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await device.GetAsync(TestDevice.System);
                return false;
            }
            catch (HttpRequestException)
            {
                return true;
            }
        });
        await using (var host = await HostPort.RawClient.ConnectAsync((int)device.Description["hostPort"]!))
        {
            Assert.Equal("HEADB300x", await host.AskAsync("HEADB20001x"));
        }

        using var plugged = await device.ControlAsync("links/OOB", """{"up":true}""");
        await device.UntilAsync(TestDevice.System, _ => true);
        Assert.Equal(["RestartCompleted", "LinkDown", "LinkUp"], await device.KeysAsync());
    }

    [Fact]
    public async Task FeedOff_ProcessComesBack_StillOff()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await SetAsync(fleet, device, "feeds/A", """{"on":false}""");

        await fleet.RestartAsync();

        var again = await fleet.DeviceAsync();
        Assert.False((bool)again.Description["feeds"]!["A"]!);
        Assert.Equal("LossOfInput", (string?)(await again.GetAsync("/redfish/v1/Chassis/hsm/PowerSubsystem/PowerSupplies/Psu1"))["LineInputStatus"]);
    }

    [Fact]
    public async Task Connections_OobAndManagement_AreCounted()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        await device.GetAsync(TestDevice.System);
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, (int)device.Description["managementPort"]!, TestFleet.Cancel);

        await Eventually.TrueAsync(async () =>
        {
            var counts = (await fleet.Control.GetFromJsonAsync<JsonObject>($"/devices/{device.Serial}/connections", TestFleet.Cancel))!;
            return (long)counts["oob"]! == 1 && (long)counts["management"]! == 1 && (long)counts["host"]! == 0 && (long)counts["hostTls"]! == 0;
        });
    }

    private static async Task<bool> AnswersAsync(TestDevice device)
    {
        try
        {
            await device.GetAsync(TestDevice.System);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task SetAsync(TestFleet fleet, TestDevice device, string route, string json)
    {
        using var answer = await fleet.Control.PostAsync(
            $"/racks/{device.Description["rack"]}/{route}", new StringContent(json, Encoding.UTF8, "application/json"), TestFleet.Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
