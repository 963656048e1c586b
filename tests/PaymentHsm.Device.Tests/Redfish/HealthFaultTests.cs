using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>The faults of OOB-PROFILE 11, health column, against a real TLS peer; after each the next good poll is whole again.</summary>
public sealed class HealthFaultTests
{
    private static readonly string Deep = "{\"a\":" + new string('[', 80) + new string(']', 80) + "}";

    public static TheoryData<string, LinkFault, int> Faults => new()
    {
        // kind, fault of the poll, retries of the one failing part
        { "Close", LinkFault.NoAnswer, 3 },
        { "Status500", LinkFault.NoAnswer, 3 },
        { "Status500Html", LinkFault.NoAnswer, 3 },
        { "Status503", LinkFault.Busy, 3 },
        { "Status403", LinkFault.AuthFailed, 0 },
        { "Malformed", LinkFault.Protocol, 1 },
        { "Truncated", LinkFault.NoAnswer, 3 },
        { "WrongContentType", LinkFault.Protocol, 0 },
        { "Empty", LinkFault.Protocol, 0 },
        { "Oversize", LinkFault.Protocol, 0 },
        { "Deep", LinkFault.Protocol, 1 },
        { "Redirect", LinkFault.Protocol, 0 },
        { "NotFound", LinkFault.Unsupported, 0 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Poll_OnePartFails_ThatPartIsUnknownAndTheNextPollIsWhole(string kind, LinkFault fault, int retries)
    {
        await using var bench = new OobBench();
        await bench.Link.PollAsync(OobBench.Stop);
        bench.Time.Pauses.Clear();
        bench.Peer.Script = request => request.Path == DeviceDocuments.Fan1 ? Reply(kind) : null;

        var poll = await bench.Link.PollAsync(OobBench.Stop);

        Assert.Equal((OobReach.Degraded, fault), (poll.Reach, poll.Fault));
        Assert.NotNull(OobBench.Of(poll, ReadingName.Fan1).Problem);
        Assert.All(poll.Samples.Where(sample => sample.Name != ReadingName.Fan1), sample => Assert.Null(sample.Problem));
        Assert.Equal(1 + 1 + retries, bench.Peer.Count("GET", DeviceDocuments.Fan1));
        Assert.Equal(retries, bench.Time.Pauses.Count);

        bench.Peer.Script = _ => null;
        Assert.Equal(OobReach.Up, (await bench.Link.PollAsync(OobBench.Stop)).Reach);
        Assert.InRange(bench.Peer.OpenConnections, 1, 8);
    }

    [Fact]
    public async Task Poll_CloseOnce_IsHealedByARetryAfterHalfASecond()
    {
        await using var bench = new OobBench();
        await bench.Link.PollAsync(OobBench.Stop);
        var left = 1;
        bench.Peer.Script = request => request.Path == DeviceDocuments.Fan1 && Interlocked.Decrement(ref left) == 0 ? PeerReply.Error(500, "InternalError") : null;

        Assert.Equal(OobReach.Up, (await bench.Link.PollAsync(OobBench.Stop)).Reach);
        Assert.InRange(Assert.Single(bench.Time.Pauses), TimeSpan.FromSeconds(0.4), TimeSpan.FromSeconds(0.6));
    }

    [Theory]
    [InlineData("Hang")]
    [InlineData("HangAfterHeaders")]
    public async Task Poll_OnePartHangs_EndsWithThePollsLimit(string kind)
    {
        await using var bench = new OobBench();
        await bench.Link.PollAsync(OobBench.Stop);
        bench.Peer.Script = request => request.Path == DeviceDocuments.Fan1 ? Reply(kind) : null;
        var hangs = bench.Peer.NextAsync(request => request.Path == DeviceDocuments.Fan1);
        var polling = bench.Link.PollAsync(OobBench.Stop);
        await hangs;
        bench.Time.Advance(TimeSpan.FromSeconds(25));

        var poll = await polling;

        Assert.Equal((OobReach.Degraded, LinkFault.NoAnswer), (poll.Reach, poll.Fault));
        Assert.NotNull(OobBench.Of(poll, ReadingName.Fan1).Problem);
        bench.Peer.Script = _ => null;
        Assert.Equal(OobReach.Up, (await bench.Link.PollAsync(OobBench.Stop)).Reach);
    }

    [Theory]
    [InlineData("Untrusted")]
    [InlineData("Expired")]
    [InlineData("WrongName")]
    public async Task Poll_TlsTrustFails_IsASecurityMatterWithoutARetry(string kind)
    {
        await using var bench = new OobBench();
        bench.Peer.Certificate = kind switch
        {
            "Untrusted" => TestCertificates.Untrusted,
            "Expired" => TestCertificates.Expired,
            _ => TestCertificates.WrongName,
        };

        var poll = await bench.Link.PollAsync(OobBench.Stop);

        Assert.Equal((OobReach.Degraded, LinkFault.TrustFailed), (poll.Reach, poll.Fault));
        Assert.Empty(bench.Time.Pauses);
        Assert.Empty(bench.Peer.Requests);
        bench.Peer.Certificate = TestCertificates.Good;
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(OobReach.Up, (await bench.Link.PollAsync(OobBench.Stop)).Reach);
    }

    [Theory]
    [InlineData("/redfish/v1/", "6d1f2f3e-5b1c-4c7e-9a10-000000000001", "6d1f2f3e-5b1c-4c7e-9a10-00000000000f")]
    [InlineData(DeviceDocuments.System, "A4665271234F", "A4665271234G")]
    public async Task Poll_IdentitySwapped_StopsAndSendsNothingMore(string path, string real, string other)
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[path] = bench.Peer.Documents[path].Replace(real, other, StringComparison.Ordinal);

        var poll = await bench.Link.PollAsync(OobBench.Stop);
        var sent = await bench.Link.SendRestartAsync(Guid.NewGuid(), OobBench.Stop);

        Assert.Equal((OobReach.Degraded, LinkFault.WrongDevice), (poll.Reach, poll.Fault));
        Assert.All(ReadingName.ThroughOob, name => Assert.True(OobBench.Of(poll, name).Value.IsNone));
        Assert.Equal(RestartDelivery.NotSent, sent.Delivery);
        Assert.Equal(0, bench.Peer.Count("POST", DeviceDocuments.Reset));
        Assert.Equal(path == "/redfish/v1/" ? 0 : 2, bench.Peer.Count("POST", DeviceDocuments.Sessions));
        bench.Peer.Documents[path] = DeviceDocuments.Healthy()[path];
        Assert.Equal(OobReach.Up, (await bench.Link.PollAsync(OobBench.Stop)).Reach);
    }

    [Fact]
    public async Task Poll_SessionForgotten_LogsInOnceMoreAndGoesOn()
    {
        await using var bench = new OobBench();
        await bench.Link.PollAsync(OobBench.Stop);
        bench.Peer.ForgetSessions();
        Assert.Equal(OobReach.Up, (await bench.Link.PollAsync(OobBench.Stop)).Reach);
        Assert.Equal(2, bench.Peer.Count("POST", DeviceDocuments.Sessions));
    }

    [Fact]
    public async Task Poll_LoginRefused_RestsFiveMinutesSoThatTheAccountIsNotLocked()
    {
        await using var bench = new OobBench();
        bench.Peer.Accounts["oob-monitor"] = "another";
        Assert.Equal((OobReach.Degraded, LinkFault.AuthFailed), await ReachAsync(bench));
        Assert.Equal((OobReach.Degraded, LinkFault.AuthFailed), await ReachAsync(bench));
        Assert.Equal(1, bench.Peer.Count("POST", DeviceDocuments.Sessions));

        bench.Peer.Accounts["oob-monitor"] = "m";
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((OobReach.Up, null), await ReachAsync(bench));
    }

    [Fact]
    public async Task Poll_LinksLeadOffOrigin_AreNotFollowed()
    {
        await using var bench = new OobBench();
        await using var other = new ScriptedRedfishPeer();
        bench.Peer.Documents[DeviceDocuments.Chassis + "/ThermalSubsystem/Fans"] = $$"""{"Members":[{"@odata.id":"{{other.Url}}redfish/v1/x"}]}""";

        var poll = await bench.Link.PollAsync(OobBench.Stop);

        Assert.Equal((OobReach.Degraded, LinkFault.Protocol), (poll.Reach, poll.Fault));
        Assert.NotNull(OobBench.Of(poll, ReadingName.Fan1).Problem);
        Assert.Null(OobBench.Of(poll, ReadingName.TemperatureIntake).Problem);
        Assert.Equal(0, other.Accepted);
    }

    [Theory]
    [InlineData("Retry-After: 2", 2)]
    [InlineData("X-None: 1", 5)]
    [InlineData("Retry-After: garbage", 5)]
    [InlineData("Retry-After: 0", 1)]
    [InlineData("Retry-After: Mon, 23 Nov 2026 17:24:07 GMT", 7)]
    public async Task Read_Busy_WaitsAsLongAsAsked(string header, int seconds)
    {
        await using var bench = new OobBench();
        await bench.Link.PollAsync(OobBench.Stop);
        var left = 1;
        bench.Peer.Script = request => request.Path == DeviceDocuments.System && Interlocked.Decrement(ref left) == 0 ? PeerReply.Error(503, "ServiceTemporarilyUnavailable", header) : null;
        Assert.Equal(CommissionState.Commissioned, (await bench.Link.ReadCommissionAsync(OobBench.Stop)).State);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.Single(bench.Time.Pauses));
    }

    private static async Task<(OobReach, LinkFault?)> ReachAsync(OobBench bench)
    {
        var poll = await bench.Link.PollAsync(OobBench.Stop);
        return (poll.Reach, poll.Fault);
    }

    private static PeerReply Reply(string kind) => kind switch
    {
        "Close" => PeerReply.Close(),
        "Hang" => PeerReply.Hang(),
        "HangAfterHeaders" => PeerReply.HangAfterHeaders(),
        "Status500" => PeerReply.Error(500, "InternalError"),
        "Status500Html" => PeerReply.Raw(500, "<html>", ["Content-Type: text/html"]),
        "Status503" => PeerReply.Error(503, "ServiceTemporarilyUnavailable", "Retry-After: 2"),
        "Status403" => PeerReply.Error(403, "InsufficientPrivilege"),
        "Malformed" => PeerReply.Json("{\"a\":"),
        "Truncated" => PeerReply.Raw(200, "{", ["Content-Type: application/json"], declared: 50),
        "WrongContentType" => PeerReply.Raw(200, "<html>", ["Content-Type: text/html"]),
        "Empty" => PeerReply.Json(""),
        "Oversize" => PeerReply.Json($$"""{"a":"{{new string('x', 4 * 1024 * 1024)}}"}"""),
        "Deep" => PeerReply.Json(Deep),
        "Redirect" => PeerReply.Raw(307, "", ["Location: https://127.0.0.1:1/redfish/v1/"]),
        "NotFound" => PeerReply.Error(404, "ResourceMissingAtURI"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
