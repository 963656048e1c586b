using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Tests.Fleet;

/// <summary>R48: exactly the planned signal is quiet.</summary>
public sealed class FeedMaintenanceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Location Place = new("eastus", "stamp1", "R12", 21);
    private static readonly FeedWindow Window = new("MW-001", "eastus", "stamp1", "R12", Feed.B, Noon, Noon.AddHours(2), "UPS", "engineer1");

    private static HealthJudgement Lost(DateTimeOffset from, params string[] supplies)
    {
        IReadOnlyDictionary<string, JudgedReading> state = HealthRules.Unread(from);
        HealthJudgement judged = null!;
        for (var i = 0; i < 3; i++)
        {
            Sample[] samples = [.. ReadingName.All.Where(n => n != ReadingName.Oob).Select(n => new Sample(n, Value(n, supplies.Contains(n)), null, null, null, "OOB"))];
            judged = HealthRules.Judge(state, new HealthPoll(from.AddSeconds(i), TimeSpan.FromMilliseconds(50), OobReach.Up, null, null, samples, null, null, null), from.AddSeconds(i));
            state = judged.State;
        }

        return judged;
    }

    private static ReadingValue Value(string name, bool lost) => name switch
    {
        ReadingName.PowerPsu1 or ReadingName.PowerPsu2 => lost ? ReadingValue.Of("LossOfInput") : ReadingValue.Of(230),
        ReadingName.Tamper => ReadingValue.Of("Normal"),
        ReadingName.LinkHost1 or ReadingName.LinkHost2 or ReadingName.LinkMgmt or ReadingName.Upstream => ReadingValue.Of("LinkUp"),
        ReadingName.TemperatureIntake => ReadingValue.Of(22),
        ReadingName.TemperatureInternal => ReadingValue.Of(40),
        _ => ReadingValue.Of(50),
    };

    private static (Health Overall, bool Alert, string? Window) Apply(HealthJudgement judged, DateTimeOffset now, FeedWindow? window = null)
    {
        var (after, by) = FeedMaintenance.Apply(judged, Place, [window ?? Window], now);
        return (after.Overall, after.Alerts.Count > 0, by?.Number);
    }

    [Fact]
    public void Apply_ThatSupplyInThatWindow_IsQuiet() =>
        Assert.Equal((Health.Ok, false, "MW-001"), Apply(Lost(Noon.AddMinutes(5), ReadingName.PowerPsu2), Noon.AddMinutes(6)));

    [Fact]
    public void Apply_TheOtherSupply_Alerts() =>
        Assert.Equal((Health.Warning, true, null), Apply(Lost(Noon.AddMinutes(5), ReadingName.PowerPsu1), Noon.AddMinutes(6)));

    [Fact]
    public void Apply_BothSupplies_AreCritical() =>
        Assert.Equal((Health.Critical, true, null), Apply(Lost(Noon.AddMinutes(5), ReadingName.PowerPsu1, ReadingName.PowerPsu2), Noon.AddMinutes(6)));

    [Fact]
    public void Apply_ALateReturn_Alerts() =>
        Assert.Equal((Health.Warning, true, null), Apply(Lost(Noon.AddMinutes(5), ReadingName.PowerPsu2), Window.EndsAt));

    [Fact]
    public void Apply_LostBeforeTheWindow_Alerts() =>
        Assert.Equal((Health.Warning, true, null), Apply(Lost(Noon.AddMinutes(-5), ReadingName.PowerPsu2), Noon.AddMinutes(6)));

    [Fact]
    public void Apply_AnotherRackOrACancelledWindow_Alerts()
    {
        var judged = Lost(Noon.AddMinutes(5), ReadingName.PowerPsu2);
        Assert.Equal((Health.Warning, true, null), Apply(judged, Noon.AddMinutes(6), Window with { Rack = "R13" }));
        Assert.Equal((Health.Warning, true, null), Apply(judged, Noon.AddMinutes(6), Window with { CancelledAt = Noon, CancelledBy = "x" }));
        Assert.Equal((Health.Ok, false, "MW-001"), Apply(judged, Noon.AddMinutes(6), Window with { Rack = null }));
    }
}
