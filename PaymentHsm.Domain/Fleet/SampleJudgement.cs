namespace PaymentHsm.Domain.Fleet;

/// <summary>What a single sample says, taken alone: no memory, no neighbours. <see cref="HealthRules"/> confirms it.</summary>
/// <param name="Health">The health that it speaks for.</param>
/// <param name="Why">Why it is not OK, in words for staff; null when it is.</param>
internal readonly record struct SampleJudgement(Health Health, string? Why)
{
    private static readonly SampleJudgement Good = new(Health.Ok, null);

    /// <summary>Judges a sample; a null sample is a reading that the poll did not bring at all.</summary>
    /// <param name="name">Which reading.</param>
    /// <param name="sample">What was read.</param>
    /// <param name="before">Health confirmed so far: it decides on which side of the dead band a number stands.</param>
    /// <param name="options">Thresholds.</param>
    public static SampleJudgement Of(string name, Sample? sample, Health before, HealthOptions options)
    {
        if (sample is null)
        {
            return new(Health.Unknown, "The poll brought no such reading.");
        }

        if (sample.Problem is { } problem)
        {
            return new(Health.Unknown, problem);
        }

        if (sample.Value.IsNone || sample.Value.Number is { } n && !double.IsFinite(n))
        {
            return new(Health.Unknown, "The device gave no value.");
        }

        return name switch
        {
            ReadingName.Tamper => Tamper(sample),
            ReadingName.LinkHost1 or ReadingName.LinkHost2 or ReadingName.LinkMgmt or ReadingName.Upstream => Link(name, sample),
            ReadingName.PowerPsu1 or ReadingName.PowerPsu2 => Power(name, sample, before, options),
            ReadingName.Fan1 or ReadingName.Fan2 => Fan(name, sample, before, options),
            _ => Measured(name, sample, before, options),
        };
    }

    /// <summary>The latch: only the word decides (OOB-PROFILE 4). An opened case counts as a tamper; an unknown word proves nothing.</summary>
    private static SampleJudgement Tamper(Sample sample) => sample.Value.Word switch
    {
        "Normal" => Good,
        "TamperingDetected" => new(Health.Critical, "Tamper is latched; it stays until a person re-arms the device on site."),
        "HardwareIntrusion" => new(Health.Critical, "The case was opened."),
        _ => new(Health.Unknown, $"The tamper sensor says '{sample.Value}', which is no known state."),
    };

    private static SampleJudgement Link(string name, Sample sample)
    {
        var what = name == ReadingName.Upstream ? "The rack switch" : "The link";
        return sample.Value.Word switch
        {
            "LinkDown" or "Down" or "Off" => new(Health.Critical, $"{what} is down."),
            "NoLink" => new(Health.Critical, $"{what} has no signal."),
            "LinkUp" or "Up" or "On" => sample.Reported is { } said and not Health.Ok ? Reported(said) : Good,
            _ => sample.Reported is { } said ? Reported(said) : new(Health.Unknown, $"{what} says '{sample.Value}', which is no known state."),
        };
    }

    /// <summary>A supply without input is lost, even where the device calls that a warning: whether it is critical depends on the other one.</summary>
    private static SampleJudgement Power(string name, Sample sample, Health before, HealthOptions options)
    {
        var lost = sample.Value.Word is "LossOfInput" or "Absent" || (sample.Value.Number < options.LostInputBelow && sample.Unit is null or "V");
        return lost ? new(Health.Critical, "The power supply has no input.") : Measured(name, sample, before, options);
    }

    /// <summary>Too fast is benign (R57): a warning at most. Too slow or failed is what the device or the limits say.</summary>
    private static SampleJudgement Fan(string name, Sample sample, Health before, HealthOptions options)
    {
        var judged = Measured(name, sample, before, options);
        var upper = (sample.Limits ?? Fallback(name, options))?.UpperCaution;
        return judged.Health is Health.Warning or Health.Critical && sample.Value.Number > upper
            ? new(Health.Warning, "The fan runs too fast: a known issue of older firmware, benign.")
            : judged;
    }

    /// <summary>Any other value: the device's own claim first, then its limits, then ours (OOB-PROFILE 4).</summary>
    private static SampleJudgement Measured(string name, Sample sample, Health before, HealthOptions options)
    {
        if (sample.Reported is { } said)
        {
            return Reported(said);
        }

        if (sample.Value.Number is not { } number)
        {
            return new(Health.Unknown, $"The device says '{sample.Value}' and claims no health for it.");
        }

        return (sample.Limits ?? Fallback(name, options)) is { } limits
            ? Within(number, sample.Unit, limits, before, options)
            : new(Health.Unknown, "The device states neither health nor limits.");
    }

    private static SampleJudgement Within(double number, string? unit, Limits limits, Health before, HealthOptions options)
    {
        double Above(double limit, bool held) => held ? limit - Band(limit) : limit;
        double Below(double limit, bool held) => held ? limit + Band(limit) : limit;
        double Band(double limit) => unit == "Cel" ? options.TemperatureDeadBand : Math.Abs(limit) * options.DeadBandFraction;

        var wasCritical = before == Health.Critical;
        var wasBad = before is Health.Warning or Health.Critical;
        if (limits.UpperCritical is { } uc && number >= Above(uc, wasCritical))
        {
            return new(Health.Critical, $"Above the critical limit of {uc:0.#} {unit}.");
        }

        if (limits.LowerCritical is { } lc && number <= Below(lc, wasCritical))
        {
            return new(Health.Critical, $"Below the critical limit of {lc:0.#} {unit}.");
        }

        if (limits.UpperCaution is { } ua && number >= Above(ua, wasBad))
        {
            return new(Health.Warning, $"Above the limit of {ua:0.#} {unit}.");
        }

        return limits.LowerCaution is { } la && number <= Below(la, wasBad)
            ? new(Health.Warning, $"Below the limit of {la:0.#} {unit}.")
            : Good;
    }

    private static Limits? Fallback(string name, HealthOptions options) => options.Fallback.GetValueOrDefault(name);

    private static SampleJudgement Reported(Health said) => said switch
    {
        Health.Ok => Good,
        Health.Unknown => new(Health.Unknown, "The device does not know its health."),
        _ => new(said, $"The device reports {said}."),
    };
}
