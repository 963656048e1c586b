using System.Net;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator;

public sealed class ResourceTests
{
    /// <summary>Every link of every resource leads somewhere, every resource says where and what it is: what the conformance checkers walk.</summary>
    [Fact]
    public async Task EveryLink_FromTheRoot_LeadsToAResource()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using (await device.RestartAsync(Guid.NewGuid()))
        {
            await device.UntilAsync("/redfish/v1/TaskService/Tasks/1", t => (string?)t["TaskState"] == "Completed");
        }

        using var client = device.As("admin");
        var seen = await CrawlAsync(client);

        Assert.True(seen.Count > 60, $"{seen.Count} resources");
        Assert.Contains("/redfish/v1/Chassis/hsm/Sensors/TotalPower", seen);
        Assert.Contains("/redfish/v1/Systems/hsm/LogServices/ServiceAudit/Entries/2", seen);
        Assert.Contains("/redfish/v1/TaskService/Tasks/1", seen);
    }

    /// <summary>What a device says of itself in the extension, and what it can be asked there, is what the schema file that it serves declares: member by member.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Extension_IsDeclaredInItsSchema(bool commissioned)
    {
        await using var fleet = await TestFleet.StartAsync(o => o.ConformanceMode = true);
        var device = await fleet.DeviceAsync();
        if (commissioned)
        {
            using var handedOver = await device.HandOverAsync("alloc-7f3a", Guid.NewGuid());
            using var set = await device.ControlAsync("commission");
        }

        using var client = device.As("monitor");
        client.DefaultRequestHeaders.Accept.ParseAdd("application/xml");
        var schema = System.Xml.Linq.XDocument.Parse(await client.GetStringAsync("/redfish/v1/Schemas/PaymentHsm_v1.xml", TestFleet.Cancel));
        var types = schema.Descendants().Where(e => e.Name.LocalName == "ComplexType").ToDictionary(
            e => "PaymentHsm.v1_0_0." + (string)e.Attribute("Name")!,
            e => e.Elements().Where(m => m.Name.LocalName is "Property" or "NavigationProperty").ToDictionary(m => (string)m.Attribute("Name")!, m => (string)m.Attribute("Type")!));

        void Check(string type, JsonObject body)
        {
            Assert.Equal(types[type].Keys.Order(), body.Select(m => m.Key).Where(k => !k.StartsWith('@')).Order());
            foreach (var (name, value) in body.Where(m => m.Value is JsonObject && types[type].GetValueOrDefault(m.Key) is { } inner && types.ContainsKey(inner)))
            {
                Check(types[type][name], value!.AsObject());
            }
        }

        var system = await device.GetAsync(TestDevice.System);
        Check("PaymentHsm.v1_0_0.ComputerSystem", system["Oem"]!["PaymentHsm"]!.AsObject());
        Assert.Equal(
            schema.Descendants().Where(e => e.Name.LocalName == "Action").Select(e => "#PaymentHsm." + (string)e.Attribute("Name")!).Order(),
            system["Actions"]!["Oem"]!.AsObject().Select(a => a.Key).Order());
        foreach (var entry in (await device.GetAsync(TestDevice.Entries))["Members"]!.AsArray())
        {
            Check("PaymentHsm.v1_0_0.LogEntry", entry!["Oem"]!["PaymentHsm"]!.AsObject());
        }
    }

    [Theory]
    [InlineData("switch")]
    [InlineData("pdu")]
    public async Task EveryLink_OfRackEquipment_LeadsToAResource(string equipment)
    {
        await using var fleet = await TestFleet.StartAsync(o => o.Devices = 8);
        var device = await fleet.DeviceAsync();
        using var client = device.Equipment(equipment);

        var seen = await CrawlAsync(client);

        Assert.Contains(equipment == "switch" ? "/redfish/v1/Fabrics/tor/Switches/tor/Ports/8" : "/redfish/v1/PowerEquipment/RackPDUs/B/Outlets/2", seen);
    }

    [Fact]
    public async Task System_Released_ShowsTheProfilesMembers()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();

        var system = await device.GetAsync(TestDevice.System);

        Assert.Equal(device.Serial, (string?)system["SerialNumber"]);
        Assert.Equal("On", (string?)system["PowerState"]);
        var oem = system["Oem"]!["PaymentHsm"]!;
        Assert.Equal("Released", (string?)oem["CommissionState"]);
        Assert.Null(oem["AllocationId"]);
        Assert.Equal("Enabled", (string?)oem["AdminAccess"]);
        Assert.False((bool)oem["CustomerContentPresent"]!);
        Assert.Equal((string?)device.Description["serviceUuid"], (string?)(await device.GetAsync("/redfish/v1/"))["UUID"]);
    }

    [Fact]
    public async Task Sensor_SetByHand_ShowsValueAndHealthEverywhere()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();

        using var set = await device.ControlAsync("sensors/IntakeTemp", """{"reading":47.5}""");

        var sensor = await device.GetAsync("/redfish/v1/Chassis/hsm/Sensors/IntakeTemp");
        Assert.Equal(47.5, (double)sensor["Reading"]!);
        Assert.Equal("Critical", (string?)sensor["Status"]!["Health"]);
        var metrics = await device.GetAsync("/redfish/v1/Chassis/hsm/ThermalSubsystem/ThermalMetrics");
        Assert.Equal(47.5, (double)metrics["TemperatureSummaryCelsius"]!["Intake"]!["Reading"]!);
        Assert.Equal("Critical", (string?)(await device.GetAsync("/redfish/v1/Chassis/hsm"))["Status"]!["Health"]);

        using var normal = await fleet.Control.DeleteAsync($"/devices/{device.Serial}/sensors/IntakeTemp", TestFleet.Cancel);
        sensor = await device.GetAsync("/redfish/v1/Chassis/hsm/Sensors/IntakeTemp");
        Assert.Equal("OK", (string?)sensor["Status"]!["Health"]);
    }

    [Fact]
    public async Task Sensor_Lost_ReadingIsNullNotZero()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();

        using var set = await device.ControlAsync("sensors/Fan1", """{"reading":null}""");

        var fan = await device.GetAsync("/redfish/v1/Chassis/hsm/ThermalSubsystem/Fans/Fan1");
        Assert.True(fan["SpeedPercent"]!.AsObject().ContainsKey("Reading"));
        Assert.Null(fan["SpeedPercent"]!["Reading"]);
    }

    [Fact]
    public async Task Tamper_Latched_StaysThroughARestartOfTheProcess()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        using var tampered = await device.ControlAsync("tamper");

        await fleet.RestartAsync();

        var again = await fleet.DeviceAsync();
        var chassis = await again.GetAsync("/redfish/v1/Chassis/hsm");
        Assert.Equal("TamperingDetected", (string?)chassis["PhysicalSecurity"]!["IntrusionSensor"]);
        Assert.Equal("PaymentHsm.1.0.TamperDetected", (string?)chassis["Status"]!["Conditions"]![0]!["MessageId"]);
        var system = await again.GetAsync(TestDevice.System);
        Assert.Equal("Critical", (string?)system["Status"]!["Health"]);
        Assert.True((bool)system["Oem"]!["PaymentHsm"]!["Tamper"]!["Latched"]!);

        using var cleared = await fleet.Control.DeleteAsync($"/devices/{device.Serial}/tamper", TestFleet.Cancel);
        Assert.Equal("Normal", (string?)(await again.GetAsync("/redfish/v1/Chassis/hsm"))["PhysicalSecurity"]!["IntrusionSensor"]);
        Assert.Equal(["RestartCompleted", "TamperDetected", "TamperCleared"], await again.KeysAsync());
    }

    [Fact]
    public async Task Link_CableOut_NoLinkAndLogged()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();

        using var pulled = await device.ControlAsync("links/HOST2", """{"up":false}""");

        var port = await device.GetAsync("/redfish/v1/Systems/hsm/EthernetInterfaces/HOST2");
        Assert.Equal("NoLink", (string?)port["LinkStatus"]);
        Assert.Null(port["SpeedMbps"]);
        Assert.Equal("Warning", (string?)port["Status"]!["Health"]);
        Assert.Equal("LinkUp", (string?)(await device.GetAsync("/redfish/v1/Systems/hsm/EthernetInterfaces/HOST1"))["LinkStatus"]);
        Assert.Equal(["RestartCompleted", "LinkDown"], await device.KeysAsync());
    }

    [Fact]
    public async Task Entries_Paged_EveryEntryOnceInOrder()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();
        for (var i = 0; i < 4; i++)
        {
            using var moved = await device.ControlAsync("links/HOST1", $$"""{"up":{{(i % 2 == 1 ? "true" : "false")}}}""");
        }

        var page = await device.GetAsync(TestDevice.Entries + "?$skip=1&$top=2");

        Assert.Equal(5, (int)page["Members@odata.count"]!);
        Assert.Equal(["2", "3"], page["Members"]!.AsArray().Select(m => (string)m!["Id"]!));
        var sensors = await device.GetAsync("/redfish/v1/Chassis/hsm/Sensors?$top=3&$skip=5");
        Assert.Equal(7, (int)sensors["Members@odata.count"]!);
        Assert.Equal(2, sensors["Members"]!.AsArray().Count);
    }

    [Fact]
    public async Task Firmware_UpdatedWhileReleased_RaisesTheVersionByARestart()
    {
        await using var fleet = await TestFleet.StartAsync();
        var device = await fleet.DeviceAsync();

        using var answer = await device.PostAsync("admin", "/redfish/v1/UpdateService/Actions/UpdateService.SimpleUpdate", """{"ImageURI":"https://images.invalid/payshield-2.3a.bin"}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await device.UntilAsync("/redfish/v1/TaskService/Tasks/1", t => (string?)t["TaskState"] == "Completed");
        Assert.Equal("2.3a", (string?)(await device.GetAsync("/redfish/v1/UpdateService/FirmwareInventory/HsmBase"))["Version"]);
    }

    [Fact]
    public async Task ManagerReset_ControllerGoesAndComesBack_TheHsmDoesNotRestart()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.RestartTime = TimeSpan.FromSeconds(1));
        var device = await fleet.DeviceAsync();

        using var answer = await device.PostAsync("operator", "/redfish/v1/Managers/oob/Actions/Manager.Reset", """{"ResetType":"GracefulRestart"}""");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
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
        await device.UntilAsync(TestDevice.System, _ => true);
        Assert.Equal(["RestartCompleted"], await device.KeysAsync());
    }

    private static async Task<HashSet<string>> CrawlAsync(HttpClient client)
    {
        var (seen, open) = (new HashSet<string>(), new Queue<string>(["/redfish/v1/"]));
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path))
            {
                continue;
            }

            using var answer = await client.GetAsync(path, TestFleet.Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestFleet.Cancel))!.AsObject();
            Assert.True(body.ContainsKey("@odata.type"), path);
            if (body.ContainsKey("@odata.id"))
            {
                Assert.Equal(path, (string?)body["@odata.id"]);
            }

            Collect(body, open);
        }

        return seen;
    }

    private static void Collect(JsonNode? node, Queue<string> open)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    Collect(item, open);
                }

                break;
            case JsonObject body:
                foreach (var (name, value) in body)
                {
                    if (name is "@odata.id" or "DataSourceUri" or "Uri")
                    {
                        // A member of an array is at a fragment of its resource.
                        open.Enqueue(((string)value!).Split('#')[0]);
                    }

                    Collect(value, open);
                }

                break;
        }
    }
}
