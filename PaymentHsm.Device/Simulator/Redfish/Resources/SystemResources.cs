using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>The HSM as a computer system, with its ports and operation records.</summary>
internal static class SystemResources
{
    private const string Root = "/redfish/v1/Systems/hsm";
    private const string OperationsPath = Root + "/Oem/PaymentHsm/Operations";

    public static RouteTable<DeviceSide> AddSystem(this RouteTable<DeviceSide> routes) => routes
        .Read("/redfish/v1/Systems", (_, _) => Json.Collection("/redfish/v1/Systems", "ComputerSystemCollection", "Systems", ["hsm"]))
        .Read(Root, (side, _) => Body(side.Hsm, side.Hsm.State))
        .Read(Root + "/EthernetInterfaces", (_, _) => Json.Collection(Root + "/EthernetInterfaces", "EthernetInterfaceCollection", "Ports", Links.OfHsm))
        .Read(Root + "/EthernetInterfaces/{}", (side, r) => Links.OfHsm.Contains(r.Args[0]) ? Port(side.Hsm.Identity, side.Hsm.State, r.Args[0]) : null)
        .Read("/redfish/v1/Managers/oob/EthernetInterfaces", (_, _) => Json.Collection(
            "/redfish/v1/Managers/oob/EthernetInterfaces", "EthernetInterfaceCollection", "Ports", [Links.Oob]))
        .Read("/redfish/v1/Managers/oob/EthernetInterfaces/OOB", (side, _) => Port(side.Hsm.Identity, side.Hsm.State, Links.Oob))
        .Read(OperationsPath, (side, _) => Json.Collection(
            OperationsPath, "PaymentHsmOperationCollection", "Operations", side.Hsm.State.Operations.Select(o => o.Id.ToString())))
        .Read(OperationsPath + "/{}", (side, r) => side.Hsm.State.Operations.FirstOrDefault(o => o.Id.ToString() == r.Args[0]) is { } o ? Operation(o) : null);

    /// <summary>An operation record.</summary>
    public static JsonObject Operation(OperationRecord operation)
    {
        var id = operation.Id.ToString();
        var body = Json.Resource(
            $"{OperationsPath}/{id}", "PaymentHsmOperation.v1_0_0.PaymentHsmOperation", id, $"{operation.Action.Split('.')[^1]} {id[..8]}");
        body["Action"] = operation.Action;
        body["AllocationId"] = operation.Allocation;
        body["State"] = operation.State.ToString();
        body["AcceptedAt"] = Json.Time(operation.AcceptedAt);
        body["CompletedAt"] = Json.Time(operation.CompletedAt);
        body["ResultMessageId"] = operation.ResultKey is { } key ? $"{Messages.Own}.{key}" : null;
        if (operation.TaskId is { } task)
        {
            body["Task"] = Json.Ref($"/redfish/v1/TaskService/Tasks/{task}");
        }

        return body;
    }

    private static JsonObject Body(SimulatedHsm hsm, DeviceState state)
    {
        var body = Json.Resource(Root, "ComputerSystem.v1_27_0.ComputerSystem", "hsm", "Payment HSM");
        body["SystemType"] = "Physical";
        body["Manufacturer"] = "Thales";
        body["Model"] = DeviceIdentity.Model;
        body["SerialNumber"] = hsm.Identity.Serial;
        body["UUID"] = Uuids.System(hsm.Identity.ServiceUuid).ToString();
        body["PowerState"] = state.Powered ? "On" : "Off";
        body["Status"] = Status(state);
        body["LastResetTime"] = Json.Time(state.LastReset);
        body["LastResetCause"] = state.LastResetCause;
        body["BootProgress"] = new JsonObject
        {
            ["LastState"] = state.Run is RunState.Running or RunState.Stopping ? "OSRunning" : "OSBootStarted",
            ["LastStateTime"] = Json.Time(state.RunSince),
        };
        body["Boot"] = new JsonObject { ["BootSourceOverrideEnabled"] = "Disabled", ["BootSourceOverrideTarget"] = "None" };
        body["EthernetInterfaces"] = Json.Ref(Root + "/EthernetInterfaces");
        body["LogServices"] = Json.Ref(Root + "/LogServices");
        body["Links"] = new JsonObject { ["Chassis"] = Json.Refs("/redfish/v1/Chassis/hsm"), ["ManagedBy"] = Json.Refs("/redfish/v1/Managers/oob") };
        body["Actions"] = Actions();
        body["Oem"] = new JsonObject { ["PaymentHsm"] = Oem(hsm, state) };
        return body;
    }

    private static JsonObject Status(DeviceState state)
    {
        var status = Json.Status(state.Run is RunState.Running or RunState.Stopping ? "Enabled" : state.Powered ? "Starting" : "UnavailableOffline", DeviceHealth.System(state));
        if (state.Tamper is { } tamper)
        {
            status["Conditions"] = new JsonArray(ChassisResources.TamperCondition(tamper));
        }

        return status;
    }

    private static JsonObject Actions() => new()
    {
        ["#ComputerSystem.Reset"] = new JsonObject
        {
            ["target"] = Root + "/Actions/ComputerSystem.Reset",
            ["ResetType@Redfish.AllowableValues"] = Json.Strings("GracefulRestart"),
        },
        ["Oem"] = new JsonObject
        {
            ["#PaymentHsm.Reclaim"] = new JsonObject
            {
                ["target"] = Root + "/Actions/Oem/PaymentHsm.Reclaim",
                ["Scope@Redfish.AllowableValues"] = Json.Strings("AllCustomerContent"),
            },
            ["#PaymentHsm.HandOver"] = new JsonObject { ["target"] = Root + "/Actions/Oem/PaymentHsm.HandOver" },
            ["#PaymentHsm.SetLicence"] = new JsonObject { ["target"] = Root + "/Actions/Oem/PaymentHsm.SetLicence" },
            ["#PaymentHsm.RemoveCertificates"] = new JsonObject { ["target"] = Root + "/Actions/Oem/PaymentHsm.RemoveCertificates" },
        },
    };

    private static JsonObject Oem(SimulatedHsm hsm, DeviceState state) => new()
    {
        ["@odata.type"] = "#PaymentHsm.v1_0_0.ComputerSystem",
        ["CommissionState"] = (state.HardLocked ? CommissionState.Unknown : state.Commission).ToString(),
        ["AllocationId"] = state.Allocation,
        ["CommissionStateChanged"] = Json.Time(state.CommissionChanged),
        ["AdminAccess"] = state.AdminEnabled ? "Enabled" : "Disabled",
        ["CustomerContentPresent"] = state.CustomerContent,
        ["LastErase"] = state.LastErase is { } erase
            ? new JsonObject
            {
                ["OperationId"] = erase.OperationId?.ToString(),
                ["Cause"] = erase.Cause,
                ["CompletedAt"] = Json.Time(erase.CompletedAt),
                ["Verified"] = erase.Verified,
            }
            : null,
        ["Tamper"] = new JsonObject
        {
            ["Latched"] = state.Tamper is not null,
            ["FirstDetected"] = Json.Time(state.Tamper?.At),
            ["KeysErased"] = state.Tamper is not null,
        },
        ["Licence"] = new JsonObject
        {
            ["CallsPerSecond"] = state.CallsPerSecond,
            ["LmkCount"] = state.LicensedLmks,
            ["Features"] = Json.Strings(state.Features),
        },
        ["Content"] = state is { Commission: CommissionState.Released, HardLocked: false }
            ? new JsonObject
            {
                ["LmksLoaded"] = state.Lmks,
                ["Certificates"] = state.Certificates,
                ["LogEntries"] = state.LogEntries + hsm.Host.Audit.Count,
                ["FactoryConfiguration"] = state.FactoryConfiguration,
            }
            : null,
        ["Operations"] = Json.Ref(OperationsPath),
    };

    private static JsonObject Port(DeviceIdentity device, DeviceState state, string port)
    {
        var up = Links.IsUp(state, port);
        var body = Json.Resource(Links.Path(port), "EthernetInterface.v1_12_4.EthernetInterface", port, $"{port} port");
        body["EthernetInterfaceType"] = "Physical";
        body["InterfaceEnabled"] = true;
        body["LinkStatus"] = up ? "LinkUp" : "NoLink";
        body["SpeedMbps"] = up ? 1000 : null;
        body["FullDuplex"] = true;
        body["AutoNeg"] = true;
        body["MACAddress"] = Uuids.MacAddress(device.Index, Links.All.ToList().IndexOf(port));
        body["Status"] = Json.Status(health: up ? "OK" : "Warning");
        return body;
    }
}
