using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;
using PaymentHsm.Device.Simulator.HostPort;
using PaymentHsm.Device.Tests.Simulator.HostPort;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.HostCommands;

/// <summary>The driver against the simulated host port.</summary>
public sealed class HostLinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCommand_ThroughRealSockets()
    {
        await using var port = await TestPort.StartAsync();
        port.Side.Authorised.Add("audit.host");
        await using (var link = await new TestLinks(port.Server.HostPort).OpenAsync())
        {
            Assert.Equal(new HostAnswer<HostDiagnostics>("00", "success", new HostDiagnostics("5D67270000000000", "1500-0023")), await link.DiagnoseAsync(Token));
            Assert.Equal(new HostHealth("S0420000017A", false, 2, 1, false, false), (await link.ReadHealthAsync(Token)).Value);
            Assert.Equal(4, (await link.EchoAsync("ping"u8.ToArray(), Token)).Value);
            Assert.Equal(new StatusAnswer(3, 1, 64, "1500-0023", true), (await link.StatusAsync(Token)).Value);
            Assert.Equal(PciCompliance.Compliant, (await link.ComplianceAsync(Token)).Value!.Compliance);
            Assert.Equal(256, (await link.RandomValueAsync(256, Token)).Value!.Value.Length);
            Assert.Single((await link.NetworkInformationAsync('1', statistics: true, Token)).Value!.Connections);
            Assert.Equal(10, (await link.LoadingAsync(Token)).Value!.Ranges.Count);
            Assert.Contains((await link.CommandVolumesAsync(Token)).Value!.Volumes, volume => volume == new CommandVolume(CommandCode.Parse("NO"), 2));
            Assert.Equal(7, (await link.HealthCountsAsync(Token)).Value!.Reboots);
            Assert.True((await link.ResetHealthCountsAsync(Token)).IsDone);
            Assert.True((await link.ResetUtilisationAsync(Token)).IsDone);
            Assert.Equal("JI", (await link.RetrieveAuditRecordAsync(Token)).Value!.Record.Action.ToString());
            Assert.Equal(1, (await link.DeleteAuditRecordsAsync(archivedOnly: false, Token)).Value!.Deleted);
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task Refusal_IsAValueInWords()
    {
        await using var port = await TestPort.StartAsync();
        port.Side.Disabled.Add("NC");
        await using var link = await new TestLinks(port.Server.HostPort).OpenAsync();
        Assert.Equal(new HostAnswer<HostDiagnostics>("68", "command disabled", null), await link.DiagnoseAsync(Token));
        Assert.Equal("audit.host is not authorised", (await link.DeleteAuditRecordsAsync(archivedOnly: true, Token)).Meaning);
    }

    [Fact]
    public async Task LargestEcho_IsCarried_ALargerOneIsTheCallersMistake()
    {
        await using var port = await TestPort.StartAsync();
        await using var link = await new TestLinks(port.Server.HostPort).OpenAsync();
        var data = new byte[FrameCodec.IoBuffer - 10];
        new Random(1).NextBytes(data);
        Assert.Equal(data.Length, (await link.EchoAsync(data, Token)).Value);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => link.EchoAsync(new byte[0x10000], Token));
        Assert.Equal(1, (await link.EchoAsync(new byte[1], Token)).Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(255)]
    public async Task ManyAtATime_EachGetsItsOwnAnswer(int headerLength)
    {
        await using var port = await TestPort.StartAsync(new HostPortOptions { HeaderLength = headerLength });
        await using var link = await new TestLinks(port.Server.HostPort, headerLength: headerLength).OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(async i =>
        {
            var data = BitConverter.GetBytes(i);
            var echo = await link.SendAsync<EchoRequest, EchoAnswer>(new EchoRequest(data), Token);
            Assert.Equal(data, echo.Value!.Data.ToArray());
        }));
        Assert.Equal(1, port.Server.AcceptedHost);
        Assert.Equal(0, link.Discarded);
    }

    [Fact]
    public async Task Access_IsSpentBeforeAnythingElse()
    {
        var links = new TestLinks(1);
        var access = links.Mint();
        access.Spend(TestLinks.Serial, links.Time.GetUtcNow());
        await Assert.ThrowsAsync<CustodyException>(() => links.Links.OpenAsync(access, Token));
        Assert.Equal(0, links.Lookups);
    }

    [Fact]
    public async Task ExpiredAccess_OpensNothing()
    {
        var time = new FakeTimeProvider();
        await using var port = await TestPort.StartAsync();
        var links = new TestLinks(port.Server.HostPort, time);
        var access = links.Mint();
        time.Advance(LogicalAccess.Lifetime);
        await Assert.ThrowsAsync<CustodyException>(() => links.Links.OpenAsync(access, Token));
        Assert.Equal(0, port.Server.AcceptedHost);
    }

    [Fact]
    public async Task AccessExpires_ConnectionEnds_AndNothingMoreIsSent()
    {
        var time = new FakeTimeProvider();
        await using var port = await TestPort.StartAsync();
        var links = new TestLinks(port.Server.HostPort, time, new HostLinkOptions { AnswerLimit = TimeSpan.FromMinutes(1) });
        await using var link = await links.OpenAsync();
        Assert.True((await link.DiagnoseAsync(Token)).IsDone);
        port.Server.Behaviour = new HostPortBehaviour { Mute = true };
        var waiting = link.DiagnoseAsync(Token);
        time.Advance(LogicalAccess.Lifetime);
        Assert.Equal(LinkFault.NoAnswer, (await Assert.ThrowsAsync<LinkException>(() => waiting)).Fault);
        await Assert.ThrowsAsync<CustodyException>(() => link.DiagnoseAsync(Token));
        await Eventually.TrueAsync(() => port.Server.OpenConnections == 0, "the connection is still open");
        Assert.Equal(1, port.Server.AcceptedHost);
    }

    [Fact]
    public async Task NotEnrolled_IsUnreachable()
    {
        var links = new TestLinks(1);
        var failure = await Assert.ThrowsAsync<LinkException>(() => links.Links.OpenAsync(links.Mint("B1234567890C"), Token));
        Assert.Equal(LinkFault.Unreachable, failure.Fault);
    }

    [Fact]
    public async Task NobodyListens_IsUnreachable()
    {
        int free;
        await using (var port = await TestPort.StartAsync())
        {
            free = port.Server.HostPort;
        }

        var failure = await Assert.ThrowsAsync<LinkException>(() => new TestLinks(free).OpenAsync());
        Assert.Equal((LinkFault.Unreachable, true), (failure.Fault, failure.IsTransient));
    }

    /// <summary>A43: however often it is asked, a device sees one JK in each pause, over all links to it.</summary>
    [Fact]
    public async Task A43_health_is_asked_once_a_second_at_most()
    {
        var time = new FakeTimeProvider();
        await using var port = await TestPort.StartAsync(time: time);
        var links = new TestLinks(port.Server.HostPort, time);
        var shared = links.Links;
        await using var first = await shared.OpenLinkAsync(links.Mint(), Token);
        await using var second = await shared.OpenLinkAsync(links.Mint(), Token);
        await first.ReadHealthAsync(Token);
        for (var asked = 2; asked <= 4; asked++)
        {
            var next = (asked % 2 == 0 ? second : first).ReadHealthAsync(Token);
            time.Advance(TimeSpan.FromMilliseconds(999));
            Assert.Equal((false, asked - 1), (next.IsCompleted, port.Counters.CountOf("JK")));
            time.Advance(TimeSpan.FromMilliseconds(1));
            await next;
            Assert.Equal(asked, port.Counters.CountOf("JK"));
        }
    }

    [Fact]
    public async Task AnotherUnit_IsWrongDevice()
    {
        await using var port = await TestPort.StartAsync(side: new TestHostSide { Serial = "X9999999999Y" });
        await using var link = await new TestLinks(port.Server.HostPort).OpenAsync();
        Assert.Equal(LinkFault.WrongDevice, (await Assert.ThrowsAsync<LinkException>(() => link.ReadHealthAsync(Token))).Fault);
    }

    [Fact]
    public async Task ConnectionDropped_NextRequestGoesOverANewOne()
    {
        await using var port = await TestPort.StartAsync();
        await using (var link = await new TestLinks(port.Server.HostPort).OpenAsync())
        {
            Assert.True((await link.DiagnoseAsync(Token)).IsDone);
            port.Server.DropConnections();
            await Eventually.TrueAsync(() => port.Server.OpenConnections == 0, "the connection is still open");
            await GoodAgainAsync(link);
            Assert.Equal(2, port.Server.AcceptedHost);
        }

        await port.StillWorksAndLeaksNothingAsync();
    }

    [Fact]
    public async Task CallerGivesUp_TheLateAnswerIsDiscarded()
    {
        var time = new FakeTimeProvider();
        await using var port = await TestPort.StartAsync(
            new HostPortOptions { IdleLimit = TimeSpan.FromDays(1000) }, new HostPortBehaviour { AnswerDelay = TimeSpan.FromSeconds(1) }, time: time);
        await using var link = await new TestLinks(port.Server.HostPort).OpenAsync();
        using var patience = new CancellationTokenSource();
        var given = link.DiagnoseAsync(patience.Token);
        await Eventually.TrueAsync(() => port.Counters.CountOf("NC") == 1, "the request did not arrive");
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        port.Server.Behaviour = new HostPortBehaviour();
        await Eventually.TrueAsync(() => link.Discarded == 1, "the late answer did not come", () => time.Advance(TimeSpan.FromSeconds(1)));
        Assert.True((await link.DiagnoseAsync(Token)).IsDone);
        Assert.Equal(1, port.Server.AcceptedHost);
    }

    private static async Task GoodAgainAsync(HostLink link)
    {
        // The link may learn of the broken connection only by its next request; that one may fail, it is never sent twice.
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Assert.True((await link.DiagnoseAsync(Token)).IsDone);
                return;
            }
            catch (LinkException) when (watch.Elapsed < Eventually.Patience)
            {
            }
        }
    }
}
