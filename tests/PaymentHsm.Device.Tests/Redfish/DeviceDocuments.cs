using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>A healthy device, as OOB-PROFILE 4 to 7 show it.</summary>
internal static class DeviceDocuments
{
    public const string Sessions = "/redfish/v1/SessionService/Sessions";
    public const string System = "/redfish/v1/Systems/hsm";
    public const string Chassis = "/redfish/v1/Chassis/hsm";
    public const string Reset = System + "/Actions/ComputerSystem.Reset";
    public const string Reclaim = System + "/Actions/Oem/PaymentHsm.Reclaim";
    public const string SetLicence = System + "/Actions/Oem/PaymentHsm.SetLicence";
    public const string RemoveCertificates = System + "/Actions/Oem/PaymentHsm.RemoveCertificates";
    public const string SimpleUpdate = "/redfish/v1/UpdateService/Actions/UpdateService.SimpleUpdate";
    public const string Operations = System + "/Oem/PaymentHsm/Operations";
    public const string AdminAccount = "/redfish/v1/AccountService/Accounts/1";
    public const string HandOver = System + "/Actions/Oem/PaymentHsm.HandOver";
    public const string Entries = System + "/LogServices/ServiceAudit/Entries";
    public const string Sse = "/redfish/v1/EventService/SSE";
    public const string Fan1 = Chassis + "/ThermalSubsystem/Fans/Fan1";
    public const string IntakeTemp = Chassis + "/Sensors/IntakeTemp";
    public const string Psu1 = Chassis + "/PowerSubsystem/PowerSupplies/Psu1";
    public const string Host1 = System + "/EthernetInterfaces/HOST1";
    public const string Switch = "/redfish/v1/Fabrics/tor/Switches/tor";

    public static readonly HsmSerial Serial = HsmSerial.Parse("A4665271234F");
    public static readonly Guid ServiceId = Guid.Parse("6d1f2f3e-5b1c-4c7e-9a10-000000000001");

    public static Dictionary<string, string> Accounts => new() { ["oob-monitor"] = "m", ["oob-operator"] = "o", ["oob-reclaim"] = "r", ["oob-admin"] = "a" };

    public static ConcurrentDictionary<string, string> Healthy()
    {
        var all = new ConcurrentDictionary<string, string>
        {
            ["/redfish/v1/"] = $$"""
                {"@odata.id":"/redfish/v1/","UUID":"{{ServiceId}}","Systems":{"@odata.id":"/redfish/v1/Systems"},"Chassis":{"@odata.id":"/redfish/v1/Chassis"},
                 "Managers":{"@odata.id":"/redfish/v1/Managers"},"EventService":{"@odata.id":"/redfish/v1/EventService"},"SessionService":{"@odata.id":"/redfish/v1/SessionService"},
                 "UpdateService":{"@odata.id":"/redfish/v1/UpdateService"},"AccountService":{"@odata.id":"/redfish/v1/AccountService"},"Links":{"Sessions":{"@odata.id":"{{Sessions}}"} } }
                """,
            [System] = $$"""
                {"SerialNumber":"{{Serial}}","PowerState":"On","Status":{"State":"Enabled","Health":"OK"},"LastResetTime":"2026-11-20T03:10:00Z","BootProgress":{"LastState":"OSRunning"},
                 "EthernetInterfaces":{"@odata.id":"{{System}}/EthernetInterfaces"},"LogServices":{"@odata.id":"{{System}}/LogServices"},
                 "Links":{"Chassis":[{"@odata.id":"{{Chassis}}"}],"ManagedBy":[{"@odata.id":"/redfish/v1/Managers/oob"}]},
                 "Actions":{"#ComputerSystem.Reset":{"target":"{{Reset}}","ResetType@Redfish.AllowableValues":["GracefulRestart"]},"Oem":{"#PaymentHsm.HandOver":{"target":"{{HandOver}}"},"#PaymentHsm.Reclaim":{"target":"{{Reclaim}}"},
                  "#PaymentHsm.SetLicence":{"target":"{{SetLicence}}"},"#PaymentHsm.RemoveCertificates":{"target":"{{RemoveCertificates}}"} } },
                 "Oem":{"PaymentHsm":{"CommissionState":"Commissioned","AllocationId":"alloc-7f3a","AdminAccess":"Disabled","CustomerContentPresent":true,"LastErase":null,"Tamper":{"Latched":false},
                  "Licence":{"CallsPerSecond":250,"LmkCount":2,"Features":["Data Protection","Hosted HSM"]},"Content":null,"Operations":{"@odata.id":"{{Operations}}"} } } }
                """,
            [Chassis] = $$"""
                {"Status":{"State":"Enabled","Health":"OK"},"PhysicalSecurity":{"IntrusionSensor":"Normal"},"ThermalSubsystem":{"@odata.id":"{{Chassis}}/ThermalSubsystem"},
                 "PowerSubsystem":{"@odata.id":"{{Chassis}}/PowerSubsystem"},"Sensors":{"@odata.id":"{{Chassis}}/Sensors"} }
                """,
            [Chassis + "/ThermalSubsystem"] = $$"""{"Fans":{"@odata.id":"{{Chassis}}/ThermalSubsystem/Fans"},"ThermalMetrics":{"@odata.id":"{{Chassis}}/ThermalSubsystem/ThermalMetrics"} }""",
            [Chassis + "/PowerSubsystem"] = $$"""{"PowerSupplies":{"@odata.id":"{{Chassis}}/PowerSubsystem/PowerSupplies"} }""",
            ["/redfish/v1/Managers/oob"] = """{"DateTime":"2026-11-23T17:24:20Z"}""",
            [System + "/LogServices/ServiceAudit"] = $$"""{"Entries":{"@odata.id":"{{Entries}}"} }""",
            ["/redfish/v1/EventService"] = $$"""{"ServerSentEventUri":"{{Sse}}"}""",
            ["/redfish/v1/UpdateService"] = $$"""
                {"FirmwareInventory":{"@odata.id":"/redfish/v1/UpdateService/FirmwareInventory"},"Actions":{"#UpdateService.SimpleUpdate":{"target":"{{SimpleUpdate}}"} } }
                """,
            ["/redfish/v1/AccountService"] = """{"Accounts":{"@odata.id":"/redfish/v1/AccountService/Accounts"} }""",
            [AdminAccount] = """{"UserName":"oob-admin","Password":null}""",
            ["/redfish/v1/AccountService/Accounts/2"] = """{"UserName":"oob-operator","Password":null}""",
            ["/redfish/v1/UpdateService/FirmwareInventory/HsmBase"] = """{"Version":"1500-0039"}""",
            [Switch] = """{"Status":{"State":"Enabled","Health":"OK"} }""",
            [Entries] = Log(Entry(1, "DeviceCommissioned", 17), Entry(2, "AdminAccessDisabled", 17)),
            [Chassis + "/Sensors/InternalTemp"] = """{"Reading":38.0,"ReadingUnits":"Cel","Status":{"Health":"OK"} }""",
            [IntakeTemp] = """{"Reading":23.5,"ReadingUnits":"Cel","Thresholds":{"UpperCaution":{"Reading":40},"UpperCritical":{"Reading":45}},"Status":{"State":"Enabled","Health":"OK"} }""",
        };
        foreach (var n in new[] { "1", "2" })
        {
            all[$"{Chassis}/ThermalSubsystem/Fans/Fan{n}"] = """{"SpeedPercent":{"Reading":42},"Status":{"State":"Enabled","Health":"OK"} }""";
            all[$"{Chassis}/PowerSubsystem/PowerSupplies/Psu{n}"] = """{"LineInputStatus":"Normal","Status":{"State":"Enabled","Health":"OK"} }""";
            all[$"{Chassis}/Sensors/Psu{n}Input"] = """{"Reading":230.5,"ReadingUnits":"V"}""";
        }

        foreach (var port in new[] { "HOST1", "HOST2", "MGMT" })
        {
            all[$"{System}/EthernetInterfaces/{port}"] = """{"LinkStatus":"LinkUp","Status":{"State":"Enabled","Health":"OK"} }""";
        }

        foreach (var collection in new[]
        {
            "/redfish/v1/Systems", "/redfish/v1/UpdateService/FirmwareInventory", "/redfish/v1/AccountService/Accounts", System + "/EthernetInterfaces", System + "/LogServices",
            Chassis + "/Sensors", Chassis + "/ThermalSubsystem/Fans", Chassis + "/PowerSubsystem/PowerSupplies",
        })
        {
            var members = all.Keys.Where(key => key.StartsWith(collection + "/", StringComparison.Ordinal) && !key[(collection.Length + 1)..].Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            all[collection] = $$"""{"Members":[{{string.Join(',', members.Select(member => $$"""{"@odata.id":"{{member}}"}"""))}}]}""";
        }

        return all;
    }

    /// <summary>A Reclaim's record, as the controller keeps it.</summary>
    public static string Record(Guid operation, string state) => $$"""
        {"Id":"{{operation}}","Action":"#PaymentHsm.Reclaim","AllocationId":"alloc-7f3a","State":"{{state}}","AcceptedAt":"2026-11-23T17:19:06Z","CompletedAt":null,
         "ResultMessageId":"PaymentHsm.1.0.Reclaim{{state}}","Task":{"@odata.id":"/redfish/v1/TaskService/Tasks/1"} }
        """;

    public static string Log(params string[] entries) => $"[{string.Join(',', entries)}]";

    public static string Entry(long id, string key, long boot, Guid? operation = null, string user = "oob-operator") => $$"""
        {"Id":"{{id}}","Created":"2026-11-23T17:20:30Z","MessageId":"PaymentHsm.1.0.{{key}}","MessageArgs":["1","{{user}}"],"Username":"{{user}}",
         "Oem":{"PaymentHsm":{"OperationId":{{(operation is { } known ? $"\"{known}\"" : "null")}},"AllocationId":null,"BootId":{{boot}} } } }
        """;

    /// <summary>One page of a log kept as a plain array.</summary>
    public static string EntriesPage(string log, string target)
    {
        var entries = JsonNode.Parse(log)!.AsArray();
        int Of(string name, int otherwise) => target.Split('?', '&').FirstOrDefault(part => part.StartsWith(name + "=", StringComparison.Ordinal)) is { } found
            ? int.Parse(found[(name.Length + 1)..], CultureInfo.InvariantCulture)
            : otherwise;
        var page = entries.Skip(Of("$skip", 0)).Take(Of("$top", int.MaxValue)).Select(entry => entry!.ToJsonString());
        return $$"""{"Members@odata.count":{{entries.Count}},"Members":[{{string.Join(',', page)}}]}""";
    }
}
