using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>BAD-INPUTS A, the rows about who is served: the limit of connections, a port out of service, a silent processor, start and stop.</summary>
public sealed class HostPortServiceTests
{
    /// <summary>A38.</summary>
    [Theory]
    [InlineData(ConnectionLimitReaction.Reset)]
    [InlineData(ConnectionLimitReaction.Close)]
    public async Task ConnectionAboveTheLimit_IsRefused_UntilOneIsFree(object reaction)
    {
        await using var port = await TestPort.StartAsync(
            new HostPortOptions { MaxConnections = 2 }, new HostPortBehaviour { ConnectionLimit = (ConnectionLimitReaction)reaction });
        await using (var first = await port.ConnectAsync())
        {
            await using (var second = await port.ConnectAsync())
            {
                Assert.Equal("HEADB300", await first.AskAsync("HEADB20000"));
                Assert.Equal("HEADB300", await second.AskAsync("HEADB20000"));
                Assert.True(await RawClient.IsRefusedAsync(port.Server.HostPort));
            }

            await Eventually.TrueAsync(() => port.Server.OpenConnections == 1, "the socket was not freed");
            await using var fourth = await port.ConnectAsync();
            Assert.Equal("HEADB300", await fourth.AskAsync("HEADB20000"));
        }

        Assert.Equal(4, port.Server.AcceptedHost);
        await port.StillWorksAndLeaksNothingAsync();
    }

    /// <summary>A38, the third variant.</summary>
    [Fact]
    public async Task ConnectionAboveTheLimit_LeftWaiting_IsServedWhenOneIsFree()
    {
        await using var port = await TestPort.StartAsync(
            new HostPortOptions { MaxConnections = 1 }, new HostPortBehaviour { ConnectionLimit = ConnectionLimitReaction.LeaveWaiting });
        await using var waiting = await OccupyAndWaitAsync(port);
        Assert.Equal("HEADB300", await waiting.ReceiveTextAsync());
    }

    /// <summary>A47: refused.</summary>
    [Fact]
    public async Task OutOfService_RefusesNewAndEndsOpenConnections_ThenServesAgain()
    {
        var time = new FakeTimeProvider();
        await using var port = await TestPort.StartAsync(time: time);
        await using (var open = await port.ConnectAsync())
        {
            Assert.Equal("HEADB300", await open.AskAsync("HEADB20000"));
            port.Side.IsServing = false;
            Assert.True(await RawClient.IsRefusedAsync(port.Server.HostPort));
            Assert.True(await open.IsClosedAsync(() => time.Advance(IdleWatch.Period)));
        }

        port.Side.IsServing = true;
        await port.StillWorksAndLeaksNothingAsync();
    }

    /// <summary>A47: silent.</summary>
    [Fact]
    public async Task OutOfService_SilentVariant_AcceptsAndSaysNothing()
    {
        await using var port = await TestPort.StartAsync(behaviour: new HostPortBehaviour { SilentOutOfService = true });
        port.Side.IsServing = false;
        await using (var client = await port.ConnectAsync())
        {
            await client.SendTextAsync("HEADNC");
            await Eventually.TrueAsync(() => port.Server.Statistics().BytesReceived == 8, "the request did not arrive");
            port.Side.IsServing = true;

            // The first answer is that of the second request: the first was swallowed.
            Assert.Equal("HEADB300", await client.AskAsync("HEADB20000"));
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task DropConnections_EndsThemAtOnce()
    {
        await using var port = await TestPort.StartAsync();
        await using (var open = await port.ConnectAsync())
        {
            Assert.Equal("HEADB300", await open.AskAsync("HEADB20000"));
            port.Server.DropConnections();
            Assert.True(await open.IsClosedAsync());
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    /// <summary>A47: a dead processor, and slow answers.</summary>
    [Fact]
    public async Task Silence_OfADeadProcessor_AndSlowAnswers()
    {
        var time = new FakeTimeProvider();
        await using var port = await TestPort.StartAsync(
            new HostPortOptions { IdleLimit = TimeSpan.FromDays(1000) }, new HostPortBehaviour { Mute = true }, time: time);
        await using (var client = await port.ConnectAsync())
        {
            await client.SendTextAsync("HEADNC");
            await Eventually.TrueAsync(() => port.Server.Statistics().BytesReceived == 8, "the request did not arrive");
            Assert.Equal(0UL, port.Server.Statistics().BytesSent);
            port.Server.Behaviour = new HostPortBehaviour { AnswerDelay = TimeSpan.FromSeconds(10) };
            var answer = client.AskAsync("HEADB20000");
            await Eventually.TrueAsync(() => port.Counters.CountOf("B2") == 1, "the request did not arrive");
            Assert.False(answer.IsCompleted);
            await Eventually.TrueAsync(() => answer.IsCompleted, "no answer came", () => time.Advance(TimeSpan.FromSeconds(1)));
            Assert.Equal("HEADB300", await answer);
        }

        port.Server.Behaviour = new HostPortBehaviour();
        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task Stop_EndsEverything_AndFreesThePort()
    {
        var port = await TestPort.StartAsync(new HostPortOptions { HostUdpPort = 0 });
        await using var client = await port.ConnectAsync();
        Assert.Equal("HEADB300", await client.AskAsync("HEADB20000"));
        var number = port.Server.HostPort;
        await port.DisposeAsync();
        Assert.True(await client.IsClosedAsync());
        await Assert.ThrowsAnyAsync<SocketException>(() => RawClient.ConnectAsync(number));
        await using var again = await TestPort.StartAsync(new HostPortOptions { HostPort = number });
        await again.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task PortTaken_StartFailsAndLeavesNothingOpen()
    {
        await using var port = await TestPort.StartAsync();
        await Assert.ThrowsAnyAsync<SocketException>(() => TestPort.StartAsync(new HostPortOptions { HostPort = port.Server.HostPort }));
        await port.StillWorksAndLeaksNothingAsync();
    }

    private static async Task<RawClient> OccupyAndWaitAsync(TestPort port)
    {
        await using var occupant = await port.ConnectAsync();
        Assert.Equal("HEADB300", await occupant.AskAsync("HEADB20000"));
        var waiting = await port.ConnectAsync();
        await waiting.SendTextAsync("HEADB20000");
        Assert.Equal("HEADB300", await occupant.AskAsync("HEADB20000"));
        Assert.Equal(0, waiting.Socket.Available);
        return waiting;
    }
}
