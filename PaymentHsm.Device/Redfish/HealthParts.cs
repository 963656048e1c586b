using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Which resources feed which reading, with the fallbacks for peers that lack the newer ones. Pure.</summary>
internal sealed class HealthParts(DeviceMap map, IReadOnlyDictionary<Uri, Part> parts)
{
    private static readonly string[] TemperatureSensors = ["IntakeTemp", "InternalTemp"];
    private static readonly string[] VoltageSensors = ["Psu1Input", "Psu2Input"];
    private static readonly string[] PortIds = ["HOST1", "HOST2", "MGMT"];

    /// <summary>What a poll reads, fast-moving parts only.</summary>
    public static IEnumerable<Uri> Of(DeviceMap map)
    {
        yield return map.System;
        foreach (var uri in new[] { map.Chassis }.OfType<Uri>()
            .Concat(TemperatureSensors.Concat(VoltageSensors).Select(id => map.Sensors.GetValueOrDefault(id)).OfType<Uri>())
            .Concat(map.Fans.Take(2)).Concat(map.Supplies.Take(2))
            .Concat(PortIds.Select(id => map.Ports.GetValueOrDefault(id)).OfType<Uri>()))
        {
            yield return uri;
        }

        var hasTemperatures = TemperatureSensors.All(map.Sensors.ContainsKey);
        if (!hasTemperatures && map.ThermalMetrics is { } metrics)
        {
            yield return metrics;
        }

        if (map.OldThermal is { } thermal && (map.Fans.Count == 0 || (!hasTemperatures && map.ThermalMetrics is null)))
        {
            yield return thermal;
        }

        if (map.OldPower is { } power && map.Supplies.Count == 0)
        {
            yield return power;
        }
    }

    /// <summary>The ten readings that come through the controller.</summary>
    public List<Sample> Samples() =>
    [
        Supply(ReadingName.PowerPsu1, 0),
        Supply(ReadingName.PowerPsu2, 1),
        Temperature(ReadingName.TemperatureIntake, 0),
        Temperature(ReadingName.TemperatureInternal, 1),
        Fan(ReadingName.Fan1, 0),
        Fan(ReadingName.Fan2, 1),
        HealthSamples.Tamper(At(map.Chassis, MapBranch.Chassis, "chassis"), At(map.System, MapBranch.Chassis, "system")),
        Link(ReadingName.LinkHost1, 0),
        Link(ReadingName.LinkHost2, 1),
        Link(ReadingName.LinkMgmt, 2),
    ];

    private Sample Supply(string name, int index)
    {
        if (map.Supplies.Count == 0 && map.OldPower is { } power && !map.Problems.ContainsKey(MapBranch.Power))
        {
            return HealthSamples.OldSupply(name, At(power, MapBranch.Power, "power"), index);
        }

        var voltage = At(map.Sensors.GetValueOrDefault(VoltageSensors[index]), MapBranch.Sensors, "input voltage sensor");
        return HealthSamples.Supply(name, At(map.Supplies.ElementAtOrDefault(index), MapBranch.Power, $"power supply {index + 1}"), voltage);
    }

    private Sample Temperature(string name, int index)
    {
        var id = TemperatureSensors[index];
        if (map.Sensors.TryGetValue(id, out var sensor) || map.Problems.ContainsKey(MapBranch.Sensors))
        {
            return HealthSamples.Temperature(name, At(sensor, MapBranch.Sensors, $"sensor {id}"));
        }

        if (map.ThermalMetrics is { } place)
        {
            var metrics = At(place, MapBranch.Thermal, "thermal metrics");
            var celsius = metrics.View.At("TemperatureSummaryCelsius", index == 0 ? "Intake" : "Internal", "Reading").Number;
            return HealthSamples.PlainTemperature(name, metrics, celsius, default);
        }

        var thermal = At(map.OldThermal, MapBranch.Thermal, $"temperature sensor {id}");
        var owner = thermal.View.At("Temperatures").Items.FirstOrDefault(item => item.At("PhysicalContext").Text == "Intake" == (index == 0));
        return HealthSamples.PlainTemperature(name, thermal, owner.At("ReadingCelsius").Number, owner);
    }

    private Sample Fan(string name, int index) => map.Fans.Count == 0 && map.OldThermal is { } thermal && !map.Problems.ContainsKey(MapBranch.Fans)
        ? HealthSamples.OldFan(name, At(thermal, MapBranch.Thermal, "thermal"), index)
        : HealthSamples.Fan(name, At(map.Fans.ElementAtOrDefault(index), MapBranch.Fans, $"fan {index + 1}"));

    private Sample Link(string name, int index) =>
        HealthSamples.Link(name, At(map.Ports.GetValueOrDefault(PortIds[index]), MapBranch.Ports, $"port {PortIds[index]}"));

    private Part At(Uri? place, MapBranch branch, string what) =>
        place is not null && parts.TryGetValue(place, out var part) ? part : new Part(default, map.WhyMissing(branch, what));
}
