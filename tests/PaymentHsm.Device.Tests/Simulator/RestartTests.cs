using System.Net;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator;

public sealed class RestartTests
{
    [Fact]
    public async Task Reset_Running_RestartsWithLogAndNewBoot()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        var operation = Guid.NewGuid();

        using var answer = await device.RestartAsync(operation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("/redfish/v1/TaskService/TaskMonitors/1", answer.Headers.Location!.ToString());
        var task = await device.UntilAsync("/redfish/v1/TaskService/Tasks/1", t => (string?)t["TaskState"] == "Completed");
        Assert.Equal("OK", (string?)task["TaskStatus"]);
        Assert.Equal(
            ["RestartCompleted", "RestartRequested", "RestartStarted", "LinkDown", "LinkDown", "LinkDown", "LinkUp", "LinkUp", "LinkUp", "RestartCompleted"],
            await device.KeysAsync());
        var last = (await device.GetAsync(TestDevice.Entries))["Members"]!.AsArray()[^1]!;
        Assert.Equal(2, (long)last["Oem"]!["PaymentHsm"]!["BootId"]!);
        Assert.Equal(operation.ToString(), (string?)last["Oem"]!["PaymentHsm"]!["OperationId"]);
        Assert.Equal(["2", "ManagementCommand"], last["MessageArgs"]!.AsArray().Select(a => (string)a!));
        var system = await device.GetAsync(TestDevice.System);
        Assert.Equal("OSRunning", (string?)system["BootProgress"]!["LastState"]);
        Assert.Equal("ManagementCommand", (string?)system["LastResetCause"]);
    }

    [Fact]
    public async Task Reset_SameOperationAgain_SameAnswerAndNoSecondRestart()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        var operation = Guid.NewGuid();
        using var first = await device.RestartAsync(operation);
        await device.UntilAsync("/redfish/v1/TaskService/Tasks/1", t => (string?)t["TaskState"] == "Completed");

        using var second = await device.RestartAsync(operation);

        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        var restarts = JsonNode.Parse(await fleet.Control.GetStringAsync($"/devices/{device.Serial}/restarts", TestFleet.Cancel))!;
        Assert.Equal(1, (int)restarts["count"]!);
        Assert.Equal(operation.ToString(), (string?)restarts["operations"]!.AsArray().Single());
    }

    [Fact]
    public async Task Reset_WhileRestarting_IsRefusedAsBusy()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.RestartTime = TimeSpan.FromMinutes(5));
        var device = await fleet.DeviceAsync();
        using var first = await device.RestartAsync(Guid.NewGuid());

        using var second = await device.RestartAsync(Guid.NewGuid());

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var error = JsonNode.Parse(await second.Content.ReadAsStringAsync(TestFleet.Cancel))!["error"]!;
        Assert.Equal("Base.1.19.ResourceInUse", (string?)error["code"]);
        Assert.Equal("Base.1.19.ResourceInUse", (string?)error["@Message.ExtendedInfo"]![0]!["MessageId"]);
    }

    [Fact]
    public async Task Reset_HardLocked_TaskEndsInExceptionAndNoBoot()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var locked = await device.ControlAsync("hard-lock");

        using var answer = await device.RestartAsync(Guid.NewGuid());

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var task = await device.UntilAsync("/redfish/v1/TaskService/Tasks/1", t => (string?)t["TaskState"] == "Exception");
        Assert.Equal("Critical", (string?)task["TaskStatus"]);
        Assert.Equal(["RestartCompleted", "RestartRequested", "RestartFailed"], await device.KeysAsync());
        Assert.Equal("Critical", (string?)(await device.GetAsync(TestDevice.System))["Status"]!["Health"]);
    }

    [Fact]
    public async Task Reset_OtherType_IsRefused()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();

        using var answer = await device.PostAsync("operator", TestDevice.Reset, """{"ResetType":"ForceOff"}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("ActionParameterValueNotInList", await answer.Content.ReadAsStringAsync(TestFleet.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_ProcessDiesMeanwhile_CompletesAfterItComesBackOnTheSamePorts()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.RestartTime = TimeSpan.FromSeconds(1.5));
        var device = await fleet.DeviceAsync();
        var operation = Guid.NewGuid();
        using var answer = await device.RestartAsync(operation);

        await fleet.RestartAsync();

        var again = await fleet.DeviceAsync();
        foreach (var seen in new[] { device, again })
        {
            // A slow machine may see the new boot already.
            seen.Description.Remove("bootId");
        }

        Assert.Equal(device.Description.ToJsonString(), again.Description.ToJsonString());
        await again.UntilAsync("/redfish/v1/TaskService/Tasks/1", t => (string?)t["TaskState"] == "Completed");
        var keys = await again.KeysAsync();
        Assert.Single(keys, k => k == "RestartRequested");
        Assert.Equal("RestartCompleted", keys[^1]);
        using var repeated = await again.RestartAsync(operation);
        Assert.Equal(answer.Headers.Location, repeated.Headers.Location);
        Assert.Equal(keys.Count, (await again.KeysAsync()).Count);
    }

    [Fact]
    public async Task PowerCycle_Running_NewBootWithoutRequest()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();

        using var cycled = await device.ControlAsync("power-cycle");

        Assert.Equal(HttpStatusCode.OK, cycled.StatusCode);
        var system = await device.UntilAsync(TestDevice.System, s => (string?)s["LastResetCause"] == "PowerEvent");
        Assert.Equal("OSRunning", (string?)system["BootProgress"]!["LastState"]);
        Assert.Equal(["RestartCompleted", "RestartCompleted"], await device.KeysAsync());
    }
}
