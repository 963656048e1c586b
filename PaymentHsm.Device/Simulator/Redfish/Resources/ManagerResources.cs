using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>The out-of-band controller itself, the service root and firmware.</summary>
internal static class ManagerResources
{
    private const string Root = "/redfish/v1/Managers/oob";
    private const string Inventory = "/redfish/v1/UpdateService/FirmwareInventory";

    public static RouteTable<DeviceSide> AddManager(this RouteTable<DeviceSide> routes) => routes
        .Read("/redfish/v1", (side, _) => ServiceRoot(side.Hsm.Identity), Privilege.None)
        .Read("/redfish/v1/Managers", (_, _) => Json.Collection("/redfish/v1/Managers", "ManagerCollection", "Managers", ["oob"]))
        .Read(Root, (side, _) => Body(side.Hsm))
        .Read(Root + "/NetworkProtocol", (side, _) => NetworkProtocol(side.Hsm.Identity))
        .Read("/redfish/v1/UpdateService", (_, _) => UpdateService())
        .Read(Inventory, (_, _) => Json.Collection(Inventory, "SoftwareInventoryCollection", "Firmware", ["HsmBase", "OobController"]))
        .Read(Inventory + "/HsmBase", (side, _) => Software("HsmBase", "HSM base firmware", side.Hsm.State.Base, "/redfish/v1/Systems/hsm", updateable: true))
        .Read(Inventory + "/OobController", (side, _) => Software("OobController", "OOB controller firmware", side.Hsm.State.ControllerVersion, Root, updateable: false));

    private static JsonObject ServiceRoot(DeviceIdentity device)
    {
        var body = Json.Resource("/redfish/v1/", "ServiceRoot.v1_20_0.ServiceRoot", "RootService", "HSM OOB service");
        body["RedfishVersion"] = ServiceResources.RedfishVersion;
        body["UUID"] = device.ServiceUuid.ToString();
        body["Vendor"] = "PaymentHsm";
        body["Product"] = "Payment HSM OOB controller";
        body["ProtocolFeaturesSupported"] = ProtocolFeatures.Body();
        foreach (var name in new[] { "Systems", "Chassis", "Managers", "EventService", "SessionService", "AccountService", "UpdateService", "Registries" })
        {
            body[name] = Json.Ref("/redfish/v1/" + name);
        }

        body["Tasks"] = Json.Ref("/redfish/v1/TaskService");
        body["Links"] = new JsonObject
        {
            ["Sessions"] = Json.Ref("/redfish/v1/SessionService/Sessions"),
            ["ManagerProvidingService"] = Json.Ref(Root),
        };
        return body;
    }

    private static JsonObject Body(SimulatedHsm hsm)
    {
        var body = Json.Resource(Root, "Manager.v1_24_0.Manager", "oob", "OOB controller");
        body["ManagerType"] = "ManagementController";
        body["Manufacturer"] = "PaymentHsm";
        body["Model"] = "OOB-1";
        body["FirmwareVersion"] = hsm.State.ControllerVersion;
        body["DateTime"] = Json.Time(hsm.Now);
        body["DateTimeLocalOffset"] = "+00:00";
        body["ServiceEntryPointUUID"] = hsm.Identity.ServiceUuid.ToString();
        body["UUID"] = Uuids.Manager(hsm.Identity.ServiceUuid).ToString();
        body["PowerState"] = "On";
        body["Status"] = Json.Status();
        body["EthernetInterfaces"] = Json.Ref(Root + "/EthernetInterfaces");
        body["NetworkProtocol"] = Json.Ref(Root + "/NetworkProtocol");
        body["Links"] = new JsonObject
        {
            ["ManagerForServers"] = Json.Refs("/redfish/v1/Systems/hsm"),
            ["ManagerForChassis"] = Json.Refs("/redfish/v1/Chassis/hsm"),
            ["ManagerInChassis"] = Json.Ref("/redfish/v1/Chassis/hsm"),
        };
        body["Actions"] = new JsonObject
        {
            ["#Manager.Reset"] = new JsonObject
            {
                ["target"] = Root + "/Actions/Manager.Reset",
                ["ResetType@Redfish.AllowableValues"] = Json.Strings("GracefulRestart"),
            },
        };
        return body;
    }

    private static JsonObject NetworkProtocol(DeviceIdentity device)
    {
        var body = Json.Resource(Root + "/NetworkProtocol", "ManagerNetworkProtocol.v1_12_0.ManagerNetworkProtocol", "NetworkProtocol", "Network protocol");
        body["HostName"] = $"oob-{device.Serial.ToLowerInvariant()}";
        body["HTTP"] = new JsonObject { ["ProtocolEnabled"] = false, ["Port"] = 80 };
        body["HTTPS"] = new JsonObject { ["ProtocolEnabled"] = true, ["Port"] = device.OobPort };
        body["SSDP"] = new JsonObject { ["ProtocolEnabled"] = false };
        body["Status"] = Json.Status();
        return body;
    }

    private static JsonObject UpdateService()
    {
        var body = Json.Resource("/redfish/v1/UpdateService", "UpdateService.v1_17_0.UpdateService", "UpdateService", "Update service");
        body["ServiceEnabled"] = true;
        body["Status"] = Json.Status();
        body["FirmwareInventory"] = Json.Ref(Inventory);
        body["Actions"] = new JsonObject
        {
            ["#UpdateService.SimpleUpdate"] = new JsonObject { ["target"] = "/redfish/v1/UpdateService/Actions/UpdateService.SimpleUpdate" },
        };
        return body;
    }

    private static JsonObject Software(string id, string name, string version, string related, bool updateable)
    {
        var body = Json.Resource($"{Inventory}/{id}", "SoftwareInventory.v1_13_0.SoftwareInventory", id, name);
        body["Version"] = version;
        body["Updateable"] = updateable;
        body["RelatedItem"] = Json.Refs(related);
        body["Status"] = Json.Status();
        return body;
    }
}
