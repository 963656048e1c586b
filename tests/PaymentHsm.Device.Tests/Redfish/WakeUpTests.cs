using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

public sealed class WakeUpTests
{
    private const string Event = "id: 15\ndata: {\"Id\":\"15\",\"Events\":[{\"MessageId\":\"PaymentHsm.1.0.LinkDown\"}]}\n\n";

    [Theory]
    [InlineData("Drop")]
    [InlineData("Garbage")]
    [InlineData("Silent")]
    public async Task Stream_Ends_IsToldAndOpenedAgainWithTheLastId(string end)
    {
        await using var bench = new OobBench();
        bench.Peer.Script = request => request.Path == DeviceDocuments.Sse ? Stream(": hi\n\n" + Event + (end == "Garbage" ? "data: {oops\n\n" : ""), hold: end != "Drop") : null;
        await using var wakeUps = bench.Link.WakeUpsAsync(OobBench.Stop).GetAsyncEnumerator(OobBench.Stop);

        Assert.Equal(OobWakeUpKind.Opened, (await NextAsync(wakeUps)).Kind);
        var pushed = await NextAsync(wakeUps);
        Assert.Equal((OobWakeUpKind.Event, "PaymentHsm.1.0.LinkDown"), (pushed.Kind, pushed.MessageId));
        var lost = NextAsync(wakeUps);
        if (end == "Silent")
        {
            bench.Time.Advance(TimeSpan.FromSeconds(46));
        }

        Assert.Equal(OobWakeUpKind.Lost, (await lost).Kind);
        Assert.Equal(OobWakeUpKind.Opened, (await NextAsync(wakeUps)).Kind);
        Assert.Equal("15", bench.Peer.Requests.Last(request => request.Path == DeviceDocuments.Sse).Header("Last-Event-ID"));
        Assert.InRange(bench.Time.Pauses.Last(), TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
    }

    [Fact]
    public async Task Stream_NotServed_IsLostOnceAndTriedAgainWithGrowingPauses()
    {
        await using var bench = new OobBench();
        var tries = 0;
        bench.Peer.Script = request => request.Path == DeviceDocuments.Sse && Interlocked.Increment(ref tries) < 4 ? PeerReply.Error(404, "ResourceMissingAtURI") : request.Path == DeviceDocuments.Sse ? Stream("", hold: true) : null;
        await using var wakeUps = bench.Link.WakeUpsAsync(OobBench.Stop).GetAsyncEnumerator(OobBench.Stop);

        Assert.Equal(OobWakeUpKind.Lost, (await NextAsync(wakeUps)).Kind);
        Assert.Equal(OobWakeUpKind.Opened, (await NextAsync(wakeUps)).Kind);
        Assert.Collection(
            bench.Time.Pauses,
            pause => Assert.InRange(pause.TotalSeconds, 0.8, 1.2),
            pause => Assert.InRange(pause.TotalSeconds, 1.6, 2.4),
            pause => Assert.InRange(pause.TotalSeconds, 3.2, 4.8));
    }

    private static async Task<OobWakeUp> NextAsync(IAsyncEnumerator<OobWakeUp> wakeUps)
    {
        Assert.True(await wakeUps.MoveNextAsync());
        return wakeUps.Current;
    }

    private static PeerReply Stream(string text, bool hold) => new(async (stream, stop) =>
    {
        await stream.WriteAsync("HTTP/1.1 200 X\r\nContent-Type: text/event-stream\r\n\r\n"u8.ToArray(), stop);
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), stop);
        if (hold)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }

        return false;
    });
}
