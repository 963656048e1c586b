namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Health of every part that has one, in Redfish words.</summary>
internal static class DeviceHealth
{
    private static readonly string[] Worst = ["OK", "Warning", "Critical"];

    /// <summary>Health by resource path; null where a part has lost its value.</summary>
    public static IReadOnlyDictionary<string, string?> Parts(DeviceIdentity device, DeviceState state, DateTimeOffset now)
    {
        var parts = new Dictionary<string, string?>();
        foreach (var sensor in Sensors.All)
        {
            var health = Sensors.HealthOf(sensor, Sensors.Read(device, state, sensor, now));
            parts[$"/redfish/v1/Chassis/hsm/Sensors/{sensor.Id}"] = health;
            if (sensor.Context == "Fan")
            {
                parts[$"/redfish/v1/Chassis/hsm/ThermalSubsystem/Fans/{sensor.Id}"] = health;
            }
        }

        parts["/redfish/v1/Chassis/hsm/PowerSubsystem/PowerSupplies/Psu1"] = Supply(state, 1);
        parts["/redfish/v1/Chassis/hsm/PowerSubsystem/PowerSupplies/Psu2"] = Supply(state, 2);
        return parts;
    }

    /// <summary>Health of a power supply: without input it is a lost redundancy, not a broken part.</summary>
    public static string Supply(DeviceState state, int supply) => HasInput(state, supply) ? "OK" : "Warning";

    /// <summary>Has the supply input?</summary>
    public static bool HasInput(DeviceState state, int supply) => !state.SuppliesPulled && (supply == 1 ? state.FeedA : state.FeedB);

    /// <summary>Health of the HSM as a system.</summary>
    public static string System(DeviceState state) => state.Tamper is not null || state.HardLocked ? "Critical" : "OK";

    /// <summary>Health of the chassis with everything in it.</summary>
    public static string Chassis(DeviceIdentity device, DeviceState state, DateTimeOffset now) =>
        state.Tamper is not null ? "Critical" : Worst[Parts(device, state, now).Values.Max(h => Math.Max(0, Array.IndexOf(Worst, h)))];
}
