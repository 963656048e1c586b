using System.Net;
using System.Net.Sockets;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>The faults of OOB-PROFILE 11, Reset column, and the signs of a restart.</summary>
public sealed class RestartTests
{
    private static readonly Guid Operation = Guid.Parse("9b2f9f1e-3c53-4a4f-9d0b-0d4c1f6e2a11");

    public static TheoryData<string, RestartDelivery> Answers => new()
    {
        { "Close", RestartDelivery.Unknown },
        { "500", RestartDelivery.Unknown },
        { "Malformed", RestartDelivery.Unknown },
        { "Truncated", RestartDelivery.Unknown },
        { "Html", RestartDelivery.Unknown },
        { "Empty", RestartDelivery.Unknown },
        { "Oversize", RestartDelivery.Unknown },
        { "Redirect", RestartDelivery.Unknown },
        { "OffOrigin", RestartDelivery.Unknown },
        { "NoLocation", RestartDelivery.Accepted },
        { "204", RestartDelivery.Accepted },
        { "403", RestartDelivery.Refused },
        { "401", RestartDelivery.Refused },
        { "404", RestartDelivery.Refused },
        { "405", RestartDelivery.Refused },
        { "409", RestartDelivery.Refused },
        { "503", RestartDelivery.Refused },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task R68_a_restart_is_written_once_whatever_is_answered(string kind, RestartDelivery delivery)
    {
        await using var bench = new OobBench();
        bench.Peer.Script = request => request.Path == DeviceDocuments.Reset ? Reply(kind) : null;

        var sent = await bench.Link.SendRestartAsync(Operation, OobBench.Stop);

        Assert.Equal((delivery, 1), (sent.Delivery, sent.Attempts));
        Assert.NotEmpty(sent.Answer);
        var resets = bench.Peer.Requests.Where(request => request.Path == DeviceDocuments.Reset).ToList();
        Assert.Equal(kind == "401" ? 2 : 1, resets.Count);
        Assert.All(resets, reset => Assert.Equal(Operation.ToString(), reset.Header("X-PaymentHsm-Operation-Id")));
        Assert.Equal("""{"ResetType":"GracefulRestart"}""", resets[0].Body);
        Assert.Null(resets[0].Header("Transfer-Encoding"));

        bench.Peer.Script = _ => null;
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(RestartDelivery.Accepted, (await bench.Link.SendRestartAsync(Guid.NewGuid(), OobBench.Stop)).Delivery);
    }

    [Fact]
    public async Task Send_NeverAnswered_IsUnknownAfterFifteenSeconds()
    {
        await using var bench = new OobBench();
        bench.Peer.Script = request => request.Path == DeviceDocuments.Reset ? PeerReply.Hang() : null;
        var arrived = bench.Peer.NextAsync(request => request.Path == DeviceDocuments.Reset);
        var sending = bench.Link.SendRestartAsync(Operation, OobBench.Stop);
        await arrived;
        bench.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(RestartDelivery.Unknown, (await sending).Delivery);
        Assert.Equal(1, bench.Peer.Count("POST", DeviceDocuments.Reset));
    }

    [Fact]
    public async Task R62_a_closed_port_is_NotSent_after_three_connects()
    {
        await using var bench = new OobBench();
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var closed = new Uri($"https://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}");
        port.Stop();

        var sent = await bench.LinkTo(closed).SendRestartAsync(Operation, OobBench.Stop);

        Assert.Equal((RestartDelivery.NotSent, 3), (sent.Delivery, sent.Attempts));
    }

    [Fact]
    public async Task Send_TrustFails_IsNotSentAndNotRepeated()
    {
        await using var bench = new OobBench();
        bench.Peer.Certificate = TestCertificates.Untrusted;
        var sent = await bench.Link.SendRestartAsync(Operation, OobBench.Stop);
        Assert.Equal((RestartDelivery.NotSent, 1), (sent.Delivery, sent.Attempts));
    }

    [Fact]
    public async Task Send_GracefulRestartNotOffered_IsRefusedUnsent()
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[DeviceDocuments.System] = bench.Peer.Documents[DeviceDocuments.System].Replace("[\"GracefulRestart\"]", "[\"ForceOff\"]", StringComparison.Ordinal);
        Assert.Equal(RestartDelivery.Refused, (await bench.Link.SendRestartAsync(Operation, OobBench.Stop)).Delivery);
        Assert.Equal(0, bench.Peer.Count("POST", DeviceDocuments.Reset));
    }

    [Fact]
    public async Task Signs_OverSeveralPages_AreTheEntriesAboveTheMark()
    {
        await using var bench = new OobBench();
        var before = await bench.Link.ReadRestartMarksAsync(OobBench.Stop);
        Assert.Equal((2, 17, true), (before.LastEntry, before.BootId, before.HasAuditLog));

        bench.Peer.Documents[DeviceDocuments.Entries] = DeviceDocuments.Log(
            [.. Enumerable.Range(1, 250).Select(id => DeviceDocuments.Entry(id, id == 3 ? "RestartRequested" : "LinkUp", 17)), DeviceDocuments.Entry(251, "RestartCompleted", 18, Operation)]);
        var trace = await bench.Link.ReadRestartTraceAsync(before, OobBench.Stop);

        Assert.Equal(Enumerable.Range(3, 249).Select(id => (long)id), trace.Entries.Select(entry => entry.Id));
        Assert.Equal(("RestartRequested", "oob-operator"), (trace.Entries[0].Key, trace.Entries[0].UserName));
        Assert.Equal(("RestartCompleted", Operation, 18), (trace.Entries[^1].Key, trace.Entries[^1].Operation, trace.Entries[^1].BootId));
        Assert.Equal((true, false), (trace.Ready, trace.LogHasGap));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task Signs_MarkOverwritten_AreAGapUnlessItsSuccessorIsThere(int oldest, bool gap)
    {
        await using var bench = new OobBench();
        var before = await bench.Link.ReadRestartMarksAsync(OobBench.Stop);
        bench.Peer.Documents[DeviceDocuments.Entries] = DeviceDocuments.Log(DeviceDocuments.Entry(oldest, "LinkUp", 17), DeviceDocuments.Entry(9, "LinkUp", 17));
        Assert.Equal(gap, (await bench.Link.ReadRestartTraceAsync(before, OobBench.Stop)).LogHasGap);
    }

    [Fact]
    public async Task Signs_LogEmptiedOrWentBack_AreAGap()
    {
        await using var bench = new OobBench();
        var before = await bench.Link.ReadRestartMarksAsync(OobBench.Stop);
        foreach (var log in new[] { DeviceDocuments.Log(), DeviceDocuments.Log(DeviceDocuments.Entry(1, "LinkUp", 1)) })
        {
            bench.Peer.Documents[DeviceDocuments.Entries] = log;
            Assert.True((await bench.Link.ReadRestartTraceAsync(before, OobBench.Stop)).LogHasGap);
        }
    }

    [Fact]
    public async Task Marks_PeerWithoutOurLog_SaySo()
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[DeviceDocuments.System + "/LogServices"] = """{"Members":[]}""";
        var marks = await bench.Link.ReadRestartMarksAsync(OobBench.Stop);
        Assert.Equal((false, 0, DateTimeOffset.Parse("2026-11-20T03:10:00Z", null)), (marks.HasAuditLog, marks.LastEntry, marks.LastReset));
    }

    [Fact]
    public async Task Trace_WhileBooting_IsNotReady()
    {
        await using var bench = new OobBench();
        var before = await bench.Link.ReadRestartMarksAsync(OobBench.Stop);
        bench.Peer.Documents[DeviceDocuments.System] = bench.Peer.Documents[DeviceDocuments.System].Replace("OSRunning", "OSBootStarted", StringComparison.Ordinal);
        Assert.False((await bench.Link.ReadRestartTraceAsync(before, OobBench.Stop)).Ready);
    }

    private static PeerReply Reply(string kind) => kind switch
    {
        "Close" => PeerReply.Close(),
        "500" => PeerReply.Error(500, "InternalError"),
        "Malformed" => PeerReply.Json("{\"a\":"),
        "Truncated" => PeerReply.Raw(202, "{", ["Content-Type: application/json"], declared: 50),
        "Html" => PeerReply.Raw(200, "<html>", ["Content-Type: text/html"]),
        "Empty" => PeerReply.Json(""),
        "Oversize" => PeerReply.Json($$"""{"a":"{{new string('x', 4 * 1024 * 1024)}}"}"""),
        "Redirect" => PeerReply.Raw(308, "", ["Location: https://127.0.0.1:1/"]),
        "OffOrigin" => PeerReply.Json("{}", 202, "Location: https://127.0.0.1:1/redfish/v1/TaskService/TaskMonitors/1"),
        "NoLocation" => PeerReply.Json("{}", 202),
        "204" => PeerReply.Raw(204, "", []),
        "403" => PeerReply.Error(403, "InsufficientPrivilege"),
        "401" => PeerReply.Error(401, "NoValidSession"),
        "404" => PeerReply.Error(404, "ResourceMissingAtURI"),
        "405" => PeerReply.Error(405, "OperationNotAllowed"),
        "409" => PeerReply.Error(409, "ResourceInUse"),
        "503" => PeerReply.Error(503, "ServiceTemporarilyUnavailable", "Retry-After: 86400"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
