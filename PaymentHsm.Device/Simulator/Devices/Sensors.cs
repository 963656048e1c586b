using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>A sensor: what it measures, within which limits, around which value it wanders.</summary>
/// <param name="Id">Redfish id.</param>
/// <param name="Type">Redfish <c>ReadingType</c>.</param>
/// <param name="Units">Redfish <c>ReadingUnits</c>.</param>
/// <param name="Context">Redfish <c>PhysicalContext</c>.</param>
/// <param name="Base">Usual value.</param>
/// <param name="Swing">How far it wanders to either side.</param>
/// <param name="Limits">Cautions and criticals; a fan that is too slow is as bad as one that is too fast.</param>
internal sealed record SensorKind(string Id, string Type, string Units, string Context, double Base, double Swing, Limits Limits);

/// <summary>The seven sensors of a device and what they show.</summary>
internal static class Sensors
{
    /// <summary>Revolutions per minute at 100 %.</summary>
    public const double FullSpeedRpm = 12_380;

    /// <summary>What the fan is said to do while it counts as too fast: above the caution, below the critical limit.</summary>
    private const double TooFast = 84;

    /// <summary>How long it is said each day.</summary>
    private static readonly TimeSpan TooFastFor = TimeSpan.FromMinutes(30);

    /// <summary>All sensors.</summary>
    public static IReadOnlyList<SensorKind> All { get; } =
    [
        new("IntakeTemp", "Temperature", "Cel", "Intake", 23.5, 1.8, new Limits(40, 45)),
        new("InternalTemp", "Temperature", "Cel", "Chassis", 38, 2.5, new Limits(60, 70)),
        new("Fan1", "Percent", "%", "Fan", 42, 3, new Limits(80, 90, 20, 10)),
        new("Fan2", "Percent", "%", "Fan", 43, 3, new Limits(80, 90, 20, 10)),
        new("Psu1Input", "Voltage", "V", "PowerSupply", 230, 2, new Limits(250, 260, 200, 190)),
        new("Psu2Input", "Voltage", "V", "PowerSupply", 230, 2, new Limits(250, 260, 200, 190)),
        new("TotalPower", "Power", "W", "Chassis", 142, 6, new Limits(260, 290)),
    ];

    /// <summary>The sensor with that id; null when there is none.</summary>
    public static SensorKind? Find(string id) => All.FirstOrDefault(s => s.Id == id);

    /// <summary>What a sensor shows; null when it lost its value.</summary>
    public static double? Read(DeviceIdentity device, DeviceState state, SensorKind sensor, DateTimeOffset now)
    {
        if (state.Overrides.TryGetValue(sensor.Id, out var set))
        {
            return set;
        }

        if (sensor.Id == "Fan1" && state is { Powered: true, FanTooFastSince: { } since } && (now - since).Ticks % TimeSpan.TicksPerDay < TooFastFor.Ticks)
        {
            return TooFast;
        }

        var live = sensor.Id switch
        {
            "Psu1Input" => state is { FeedA: true, SuppliesPulled: false },
            "Psu2Input" => state is { FeedB: true, SuppliesPulled: false },
            _ => state.Powered,
        };
        return live ? Math.Round(sensor.Base + (sensor.Swing * Wander(device.Serial, sensor, now)), 1) : sensor.Type == "Temperature" ? null : 0;
    }

    /// <summary>Health of a value by its limits; unknown for no value.</summary>
    public static string? HealthOf(SensorKind sensor, double? value) => value switch
    {
        null => null,
        { } v when v >= sensor.Limits.UpperCritical || v <= sensor.Limits.LowerCritical => "Critical",
        { } v when v >= sensor.Limits.UpperCaution || v <= sensor.Limits.LowerCaution => "Warning",
        _ => "OK",
    };

    /// <summary>
    /// From -1 to 1: a daily wave (the hall warms in the afternoon) and a slow, smooth noise with a knot every ten minutes. The same serial
    /// and time give the same value, so no device needs a timer.
    /// </summary>
    private static double Wander(string serial, SensorKind sensor, DateTimeOffset now)
    {
        var seed = Hash(serial, sensor.Id);
        var day = Math.Sin(2 * Math.PI * ((now.TimeOfDay.TotalDays - 0.4) + ((seed % 100) / 2000.0)));
        var knots = now.ToUnixTimeMilliseconds() / 600_000.0;
        var knot = (long)Math.Floor(knots);
        var between = knots - knot;
        var smooth = between * between * (3 - (2 * between));
        var noise = (Noise(seed, knot) * (1 - smooth)) + (Noise(seed, knot + 1) * smooth);
        return (0.4 * day) + (0.6 * noise);
    }

    private static double Noise(uint seed, long knot)
    {
        var x = unchecked((uint)((ulong)knot * 0x9E3779B97F4A7C15UL >> 32) ^ seed);
        x = unchecked((x ^ (x >> 16)) * 0x85EBCA6B);
        x = unchecked((x ^ (x >> 13)) * 0xC2B2AE35);
        return ((x ^ (x >> 16)) / (double)uint.MaxValue * 2) - 1;
    }

    /// <summary>FNV-1a: the runtime's own string hash differs from process to process.</summary>
    private static uint Hash(string first, string second)
    {
        var hash = 2166136261u;
        foreach (var c in first)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        foreach (var c in second)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
