using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>The box: power, temperature, fans, tamper.</summary>
internal static class ChassisResources
{
    private const string Root = "/redfish/v1/Chassis/hsm";
    private const string Thermal = Root + "/ThermalSubsystem";
    private const string Supplies = Root + "/PowerSubsystem/PowerSupplies";
    private static readonly string[] Fans = ["Fan1", "Fan2"];
    private static readonly string[] SupplyIds = ["Psu1", "Psu2"];

    public static RouteTable<DeviceSide> AddChassis(this RouteTable<DeviceSide> routes) => routes
        .Read("/redfish/v1/Chassis", (_, _) => Json.Collection("/redfish/v1/Chassis", "ChassisCollection", "Chassis", ["hsm"]))
        .Read(Root, (side, _) => Body(side.Hsm))
        .Read(Thermal, (_, _) => Subsystem(Thermal, "ThermalSubsystem.v1_5_0.ThermalSubsystem", "ThermalSubsystem", "Thermal subsystem", "Fans", "ThermalMetrics"))
        .Read(Thermal + "/Fans", (_, _) => Json.Collection(Thermal + "/Fans", "FanCollection", "Fans", Fans))
        .Read(Thermal + "/Fans/{}", (side, r) => Fans.Contains(r.Args[0]) ? Fan(side.Hsm, Sensors.Find(r.Args[0])!) : null)
        .Read(Thermal + "/ThermalMetrics", (side, _) => Metrics(side.Hsm))
        .Read(Root + "/PowerSubsystem", (_, _) => Subsystem(
            Root + "/PowerSubsystem", "PowerSubsystem.v1_1_3.PowerSubsystem", "PowerSubsystem", "Power subsystem", "PowerSupplies"))
        .Read(Supplies, (_, _) => Json.Collection(Supplies, "PowerSupplyCollection", "Power supplies", SupplyIds))
        .Read(Supplies + "/{}", (side, r) => SupplyIds.Contains(r.Args[0]) ? Supply(side.Hsm.State, r.Args[0][^1] - '0') : null)
        .Read(Root + "/Sensors", (_, _) => Json.Collection(Root + "/Sensors", "SensorCollection", "Sensors", Sensors.All.Select(s => s.Id)))
        .Read(Root + "/Sensors/{}", (side, r) => Sensors.Find(r.Args[0]) is { } sensor ? Sensor(side.Hsm, sensor) : null);

    /// <summary>What a latched tamper adds to a status.</summary>
    public static JsonObject TamperCondition(TamperLatch tamper) => new()
    {
        ["MessageId"] = $"{Messages.Own}.TamperDetected",
        ["MessageArgs"] = Json.Strings(tamper.Source),
        ["Message"] = Messages.OfDevice("TamperDetected").Format([tamper.Source]),
        ["Severity"] = "Critical",
        ["Timestamp"] = Json.Time(tamper.At),
        ["OriginOfCondition"] = Json.Ref(Root),
    };

    private static JsonObject Body(SimulatedHsm hsm)
    {
        var (device, state) = (hsm.Identity, hsm.State);
        var body = Json.Resource(Root, "Chassis.v1_28_0.Chassis", "hsm", "HSM chassis");
        var status = Json.Status(health: DeviceHealth.Chassis(device, state, hsm.Now));
        if (state.Tamper is { } tamper)
        {
            status["Conditions"] = new JsonArray(TamperCondition(tamper));
        }

        body["ChassisType"] = "RackMount";
        body["Manufacturer"] = "Thales";
        body["Model"] = DeviceIdentity.Model;
        body["SerialNumber"] = device.Serial;
        body["PowerState"] = state.Powered ? "On" : "Off";
        body["Status"] = status;
        body["PhysicalSecurity"] = new JsonObject { ["IntrusionSensor"] = state.Tamper is null ? "Normal" : "TamperingDetected", ["IntrusionSensorReArm"] = "Manual" };
        body["ThermalSubsystem"] = Json.Ref(Thermal);
        body["PowerSubsystem"] = Json.Ref(Root + "/PowerSubsystem");
        body["Thermal"] = Json.Ref(OldChassisResources.Thermal);
        body["Power"] = Json.Ref(OldChassisResources.Power);
        body["Sensors"] = Json.Ref(Root + "/Sensors");
        body["Location"] = new JsonObject
        {
            ["Placement"] = new JsonObject { ["Row"] = $"{device.Region} {device.Stamp}", ["Rack"] = device.Rack, ["RackOffsetUnits"] = "EIA_310", ["RackOffset"] = device.Slot },
        };
        body["Links"] = new JsonObject
        {
            ["ComputerSystems"] = Json.Refs("/redfish/v1/Systems/hsm"),
            ["ManagedBy"] = Json.Refs("/redfish/v1/Managers/oob"),
            ["ManagersInChassis"] = Json.Refs("/redfish/v1/Managers/oob"),
        };
        return body;
    }

    private static JsonObject Subsystem(string path, string type, string id, string name, params string[] parts)
    {
        var body = Json.Resource(path, type, id, name);
        body["Status"] = Json.Status();
        foreach (var part in parts)
        {
            body[part] = Json.Ref($"{path}/{part}");
        }

        return body;
    }

    private static JsonObject Fan(SimulatedHsm hsm, SensorKind sensor)
    {
        var reading = Sensors.Read(hsm.Identity, hsm.State, sensor, hsm.Now);
        var body = Json.Resource($"{Thermal}/Fans/{sensor.Id}", "Fan.v1_6_0.Fan", sensor.Id, sensor.Id);
        body["PhysicalContext"] = "Chassis";
        body["SpeedPercent"] = new JsonObject
        {
            ["DataSourceUri"] = $"{Root}/Sensors/{sensor.Id}",
            ["Reading"] = reading,
            ["SpeedRPM"] = reading is { } percent ? Math.Round(percent * Sensors.FullSpeedRpm / 100) : null,
        };
        body["Status"] = Json.Status(health: Sensors.HealthOf(sensor, reading));
        return body;
    }

    private static JsonObject Metrics(SimulatedHsm hsm)
    {
        JsonObject Reading(string id) => new()
        {
            ["DataSourceUri"] = $"{Root}/Sensors/{id}",
            ["Reading"] = Sensors.Read(hsm.Identity, hsm.State, Sensors.Find(id)!, hsm.Now),
        };

        var body = Json.Resource(Thermal + "/ThermalMetrics", "ThermalMetrics.v1_3_2.ThermalMetrics", "ThermalMetrics", "Thermal metrics");
        body["TemperatureSummaryCelsius"] = new JsonObject { ["Intake"] = Reading("IntakeTemp"), ["Internal"] = Reading("InternalTemp") };
        return body;
    }

    private static JsonObject Supply(DeviceState state, int number)
    {
        var body = Json.Resource($"{Supplies}/Psu{number}", "PowerSupply.v1_6_0.PowerSupply", $"Psu{number}", $"Power supply {number}");
        body["PowerSupplyType"] = "AC";
        body["LineInputStatus"] = DeviceHealth.HasInput(state, number) ? "Normal" : "LossOfInput";
        body["PowerCapacityWatts"] = 300;
        body["Status"] = Json.Status(health: DeviceHealth.Supply(state, number));
        return body;
    }

    private static JsonObject Sensor(SimulatedHsm hsm, SensorKind sensor)
    {
        var reading = Sensors.Read(hsm.Identity, hsm.State, sensor, hsm.Now);
        var thresholds = new JsonObject();
        AddThreshold(thresholds, "UpperCaution", sensor.Limits.UpperCaution);
        AddThreshold(thresholds, "UpperCritical", sensor.Limits.UpperCritical);
        AddThreshold(thresholds, "LowerCaution", sensor.Limits.LowerCaution);
        AddThreshold(thresholds, "LowerCritical", sensor.Limits.LowerCritical);

        var body = Json.Resource($"{Root}/Sensors/{sensor.Id}", "Sensor.v1_12_0.Sensor", sensor.Id, sensor.Id);
        body["ReadingType"] = sensor.Type;
        body["ReadingUnits"] = sensor.Units;
        body["Reading"] = reading;
        body["PhysicalContext"] = sensor.Context;
        body["Thresholds"] = thresholds;
        body["Status"] = Json.Status(health: Sensors.HealthOf(sensor, reading));
        return body;
    }

    private static void AddThreshold(JsonObject thresholds, string name, double? value)
    {
        if (value is { } limit)
        {
            thresholds[name] = new JsonObject { ["Reading"] = limit };
        }
    }
}
