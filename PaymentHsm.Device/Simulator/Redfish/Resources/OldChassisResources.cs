using System.Globalization;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator.Devices;

namespace PaymentHsm.Device.Simulator.Redfish.Resources;

/// <summary>
/// The Thermal and Power resources that came before the subsystems. Controllers in the field serve both, and common clients (redfishtool, OpenStack's
/// sushy) know only these.
/// </summary>
internal static class OldChassisResources
{
    /// <summary>Temperatures and fans.</summary>
    public const string Thermal = "/redfish/v1/Chassis/hsm/Thermal";

    /// <summary>Consumption, voltages and supplies.</summary>
    public const string Power = "/redfish/v1/Chassis/hsm/Power";

    public static RouteTable<DeviceSide> AddOldChassis(this RouteTable<DeviceSide> routes) => routes
        .Read(Thermal, (side, _) => ThermalBody(side.Hsm))
        .Read(Power, (side, _) => PowerBody(side.Hsm));

    private static JsonObject ThermalBody(SimulatedHsm hsm)
    {
        var (state, now) = (hsm.State, hsm.Now);
        var body = Json.Resource(Thermal, "Thermal.v1_7_1.Thermal", "Thermal", "Thermal");
        body["Temperatures"] = Members(Thermal, "Temperatures", ["IntakeTemp", "InternalTemp"], sensor => Measured(hsm, state, sensor, now, "ReadingCelsius"));
        body["Fans"] = Members(Thermal, "Fans", ["Fan1", "Fan2"], sensor =>
        {
            var fan = Measured(hsm, state, sensor, now, "Reading");

            // This schema counts in whole units.
            fan["Reading"] = Sensors.Read(hsm.Identity, state, sensor, now) is { } percent ? (int)Math.Round(percent) : null;
            fan["ReadingUnits"] = "Percent";
            return fan;
        });
        return body;
    }

    private static JsonObject PowerBody(SimulatedHsm hsm)
    {
        var (state, now) = (hsm.State, hsm.Now);
        var body = Json.Resource(Power, "Power.v1_7_1.Power", "Power", "Power");
        var total = Sensors.Find("TotalPower")!;
        body["PowerControl"] = Members(Power, "PowerControl", [total.Id], sensor => new JsonObject
        {
            ["PhysicalContext"] = sensor.Context,
            ["PowerConsumedWatts"] = Sensors.Read(hsm.Identity, state, sensor, now),
            ["Status"] = Json.Status(health: Sensors.HealthOf(sensor, Sensors.Read(hsm.Identity, state, sensor, now))),
        });
        body["PowerSupplies"] = Members(Power, "PowerSupplies", ["Psu1Input", "Psu2Input"], sensor =>
        {
            var number = sensor.Id == "Psu1Input" ? 1 : 2;
            return new JsonObject
            {
                ["Name"] = $"Power supply {number.ToString(CultureInfo.InvariantCulture)}",
                ["PowerSupplyType"] = "AC",
                ["PowerCapacityWatts"] = 300,
                ["LineInputVoltage"] = Sensors.Read(hsm.Identity, state, sensor, now),
                ["Status"] = Json.Status(health: DeviceHealth.Supply(state, number)),
            };
        });
        return body;
    }

    private static JsonObject Measured(SimulatedHsm hsm, DeviceState state, SensorKind sensor, DateTimeOffset now, string member)
    {
        var reading = Sensors.Read(hsm.Identity, state, sensor, now);
        return new JsonObject
        {
            ["PhysicalContext"] = sensor.Context,
            [member] = reading,
            ["UpperThresholdNonCritical"] = sensor.Limits.UpperCaution,
            ["UpperThresholdCritical"] = sensor.Limits.UpperCritical,
            ["Status"] = Json.Status(health: Sensors.HealthOf(sensor, reading)),
        };
    }

    private static JsonArray Members(string path, string array, string[] sensors, Func<SensorKind, JsonObject> make)
    {
        var members = new JsonArray();
        for (var i = 0; i < sensors.Length; i++)
        {
            var member = make(Sensors.Find(sensors[i])!);
            member["@odata.id"] = $"{path}#/{array}/{i.ToString(CultureInfo.InvariantCulture)}";
            member["MemberId"] = sensors[i];
            member["Name"] ??= sensors[i];
            members.Add((JsonNode)member);
        }

        return members;
    }
}
