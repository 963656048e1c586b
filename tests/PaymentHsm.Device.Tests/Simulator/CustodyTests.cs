using System.Net;
using System.Text;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator;

public sealed class CustodyTests
{
    private const string Allocation = "alloc-7f3a";

    [Fact]
    public async Task HandOver_Released_AdministratorIsOutAndStaysOut()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var session = await LogInAsync(device);
        var token = Assert.Single(session.Headers.GetValues("X-Auth-Token"));

        using var answer = await device.HandOverAsync(Allocation, Guid.NewGuid());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var client = device.Anonymous();
        client.DefaultRequestHeaders.Add("X-Auth-Token", token);
        using var ended = await client.GetAsync("/redfish/v1/Systems", TestFleet.Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        using var refused = await LogInAsync(device);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var oem = (await device.GetAsync(TestDevice.System))["Oem"]!["PaymentHsm"]!;
        Assert.Equal(("InCustody", Allocation, "Disabled"), ((string?)oem["CommissionState"], (string?)oem["AllocationId"], (string?)oem["AdminAccess"]));
        Assert.Equal(["RestartCompleted", "DeviceHandedOver", "AdminAccessDisabled"], await device.KeysAsync());

        await fleet.RestartAsync();
        using var stillRefused = await LogInAsync(await fleet.DeviceAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, stillRefused.StatusCode);
    }

    [Fact]
    public async Task HandOver_SameOperationAgain_TellsTheSame()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.ConformanceMode = true);
        var device = await fleet.DeviceAsync();
        var operation = Guid.NewGuid();
        using var first = await device.HandOverAsync(Allocation, operation);

        using var same = await device.HandOverAsync(Allocation, operation);
        using var other = await device.HandOverAsync("alloc-9999", operation);
        using var late = await device.HandOverAsync("alloc-9999", Guid.NewGuid());

        Assert.Equal(await first.Content.ReadAsStringAsync(TestFleet.Cancel), await same.Content.ReadAsStringAsync(TestFleet.Cancel));
        Assert.Equal((HttpStatusCode.Conflict, "OperationIdConflict"), await RefusalAsync(other));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(3, (await device.KeysAsync()).Count);
    }

    [Fact]
    public async Task Release_Commissioned_ErasesAndReturnsAdministrators()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var handedOver = await device.HandOverAsync(Allocation, Guid.NewGuid());
        using var commissioned = await device.ControlAsync("commission");
        Assert.True((bool)(await device.GetAsync(TestDevice.System))["Oem"]!["PaymentHsm"]!["CustomerContentPresent"]!);

        using var released = await device.ControlAsync("release");

        Assert.Equal(HttpStatusCode.OK, released.StatusCode);
        var oem = (await device.UntilCommissionAsync("Released"))["Oem"]!["PaymentHsm"]!;
        Assert.Null(oem["AllocationId"]);
        Assert.False((bool)oem["CustomerContentPresent"]!);
        Assert.Equal("CustomerRelease", (string?)oem["LastErase"]!["Cause"]);
        using var session = await LogInAsync(device);
        Assert.Equal(HttpStatusCode.Created, session.StatusCode);
        Assert.Equal(["RestartCompleted", "DeviceHandedOver", "AdminAccessDisabled", "DeviceCommissioned", "DeviceReleased", "AdminAccessEnabled"], await device.KeysAsync());
    }

    [Fact]
    public async Task Release_AlreadyReleased_IsAProblem()
    {
        await using var fleet = await TestFleet.StartAsync();

        using var answer = await (await fleet.DeviceAsync()).ControlAsync("release");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Reclaim_Checks_ComeInTheOrderOfTheProfile()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        var operation = Guid.NewGuid();

        using var released = await device.ReclaimAsync(Allocation, operation);
        Assert.Equal((HttpStatusCode.Conflict, "AlreadyReleased"), await RefusalAsync(released));

        using var handedOver = await device.HandOverAsync(Allocation, Guid.NewGuid());
        using var mismatch = await device.ReclaimAsync("alloc-other", operation);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "AllocationMismatch"), await RefusalAsync(mismatch));

        using var accepted = await device.ReclaimAsync(Allocation, operation);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        using var busy = await device.ReclaimAsync("alloc-other", Guid.NewGuid());
        Assert.Equal((HttpStatusCode.Conflict, "ResourceInUse"), await RefusalAsync(busy));
        using var conflict = await device.ReclaimAsync(Allocation, operation, "FD-2026-9999");
        Assert.Equal((HttpStatusCode.Conflict, "OperationIdConflict"), await RefusalAsync(conflict));

        await device.UntilCommissionAsync("Released");
        using var again = await device.ReclaimAsync(Allocation, operation);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal(accepted.Headers.Location, again.Headers.Location);
        Assert.Single(await device.KeysAsync(), k => k == "ReclaimAccepted");
    }

    [Fact]
    public async Task Reclaim_RunsThrough_LogAndRecordProveIt()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        var operation = Guid.NewGuid();
        using var handedOver = await device.HandOverAsync(Allocation, Guid.NewGuid());
        using var commissioned = await device.ControlAsync("commission");

        using var accepted = await device.ReclaimAsync(Allocation, operation);

        var oem = (await device.UntilCommissionAsync("Released"))["Oem"]!["PaymentHsm"]!;
        Assert.Equal(operation.ToString(), (string?)oem["LastErase"]!["OperationId"]);
        Assert.True((bool)oem["LastErase"]!["Verified"]!);
        var keys = await device.KeysAsync();
        Assert.Equal(
            ["ReclaimAccepted", "ReleaseIssued", "CustomerContentErased", "RestartStarted", "RestartCompleted", "AdminAccessEnabled", "ReclaimCompleted"],
            keys.Skip(4).Where(k => !k.StartsWith("Link", StringComparison.Ordinal)));
        var record = await device.GetAsync($"{TestDevice.System}/Oem/PaymentHsm/Operations/{operation}");
        Assert.Equal(("Succeeded", "PaymentHsm.1.0.ReclaimCompleted"), ((string?)record["State"], (string?)record["ResultMessageId"]));
        Assert.Equal("Done", (string?)(await device.GetAsync("/redfish/v1/TaskService/Tasks/1"))["Oem"]!["PaymentHsm"]!["Phase"]);
        Assert.Equal(2, (long)(await fleet.DeviceAsync()).Description["bootId"]!);
    }

    [Fact]
    public async Task Reclaim_Failing_EraseFailedAndAdministratorsStayOut()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var handedOver = await device.HandOverAsync(Allocation, Guid.NewGuid());
        await device.FaultAsync("""{"kind":"TaskException"}""");

        using var accepted = await device.ReclaimAsync(Allocation, Guid.NewGuid());

        var oem = (await device.UntilCommissionAsync("EraseFailed"))["Oem"]!["PaymentHsm"]!;
        Assert.Equal("Disabled", (string?)oem["AdminAccess"]);
        Assert.False((bool)oem["LastErase"]!["Verified"]!);
        Assert.Equal("ReclaimFailed", (await device.KeysAsync())[^1]);
        Assert.Equal("Exception", (string?)(await device.GetAsync("/redfish/v1/TaskService/Tasks/1"))["TaskState"]);

        await device.LiftFaultsAsync();
        using var second = await device.ReclaimAsync(Allocation, Guid.NewGuid());
        await device.UntilCommissionAsync("Released");
    }

    [Fact]
    public async Task Reclaim_PowerLostMeanwhile_GoesOnAfterItReturns()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.RestartTime = TimeSpan.FromSeconds(1));
        var device = await fleet.DeviceAsync();
        var operation = Guid.NewGuid();
        using var handedOver = await device.HandOverAsync(Allocation, Guid.NewGuid());
        using var accepted = await device.ReclaimAsync(Allocation, operation);

        using var cycled = await device.ControlAsync("power-cycle");

        var oem = (await device.UntilCommissionAsync("Released"))["Oem"]!["PaymentHsm"]!;
        Assert.Equal(operation.ToString(), (string?)oem["LastErase"]!["OperationId"]);
        Assert.Single(await device.KeysAsync(), k => k == "ReclaimCompleted");
    }

    private static async Task<HttpResponseMessage> LogInAsync(TestDevice device)
    {
        using var client = device.Anonymous();
        return await client.PostAsync(
            "/redfish/v1/SessionService/Sessions",
            new StringContent($$"""{"UserName":"oob-admin","Password":"{{device.Password("admin")}}"}""", Encoding.UTF8, "application/json"),
            TestFleet.Cancel);
    }

    private static async Task<(HttpStatusCode Status, string Key)> RefusalAsync(HttpResponseMessage answer)
    {
        var body = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestFleet.Cancel))!;
        return (answer.StatusCode, ((string)body["error"]!["code"]!).Split('.')[^1]);
    }
}
