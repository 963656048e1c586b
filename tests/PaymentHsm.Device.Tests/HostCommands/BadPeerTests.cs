using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.Tests.Simulator.HostPort;
using PaymentHsm.Domain.Fleet;
using static PaymentHsm.Device.Tests.HostCommands.ScriptedPeer;

namespace PaymentHsm.Device.Tests.HostCommands;

/// <summary>BAD-INPUTS B, the rows about frames, headers and time. After each the next good request works, over a new connection where the old one is lost.</summary>
public sealed class BadPeerTests
{
    private const string Good = "ND005D672700000000001500-0023";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task AnswerInPieces_IsPutTogether(int piece)
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            while (await talk.ReceiveAsync() is { } request)
            {
                foreach (var part in Talk.Frame(request[..4], Good).Chunk(piece))
                {
                    await talk.SendAsync(part);
                }
            }
        });
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        Assert.True((await link.DiagnoseAsync(Token)).IsDone);
        Assert.True((await link.DiagnoseAsync(Token)).IsDone);
    }

    [Fact]
    public async Task TwoAnswersInOneSegment_InTheWrongOrder_EachToItsOwn()
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            while (await talk.ReceiveAsync() is { } first && await talk.ReceiveAsync() is { } second)
            {
                byte[] swapped = [.. Talk.Frame([.. second[..4], .. "B300"u8, .. second[10..]]), .. Talk.Frame([.. first[..4], .. "B300"u8, .. first[10..]])];
                await talk.SendAsync(swapped);
            }
        });
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        var both = new[] { link.EchoAsync("one"u8.ToArray(), Token), link.EchoAsync("three"u8.ToArray(), Token) };
        Assert.Equal([3, 5], (await Task.WhenAll(both)).Select(answer => answer.Value));
    }

    [Theory]
    [InlineData("0000", LinkFault.Protocol, "B2: prefix 0")]
    [InlineData("000148", LinkFault.Protocol, "B2: prefix 1")]
    [InlineData("00024845", LinkFault.Protocol, "B2: prefix 2")]
    [InlineData("0003484541", LinkFault.Protocol, "B2: prefix 3")]
    [InlineData("000448454144", LinkFault.Protocol, "B2: prefix m")]
    [InlineData("0005484541444e", LinkFault.Protocol, "B2: half a response code")]
    [InlineData("0006484541444e44", LinkFault.Protocol, "B2: no error code")]
    [InlineData("000748454144000000", LinkFault.Protocol, "B2: prefix m+3")]
    [InlineData("ffff", LinkFault.Protocol, "an answer above the limit")]
    [InlineData("0021484541", LinkFault.NoAnswer, "B2: prefix longer than the body, then FIN")]
    [InlineData("00", LinkFault.NoAnswer, "half a prefix, then FIN")]
    [InlineData("", LinkFault.NoAnswer, "B11: closed before answering; A38: no free socket")]
    public async Task BrokenFrame_EndsTheConnection_TheNextOneIsGood(string hex, object fault, string row)
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            while (await talk.ReceiveAsync() is { } request)
            {
                if (talk.Number == 1)
                {
                    await talk.SendAsync(Convert.FromHexString(hex));
                    talk.Socket.Shutdown(SocketShutdown.Both);
                    return;
                }

                await talk.SendAsync(Talk.Frame(request[..4], Good));
            }
        });
        await using (var link = await new TestLinks(peer.Port, options: new HostLinkOptions { FirstPause = TimeSpan.FromMilliseconds(1) }).OpenAsync())
        {
            var failure = await Assert.ThrowsAnyAsync<LinkException>(() => link.DiagnoseAsync(Token));
            Assert.Equal((row, (LinkFault)fault), (row, failure.Fault));
            Assert.True((await link.DiagnoseAsync(Token)).IsDone);
        }

        Assert.Equal(2, peer.Accepted);
        await Eventually.TrueAsync(() => peer.Open == 0, "a connection leaked");
    }

    [Theory]
    [InlineData("XXXX", "B3: not ours")]
    [InlineData("\u0000\u0019\u00ff~", "B3: not even text")]
    [InlineData("ZZZZ", "B3: ours, but not in use")]
    public async Task ForeignHeader_IsDiscarded(string header, string row)
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            while (await talk.ReceiveAsync() is { } request)
            {
                await talk.SendAsync(Talk.Frame([.. header.Select(character => (byte)character)], "ND999"));
                await talk.SendAsync(Talk.Frame(request[..4], Good));
            }
        });
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        Assert.True((await link.DiagnoseAsync(Token)).IsDone, row);
        Assert.Equal(1, link.Discarded);
    }

    [Fact]
    public async Task B10_a_counter_that_wraps_or_goes_back_is_read_as_it_is()
    {
        var counters = new Queue<string>(["FFFFFFFE", "FFFFFFFF", "00000000", "00000001"]);
        await using var peer = ScriptedPeer.Answering((header, _) => Talk.Frame(header, $"Q300{counters.Dequeue()}1704552311264F4ED0003030A1B2C3D4E5F607180F1E2D3C4B5A69788796A5B4C3D2E1F0"));
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        foreach (var expected in new[] { 0xFFFFFFFE, 0xFFFFFFFF, 0u, 1u })
        {
            Assert.Equal(expected, (await link.RetrieveAuditRecordAsync(Token)).Value!.Record.Counter);
        }
    }

    [Fact]
    public async Task AnsweredTwice_TheSecondIsDiscarded()
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            while (await talk.ReceiveAsync() is { } request)
            {
                byte[] answer = Talk.Frame(request[..4], Good);
                await talk.SendAsync([.. answer, .. answer]);
            }
        });
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        for (var i = 0; i < 50; i++)
        {
            Assert.True((await link.DiagnoseAsync(Token)).IsDone);
        }

        await Eventually.TrueAsync(() => link.Discarded == 50, "the second answers were not discarded");
    }

    [Fact]
    public async Task NoAnswerInTime_IsNoAnswer_TheLateOneNeverReachesTheNextCaller()
    {
        var time = new FakeTimeProvider();
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = new ScriptedPeer(async talk =>
        {
            var first = await talk.ReceiveAsync();
            await late.Task;
            await talk.SendAsync(Talk.Frame(first![..4], "ND00LATELATELATELATE1500-9999"));
            while (await talk.ReceiveAsync() is { } request)
            {
                await talk.SendAsync(Talk.Frame(request[..4], Good));
            }
        });
        await using var link = await new TestLinks(peer.Port, time).OpenAsync();
        var waiting = link.DiagnoseAsync(Token);
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(LinkFault.NoAnswer, (await Assert.ThrowsAsync<LinkException>(() => waiting)).Fault);
        late.SetResult();
        Assert.Equal("1500-0023", (await link.DiagnoseAsync(Token)).Value!.FirmwareRevision);
        Assert.Equal((1L, 1), (link.Discarded, peer.Accepted));
    }

    [Fact]
    public async Task OneByteHeaders_AllOwed_NewConnectionInsteadOfAReusedHeader()
    {
        var time = new FakeTimeProvider();
        await using var peer = new ScriptedPeer(async talk =>
        {
            while (await talk.ReceiveAsync() is { } request)
            {
                if (talk.Number > 1)
                {
                    await talk.SendAsync(Talk.Frame(request[..1], Good));
                }
            }
        });
        var options = new HostLinkOptions { AnswerLimit = TimeSpan.FromSeconds(1), MaxInFlight = 36, FirstPause = TimeSpan.FromTicks(1) };
        await using var link = await new TestLinks(peer.Port, time, options, headerLength: 1).OpenAsync();
        var all = Enumerable.Range(0, 36).Select(_ => link.DiagnoseAsync(Token)).ToArray();
        time.Advance(TimeSpan.FromSeconds(2));
        foreach (var one in all)
        {
            await Assert.ThrowsAsync<LinkException>(() => one);
        }

        Assert.Equal(LinkFault.NoAnswer, (await Assert.ThrowsAsync<LinkException>(() => link.DiagnoseAsync(Token))).Fault);
        var next = link.DiagnoseAsync(Token);
        await Eventually.TrueAsync(() => next.IsCompleted, "no new connection was made", () => time.Advance(TimeSpan.FromTicks(1)));
        Assert.True((await next).IsDone);
    }

    [Fact]
    public async Task ClosedAfterEveryAnswer_EveryRequestGetsANewConnection()
    {
        await using var peer = new ScriptedPeer(async talk =>
        {
            if (await talk.ReceiveAsync() is { } request)
            {
                await talk.SendAsync(Talk.Frame(request[..4], Good));
            }
        });
        await using var link = await new TestLinks(peer.Port).OpenAsync();
        for (var done = 0; done < 5; done++)
        {
            Assert.True((await link.DiagnoseAsync(Token)).IsDone);
            await Eventually.TrueAsync(() => !link.IsConnected, "the close was not noticed");
        }

        Assert.Equal(5, peer.Accepted);
    }
}
