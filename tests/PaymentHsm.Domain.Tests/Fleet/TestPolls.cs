using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Tests.Fleet;

/// <summary>Polls of one healthy device, to be bent by the tests.</summary>
internal static class TestPolls
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static Sample Good(string name) => name switch
    {
        ReadingName.PowerPsu1 or ReadingName.PowerPsu2 => new(name, ReadingValue.Of(230), "V", Health.Ok, null, "OOB"),
        ReadingName.TemperatureIntake => new(name, ReadingValue.Of(23.5), "Cel", null, new Limits(UpperCaution: 40, UpperCritical: 45), "OOB"),
        ReadingName.TemperatureInternal => new(name, ReadingValue.Of(38), "Cel", Health.Ok, null, "OOB"),
        ReadingName.Fan1 or ReadingName.Fan2 => new(name, ReadingValue.Of(42), "%", Health.Ok, null, "OOB"),
        ReadingName.Tamper => new(name, ReadingValue.Of("Normal"), null, Health.Ok, null, "OOB"),
        ReadingName.Upstream => new(name, ReadingValue.Of("Up"), null, Health.Ok, null, "Switch"),
        _ => new(name, ReadingValue.Of("LinkUp"), null, Health.Ok, null, "OOB"),
    };

    public static HealthPoll Up(DateTimeOffset at, params Sample[] bent) => Poll(at, OobReach.Up, null, null, bent);

    public static HealthPoll Down(DateTimeOffset at, LinkFault fault = LinkFault.Unreachable, params Sample[] bent) =>
        Poll(at, OobReach.Down, fault, "connect timed out", bent);

    public static HealthPoll Degraded(DateTimeOffset at, params Sample[] bent) => Poll(at, OobReach.Degraded, LinkFault.NoAnswer, "Fans did not answer", bent);

    public static Sample Lost(string name) => Good(name) with { Value = ReadingValue.None, Reported = null, Problem = "no answer" };

    private static HealthPoll Poll(DateTimeOffset at, OobReach reach, LinkFault? fault, string? detail, Sample[] bent)
    {
        var bentNames = bent.Select(s => s.Name).ToHashSet();
        Sample[] all = [.. ReadingName.All.Where(n => n != ReadingName.Oob && !bentNames.Contains(n)).Select(Good), .. bent];
        return new HealthPoll(at, TimeSpan.FromMilliseconds(41), reach, fault, detail, reach == OobReach.Down ? [.. all.Where(s => s.Name == ReadingName.Upstream)] : all, null, "2.2b", null);
    }
}
