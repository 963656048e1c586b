using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Grains;

namespace PaymentHsm.Portal.Tests.Grains;

public sealed class PollScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(2);
    private static readonly HsmSerial A = HsmSerial.Parse("A4665270118C");
    private static readonly HsmSerial B = HsmSerial.Parse("A4665270155L");
    private static readonly HsmSerial C = HsmSerial.Parse("A4665270192V");

    [Fact]
    public void Begin_MoreDueThanMayBeUnderWay_TheLongestOverdueFirst_TheRestWaits()
    {
        var schedule = new PollSchedule(2, Work);
        schedule.Watch(A, Now);
        schedule.Watch(B, Now.AddSeconds(-2));
        schedule.Watch(C, Now.AddSeconds(-1));

        var begun = schedule.Begin(Now);
        Assert.Equal([B, C], begun.Select(d => d.Serial));
        Assert.Empty(schedule.Begin(Now));

        begun[0].End(Now.AddSeconds(10));
        Assert.Equal([A], schedule.Begin(Now).Select(d => d.Serial));
    }

    [Fact]
    public void Begin_BeforeItIsDue_Nothing()
    {
        var schedule = new PollSchedule(2, Work);
        schedule.Watch(A, Now);
        schedule.Watch(A, Now.AddSeconds(-5));

        Assert.Empty(schedule.Begin(Now.AddTicks(-1)));
        Assert.Single(schedule.Begin(Now)).End(Now.AddSeconds(10));
        Assert.Empty(schedule.Begin(Now.AddSeconds(9)));
        Assert.Single(schedule.Begin(Now.AddSeconds(10)));
    }

    [Fact]
    public void Hurry_DuringAPoll_PollsOnceMore()
    {
        var schedule = new PollSchedule(2, Work);
        schedule.Watch(A, Now);
        var device = Assert.Single(schedule.Begin(Now));

        device.Hurry();
        Assert.Empty(schedule.Begin(Now));
        device.End(Now.AddSeconds(10));
        Assert.Single(schedule.Begin(Now)).End(Now.AddSeconds(10));
        Assert.Empty(schedule.Begin(Now));
    }

    [Fact]
    public void Hurry_GoesBeforeWhatIsLongOverdue()
    {
        var schedule = new PollSchedule(1, Work);
        schedule.Watch(A, Now.AddHours(-1));
        schedule.Watch(B, Now.AddSeconds(10));

        schedule.Devices.Single(d => d.Serial == B).Hurry();

        Assert.Equal([B], schedule.Begin(Now).Select(d => d.Serial));
    }

    /// <summary>A thousand controllers that do not answer are an outage of those, not of the others.</summary>
    [Fact]
    public void Begin_PollsThatOnlyWait_HoldUpNobody()
    {
        var schedule = new PollSchedule(1, Work);
        schedule.Watch(A, Now);
        schedule.Watch(B, Now.AddSeconds(1));
        var silent = Assert.Single(schedule.Begin(Now));

        Assert.Empty(schedule.Begin(Now.AddSeconds(1)));
        Assert.Equal([B], schedule.Begin(Now + Work).Select(d => d.Serial));

        silent.End(Now.AddSeconds(10));
        Assert.Empty(schedule.Begin(Now.AddSeconds(9)));
    }

    [Fact]
    public void Forget_DuringAPoll_IsStoppedAndItsPlaceIsFree()
    {
        var schedule = new PollSchedule(1, Work);
        schedule.Watch(A, Now);
        schedule.Watch(B, Now.AddSeconds(1));
        var device = Assert.Single(schedule.Begin(Now));

        schedule.Forget(A);

        Assert.True(device.Stopped.IsCancellationRequested);
        Assert.Equal([B], schedule.Begin(Now.AddSeconds(1)).Select(d => d.Serial));
    }
}
