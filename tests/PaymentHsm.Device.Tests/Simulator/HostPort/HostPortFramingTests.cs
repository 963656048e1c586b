using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>BAD-INPUTS A, the rows about framing and time.</summary>
public sealed class HostPortFramingTests
{
    private static readonly HostPortOptions ShortLimit = new() { IdleLimit = TimeSpan.FromSeconds(30) };

    [Theory]
    [InlineData("0010484541444e43", "A1: prefix larger than what is sent")]
    [InlineData("0600484541444e43", "A28: little-endian prefix")]
    [InlineData("30303036484541444e43", "A28: prefix as digits")]
    [InlineData("474554202f20485454502f312e310d0a0d0a", "A31: HTTP")]
    [InlineData("16030100c8010000c40303", "A31: TLS hello")]
    [InlineData("00", "A37: one byte, then nothing")]
    [InlineData("", "A39: nothing at all, a vanished peer")]
    public async Task UnfinishedFrame_EndsAtTheIdleLimit_OthersAreServedMeanwhile(string hex, string row)
    {
        var time = new FakeTimeProvider();
        await using var port = await TestPort.StartAsync(ShortLimit, time: time);
        await using (var bad = await port.ConnectAsync())
        {
            await bad.SendAsync(hex);
            await using (var good = await port.ConnectAsync())
            {
                Assert.Equal("HEADB300x", await good.AskAsync("HEADB20001x"));
            }

            Assert.True(await bad.IsClosedAsync(() => time.Advance(TimeSpan.FromSeconds(1))), row);
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task SlowLoris_EachByteDoesNotBuyTime()
    {
        var time = new FakeTimeProvider();
        await using var port = await TestPort.StartAsync(ShortLimit, time: time);
        await using (var slow = await port.ConnectAsync())
        {
            await slow.SendAsync("00");
            await Eventually.TrueAsync(() => port.Server.Statistics().UnicastReceived == 1, "the byte did not arrive");
            time.Advance(TimeSpan.FromSeconds(20));
            await slow.SendAsync("06");
            await Eventually.TrueAsync(() => port.Server.Statistics().UnicastReceived == 2, "the byte did not arrive");
            Assert.Equal(1, port.Server.OpenConnections);

            // 35 s after the message began, although only 15 s after its latest byte.
            time.Advance(TimeSpan.FromSeconds(15));
            Assert.True(await slow.IsClosedAsync());
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    /// <summary>A37: they hold nearly every socket, and the health poll of others goes on; all are free again after the limit.</summary>
    [Fact]
    public async Task SlowLoris_ManyAtATime_OthersAreServed()
    {
        var time = new FakeTimeProvider();
        await using var port = await TestPort.StartAsync(ShortLimit, time: time);
        var slow = new List<RawClient>();
        for (var i = 0; i < 63; i++)
        {
            slow.Add(await port.ConnectAsync());
            await slow[^1].SendAsync("00");
        }

        await Eventually.TrueAsync(() => port.Server.OpenConnections == 63, "they were not all taken");
        await using (var good = await port.ConnectAsync())
        {
            Assert.Equal("HEADB300x", await good.AskAsync("HEADB20001x"));
        }

        Assert.True(await slow[0].IsClosedAsync(() => time.Advance(TimeSpan.FromSeconds(1))));
        foreach (var client in slow)
        {
            await client.DisposeAsync();
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    /// <summary>A43: each is answered, and others are served meanwhile.</summary>
    [Fact]
    public async Task JkStorm_IsAnswered_OthersAreServedMeanwhile()
    {
        const int Storm = 500;
        await using var port = await TestPort.StartAsync();
        await using (var storm = await port.ConnectAsync())
        {
            for (var i = 0; i < Storm; i++)
            {
                await storm.SendTextAsync("HEADJK");
            }

            await using (var good = await port.ConnectAsync())
            {
                Assert.Equal("HEADB300x", await good.AskAsync("HEADB20001x"));
            }

            for (var i = 0; i < Storm; i++)
            {
                Assert.StartsWith("HEADJL00", await storm.ReceiveTextAsync(), StringComparison.Ordinal);
            }
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Theory]
    [InlineData("0010484541444e43", "A2: prefix larger than what is sent")]
    [InlineData("00", "A5: half a prefix")]
    public async Task UnfinishedFrame_ThenFin_IsClosedWithoutAnswer(string hex, string row)
    {
        await using var port = await TestPort.StartAsync();
        await using (var client = await port.ConnectAsync())
        {
            await client.SendAsync(hex);
            client.Socket.Shutdown(SocketShutdown.Send);
            Assert.True(await client.IsClosedAsync(), row);
        }

        Assert.Equal(0, port.Counters.CountOf("NC"));
        await port.StillWorksAndLeaksNothingAsync();
    }

    [Theory]
    [InlineData("0004484541444e43", "A3: prefix smaller than the command")]
    [InlineData("0000", "A4: length 0")]
    [InlineData("000448454144", "A6: no code")]
    [InlineData("000441424e43", "A7: header shorter than configured")]
    [InlineData("000648454144d5c3", "A12, A30: high bytes as code, EBCDIC")]
    [InlineData("0006484541444eff", "A12: code without a successor")]
    [InlineData("0006484541440e43", "A12: control byte as code")]
    [InlineData("ffff484541444e43", "A27: above the I/O buffer")]
    public async Task BrokenFrame_Closes(string hex, string row)
    {
        await using var port = await TestPort.StartAsync();
        await using (var client = await port.ConnectAsync())
        {
            await client.SendAsync(hex);
            Assert.True(await client.IsClosedAsync(), row);
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task BrokenFrame_OtherVariants()
    {
        var variants = new HostPortBehaviour { ZeroLength = HostPortReaction.Ignore, ShortBody = HostPortReaction.Refuse, Oversize = HostPortReaction.Refuse };
        await using var port = await TestPort.StartAsync(behaviour: variants);
        await using (var client = await port.ConnectAsync())
        {
            await client.SendAsync("0000");
            Assert.Equal("HEADZZ15", await client.AskAsync("HEAD"));
            port.Server.Behaviour = variants with { ShortBody = HostPortReaction.Ignore };
            await client.SendTextAsync("HEAD");
            Assert.Equal("HEADB300", await client.AskAsync("HEADB20000"));
            await client.SendAsync("ffff484541444232");
            Assert.Equal("HEADB315", await client.ReceiveTextAsync());
            Assert.True(await client.IsClosedAsync());
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task Pipelined_AnsweredInOrder_BadOneInTheMiddle()
    {
        await using var port = await TestPort.StartAsync();
        await using (var client = await port.ConnectAsync())
        {
            // A34, A35, A42: one segment, three requests, the same header in all.
            await client.SendAsync("0006484541444e43" + "0008484541444e4f7a7a" + "000b4845414442323030303178");
            Assert.Equal("HEADND005D672700000000001500-0023", await client.ReceiveTextAsync());
            Assert.Equal("HEADNP15", await client.ReceiveTextAsync());
            Assert.Equal("HEADB300x", await client.ReceiveTextAsync());
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task ManyPipelined_AllAnsweredInOrder()
    {
        await using var port = await TestPort.StartAsync();
        await using var client = await port.ConnectAsync();
        const int Count = 5000;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
            {
                await client.SendTextAsync($"{i:D4}B20001x");
            }
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal($"{i:D4}B300x", await client.ReceiveTextAsync());
        }

        await sending;
        Assert.Equal(Count, port.Counters.CountOf("B2"));
    }

    /// <summary>A36.</summary>
    [Fact]
    public async Task OneBytePerSegment_Works()
    {
        await using var port = await TestPort.StartAsync();
        await using (var client = await port.ConnectAsync())
        {
            foreach (var value in Convert.FromHexString("0006484541444e43"))
            {
                await client.SendAsync([value]);
            }

            Assert.Equal("HEADND005D672700000000001500-0023", await client.ReceiveTextAsync());
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    /// <summary>A40.</summary>
    [Fact]
    public async Task HalfClose_AnswerStillComes()
    {
        await using var port = await TestPort.StartAsync();
        await using (var client = await port.ConnectAsync())
        {
            await client.SendTextAsync("HEADNC");
            client.Socket.Shutdown(SocketShutdown.Send);
            Assert.Equal("HEADND005D672700000000001500-0023", await client.ReceiveTextAsync());
            Assert.True(await client.IsClosedAsync());
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    /// <summary>A41.</summary>
    [Fact]
    public async Task ResetInTheMiddleOfARequest_IsDropped()
    {
        await using var port = await TestPort.StartAsync();
        await using (var client = await port.ConnectAsync())
        {
            await client.SendAsync("00064845");
            client.Socket.LingerState = new LingerOption(true, 0);
        }

        await port.StillWorksAndLeaksNothingAsync();
    }
}
