using PaymentHsm.Device.HostCommands.Messages;
using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

public sealed class HostCountersTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Loading_CountsSecondsByLoad_QuietOnesIncluded()
    {
        var counters = new HostCounters(Start, ratedPerSecond: 10);
        Serve(counters, 10, Start.AddSeconds(1));
        Serve(counters, 3, Start.AddSeconds(1.9));
        Serve(counters, 2, Start.AddSeconds(5));
        var loading = counters.Loading("S0420000017A", Start.AddSeconds(8));

        // Second 1 is over 100 %, second 5 is 20 %, the others are quiet; the running one is not counted yet.
        Assert.Equal(8, loading.Seconds);
        Assert.Equal([6, 0, 1, 0, 0, 0, 0, 0, 0, 1], loading.Ranges.Select(range => range.Periods));
        Assert.Equal(new LoadRange(90, 100, 1), loading.Ranges[9]);
        Assert.Equal((Start, Start.AddSeconds(8)), (loading.Period.Start, loading.Period.End));
    }

    [Fact]
    public void Volumes_InCodeOrder_AndResetBeginsAnew()
    {
        var counters = new HostCounters(Start, ratedPerSecond: 10);
        Serve(counters, 2, Start);
        counters.Served("B2", Start);
        Assert.Equal(["B2 1", "NC 2"], counters.Volumes("S0420000017A", Start).Volumes.Select(volume => $"{volume.Command} {volume.Count}"));
        counters.Reset(Start.AddHours(1));
        var after = counters.Volumes("S0420000017A", Start.AddHours(1).AddSeconds(2));
        Assert.Empty(after.Volumes);
        Assert.Equal((Start.AddHours(1), 2), (after.Period.Start, after.Seconds));
        Assert.Equal(2, counters.Loading("S0420000017A", Start.AddHours(1).AddSeconds(2)).Ranges.Sum(range => range.Periods));
    }

    [Fact]
    public void ClockSetBack_CountsOn()
    {
        var counters = new HostCounters(Start, ratedPerSecond: 10);
        Serve(counters, 2, Start.AddSeconds(-100));
        Assert.Equal(0, counters.Loading("S0420000017A", Start.AddSeconds(-50)).Seconds);
        Assert.Equal(2, counters.CountOf("NC"));
    }

    private static void Serve(HostCounters counters, int times, DateTimeOffset at)
    {
        for (var i = 0; i < times; i++)
        {
            counters.Served("NC", at);
        }
    }
}
