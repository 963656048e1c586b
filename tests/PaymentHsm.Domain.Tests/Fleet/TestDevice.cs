using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Tests.Fleet;

/// <summary>A device whose polls are judged one after the other, ten seconds apart.</summary>
internal sealed class TestDevice
{
    public IReadOnlyDictionary<string, JudgedReading> State { get; private set; } = HealthRules.Unread(TestPolls.Start);

    public DateTimeOffset Now { get; private set; } = TestPolls.Start;

    /// <summary>A device that was seen healthy.</summary>
    public static TestDevice Healthy()
    {
        var device = new TestDevice();
        device.See(at => TestPolls.Up(at));
        return device;
    }

    public HealthJudgement See(Func<DateTimeOffset, HealthPoll> poll, int times = 1)
    {
        HealthJudgement? judged = null;
        for (var i = 0; i < times; i++)
        {
            Now += TimeSpan.FromSeconds(10);
            judged = HealthRules.Judge(State, poll(Now), Now);
            State = judged.State;
        }

        return judged!;
    }
}
