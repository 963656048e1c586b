using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>Turns resources into raw samples, without judgement. Pure: what is not there or not understood is a sample without a value that says why.</summary>
internal static class HealthSamples
{
    private static readonly string[] LinkWords = ["LinkUp", "NoLink", "LinkDown", "Starting", "Training"];

    /// <summary>A temperature from its Sensor.</summary>
    public static Sample Temperature(string name, Part sensor)
    {
        if (!sensor.IsRead)
        {
            return sensor.Missing(name, "Cel");
        }

        var view = sensor.View;
        return Number(name, view.At("Reading").Number, "Cel", HealthOf(view), LimitsOf(view), "Reading");
    }

    /// <summary>A temperature from the summary, or from the older Thermal resource, for peers without Sensors.</summary>
    public static Sample PlainTemperature(string name, Part part, double? celsius, JsonView owner) =>
        part.IsRead ? Number(name, celsius, "Cel", HealthOf(owner), null, "temperature") : part.Missing(name, "Cel");

    /// <summary>A fan's speed in per cent of its maximum.</summary>
    public static Sample Fan(string name, Part fan) =>
        fan.IsRead ? Number(name, fan.View.At("SpeedPercent", "Reading").Number, "%", HealthOf(fan.View), null, "SpeedPercent.Reading") : fan.Missing(name, "%");

    /// <summary>A fan in the older Thermal resource: per cent or turns a minute.</summary>
    public static Sample OldFan(string name, Part thermal, int index)
    {
        var fan = thermal.View.At("Fans").Items.ElementAtOrDefault(index);
        return thermal.IsRead ? Number(name, fan.At("Reading").Number, fan.At("ReadingUnits").Text == "RPM" ? "RPM" : "%", HealthOf(fan), null, "Fans[].Reading") : thermal.Missing(name, "%");
    }

    /// <summary>A power supply: input voltage from its sensor where there is one, otherwise the word for its input.</summary>
    public static Sample Supply(string name, Part supply, Part voltage)
    {
        if (!supply.IsRead)
        {
            return supply.Missing(name, "V");
        }

        var (word, health) = supply.View.At("LineInputStatus").Text switch
        {
            "Normal" => ("Normal", (Health?)Health.Ok),
            "LossOfInput" => ("LossOfInput", Health.Critical),
            "OutOfRange" => ("OutOfRange", Health.Warning),
            _ => (null, null),
        };
        var reported = Worst(health, HealthOf(supply.View));
        if (voltage.View.At("Reading").Number is { } volts)
        {
            return new Sample(name, ReadingValue.Of(volts), "V", reported, LimitsOf(voltage.View), Part.Source);
        }

        return word is null
            ? None(name, "V", reported, $"No input voltage, and LineInputStatus '{Words.Short(supply.View.At("LineInputStatus").Text)}' is not known.")
            : new Sample(name, ReadingValue.Of(word), null, reported, null, Part.Source);
    }

    /// <summary>A supply in the older Power resource.</summary>
    public static Sample OldSupply(string name, Part power, int index)
    {
        var supply = power.View.At("PowerSupplies").Items.ElementAtOrDefault(index);
        return power.IsRead ? Number(name, supply.At("LineInputVoltage").Number, "V", HealthOf(supply), null, "LineInputVoltage") : power.Missing(name, "V");
    }

    /// <summary>A network port.</summary>
    public static Sample Link(string name, Part port)
    {
        if (!port.IsRead)
        {
            return port.Missing(name);
        }

        var word = port.View.At("LinkStatus").Text;
        return Array.IndexOf(LinkWords, word) >= 0
            ? new Sample(name, ReadingValue.Of(word!), null, word == "LinkUp" ? HealthOf(port.View) : Worst(Health.Warning, HealthOf(port.View)), null, Part.Source)
            : None(name, null, null, $"LinkStatus '{Words.Short(word)}' is not known.");
    }

    /// <summary>
    /// Tamper from the intrusion sensor and our latch. "Normal" needs both to say so: a latch that could not be read must not look re-armed (R52).
    /// </summary>
    public static Sample Tamper(Part chassis, Part system)
    {
        var word = chassis.View.At("PhysicalSecurity", "IntrusionSensor").Text;
        var oem = CommissionPart.Oem(system.View);
        var latched = oem.At("Tamper", "Latched").Flag;
        if (latched == true || word == "TamperingDetected")
        {
            return new Sample(ReadingName.Tamper, ReadingValue.Of("TamperingDetected"), null, Health.Critical, null, Part.Source);
        }

        if (!chassis.IsRead)
        {
            return chassis.Missing(ReadingName.Tamper);
        }

        if (word == "HardwareIntrusion")
        {
            return new Sample(ReadingName.Tamper, ReadingValue.Of(word), null, Health.Warning, null, Part.Source);
        }

        if (!system.IsRead || (oem.IsObject && latched is null))
        {
            return None(ReadingName.Tamper, null, null, system.Problem ?? "The tamper latch could not be read.");
        }

        return word == "Normal"
            ? new Sample(ReadingName.Tamper, ReadingValue.Of(word), null, Health.Ok, null, Part.Source)
            : None(ReadingName.Tamper, null, null, $"IntrusionSensor '{Words.Short(word)}' is not known.");
    }

    /// <summary>Health that a resource claims; null when it claims none that is known.</summary>
    public static Health? HealthOf(JsonView resource) => resource.At("Status", "Health").Text switch
    {
        "OK" => Health.Ok,
        "Warning" => Health.Warning,
        "Critical" => Health.Critical,
        _ => null,
    };

    private static Sample Number(string name, double? number, string unit, Health? reported, Limits? limits, string member) =>
        number is { } value
            ? new Sample(name, ReadingValue.Of(value), unit, reported, limits, Part.Source)
            : None(name, unit, reported, $"The device gives no number for {member}.");

    private static Sample None(string name, string? unit, Health? reported, string problem) => new(name, ReadingValue.None, unit, reported, null, Part.Source, problem);

    private static Health? Worst(Health? one, Health? other) => one is null ? other : other is null ? one : (Health)Math.Max((int)one, (int)other);

    private static Limits? LimitsOf(JsonView sensor)
    {
        var thresholds = sensor.At("Thresholds");
        double? At(string name) => thresholds.At(name, "Reading").Number;
        return thresholds.IsObject ? new Limits(At("UpperCaution"), At("UpperCritical"), At("LowerCaution"), At("LowerCritical")) : null;
    }
}
