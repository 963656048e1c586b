namespace PaymentHsm.Domain.Fleet;

/// <summary>Thresholds of the health rules. The published page names the signals (R45), none of the numbers, so all of them are configuration.</summary>
public sealed record HealthOptions
{
    /// <summary>The defaults.</summary>
    public static HealthOptions Default { get; } = new();

    /// <summary>Consecutive samples that confirm a changed health of a reading (R49).</summary>
    public int SamplesToConfirm { get; init; } = 2;

    /// <summary>Consecutive polls without any answer after which the out-of-band controller is down (OOB-PROFILE 9).</summary>
    public int PollsToDown { get; init; } = 3;

    /// <summary>How far a temperature must come back inside a limit before it counts as inside (degrees Celsius), so that it does not flap.</summary>
    public double TemperatureDeadBand { get; init; } = 2;

    /// <summary>The same for every other number, as a fraction of the limit.</summary>
    public double DeadBandFraction { get; init; } = 0.03;

    /// <summary>Input of a power supply below which it counts as lost (volts), whatever else is said of it.</summary>
    public double LostInputBelow { get; init; } = 85;

    /// <summary>Limits by reading name, in its unit, for devices that state neither health nor limits.</summary>
    public IReadOnlyDictionary<string, Limits> Fallback { get; init; } = new Dictionary<string, Limits>(StringComparer.Ordinal)
    {
        [ReadingName.TemperatureIntake] = new(UpperCaution: 40, UpperCritical: 45),
        [ReadingName.TemperatureInternal] = new(UpperCaution: 75, UpperCritical: 85),
        [ReadingName.PowerPsu1] = new(UpperCaution: 264, LowerCaution: 100, LowerCritical: 85),
        [ReadingName.PowerPsu2] = new(UpperCaution: 264, LowerCaution: 100, LowerCritical: 85),
        [ReadingName.Fan1] = new(UpperCaution: 95, LowerCaution: 10, LowerCritical: 1),
        [ReadingName.Fan2] = new(UpperCaution: 95, LowerCaution: 10, LowerCritical: 1),
    };
}
