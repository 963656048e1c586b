using System.Security.Authentication;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>
/// The table of OOB-PROFILE 11, every kind that shows on one exchange against each of its columns: a health read, a restart, a Reclaim. Whatever happens, what
/// is known is exact, nothing is sent twice, the next good request works, and no connection, session or task is left.
/// </summary>
public sealed class FaultTableTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly string Deep = "{\"a\":" + new string('[', 80) + new string(']', 80) + "}";

    public static TheoryData<string, OobReach, LinkFault?, RestartDelivery, ReclaimDelivery> Table => new()
    {
        { "Refuse", OobReach.Down, LinkFault.Unreachable, RestartDelivery.NotSent, ReclaimDelivery.NotSent },
        { "Blackhole", OobReach.Down, LinkFault.Unreachable, RestartDelivery.NotSent, ReclaimDelivery.NotSent },
        { "Hang", OobReach.Degraded, LinkFault.NoAnswer, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "HangAfterHeaders", OobReach.Degraded, LinkFault.NoAnswer, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "SlowBody", OobReach.Degraded, LinkFault.NoAnswer, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "Close", OobReach.Degraded, LinkFault.NoAnswer, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "Status401Once", OobReach.Up, null, RestartDelivery.Accepted, ReclaimDelivery.Accepted },
        { "Status401", OobReach.Degraded, LinkFault.AuthFailed, RestartDelivery.Refused, ReclaimDelivery.NotSent },
        { "Status403", OobReach.Degraded, LinkFault.AuthFailed, RestartDelivery.Refused, ReclaimDelivery.Refused },
        { "Status503", OobReach.Degraded, LinkFault.Busy, RestartDelivery.Refused, ReclaimDelivery.Unknown },
        { "Status503Date", OobReach.Degraded, LinkFault.Busy, RestartDelivery.Refused, ReclaimDelivery.Unknown },
        { "Status503Bare", OobReach.Degraded, LinkFault.Busy, RestartDelivery.Refused, ReclaimDelivery.Unknown },
        { "Status503Garbage", OobReach.Degraded, LinkFault.Busy, RestartDelivery.Refused, ReclaimDelivery.Unknown },
        { "Status503Long", OobReach.Degraded, LinkFault.NoAnswer, RestartDelivery.Refused, ReclaimDelivery.Unknown },
        { "Status429", OobReach.Degraded, LinkFault.Busy, RestartDelivery.Refused, ReclaimDelivery.Unknown },
        { "Status500", OobReach.Degraded, LinkFault.NoAnswer, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "Status500Html", OobReach.Degraded, LinkFault.NoAnswer, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "MalformedJson", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "TruncatedBody", OobReach.Degraded, LinkFault.NoAnswer, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "WrongContentType", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "EmptyBody200", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "OversizeBody", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "DeepJson", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "NoLocation202", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Accepted, ReclaimDelivery.Unknown },
        { "TlsUntrusted", OobReach.Degraded, LinkFault.TrustFailed, RestartDelivery.NotSent, ReclaimDelivery.NotSent },
        { "TlsExpired", OobReach.Degraded, LinkFault.TrustFailed, RestartDelivery.NotSent, ReclaimDelivery.NotSent },
        { "TlsWrongName", OobReach.Degraded, LinkFault.TrustFailed, RestartDelivery.NotSent, ReclaimDelivery.NotSent },
        { "TlsOldVersion", OobReach.Degraded, LinkFault.TrustFailed, RestartDelivery.NotSent, ReclaimDelivery.NotSent },
        { "OtherUuid", OobReach.Degraded, LinkFault.WrongDevice, RestartDelivery.NotSent, ReclaimDelivery.NotSent },
        { "OtherSerial", OobReach.Degraded, LinkFault.WrongDevice, RestartDelivery.NotSent, ReclaimDelivery.NotSent },
        { "OffOriginLink", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "Redirect302", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "Redirect307", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "Redirect308", OobReach.Degraded, LinkFault.Protocol, RestartDelivery.Unknown, ReclaimDelivery.Unknown },
        { "EnumUnknown", OobReach.Up, null, RestartDelivery.Accepted, ReclaimDelivery.NotSent },
        { "MissingMember", OobReach.Up, null, RestartDelivery.Accepted, ReclaimDelivery.NotSent },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Health(string kind, OobReach reach, LinkFault? fault, RestartDelivery restart, ReclaimDelivery reclaim)
    {
        Assert.True(Enum.IsDefined(restart) && Enum.IsDefined(reclaim));
        await using var bench = new OobBench(kind == "Blackhole" ? TimeSpan.FromMilliseconds(300) : null);
        Inject(bench, kind, request => request.Path == DeviceDocuments.Fan1);
        var poll = await WithinAsync(bench, kind is "Status503Long" ? "Hang" : kind, request => request.Path == DeviceDocuments.Fan1, () => bench.Link.PollAsync(OobBench.Stop));

        Assert.Equal((reach, fault), (poll.Reach, poll.Fault));
        var fan = OobBench.Of(poll, ReadingName.Fan1);
        Assert.Equal(reach == OobReach.Up && kind == "Status401Once", fan is { Problem: null, Value.IsNone: false });

        await HealAsync(bench);
        Assert.Equal((OobReach.Up, null), await ReachAsync(bench));
        await bench.LeaksNothingAsync();
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Reset(string kind, OobReach reach, LinkFault? fault, RestartDelivery restart, ReclaimDelivery reclaim)
    {
        Assert.True(Enum.IsDefined(reach) && Enum.IsDefined(reclaim) && (fault is null || Enum.IsDefined(fault.Value)));
        await using var bench = new OobBench(kind == "Blackhole" ? TimeSpan.FromMilliseconds(300) : null);
        Inject(bench, kind, request => request.Path == DeviceDocuments.Reset);
        var sent = await WithinAsync(bench, kind, request => request.Path == DeviceDocuments.Reset, () => bench.Link.SendRestartAsync(Guid.NewGuid(), OobBench.Stop));

        Assert.Equal(restart, sent.Delivery);
        Assert.NotEmpty(sent.Answer);
        Assert.Equal(Posts(kind, restart == RestartDelivery.NotSent), bench.Peer.Count("POST", DeviceDocuments.Reset));

        await HealAsync(bench);
        Assert.Equal(RestartDelivery.Accepted, (await bench.Link.SendRestartAsync(Guid.NewGuid(), OobBench.Stop)).Delivery);
        await bench.LeaksNothingAsync();
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Reclaim(string kind, OobReach reach, LinkFault? fault, RestartDelivery restart, ReclaimDelivery reclaim)
    {
        Assert.True(Enum.IsDefined(reach) && Enum.IsDefined(restart) && (fault is null || Enum.IsDefined(fault.Value)));
        await using var bench = new OobBench(kind == "Blackhole" ? TimeSpan.FromMilliseconds(300) : null);
        var authority = TestAuthority.For(DeviceDocuments.Serial, "alloc-7f3a", Guid.NewGuid());
        Inject(bench, kind, request => request.Path == DeviceDocuments.Reclaim);
        var sent = await WithinAsync(bench, kind, request => request.Path == DeviceDocuments.Reclaim, () => bench.Link.SendReclaimAsync(authority, OobBench.Stop));

        Assert.Equal(reclaim, sent.Delivery);
        Assert.NotEmpty(sent.Answer);
        Assert.Equal(kind == "Status403" ? "InsufficientPrivilege" : null, sent.RefusalKey);
        Assert.Equal(Posts(kind, reclaim == ReclaimDelivery.NotSent), bench.Peer.Count("POST", DeviceDocuments.Reclaim));
        Assert.DoesNotContain("oob-reclaim", bench.Peer.SessionUsers);

        await HealAsync(bench);
        Assert.Null(await bench.Link.FindOperationAsync(authority.Operation, OobBench.Stop));
        Assert.Equal(ReclaimDelivery.Accepted, (await bench.Link.SendReclaimAsync(authority, OobBench.Stop)).Delivery);
        Assert.DoesNotContain("oob-reclaim", bench.Peer.SessionUsers);
        await bench.LeaksNothingAsync();
    }

    /// <summary>How often the request may be written: a 401 is decided before any effect, so it is the only one that allows a second.</summary>
    private static int Posts(string kind, bool notSent) => kind.StartsWith("Status401", StringComparison.Ordinal) ? 2 : notSent ? 0 : 1;

    /// <summary>Runs the act; a kind that only time ends gets its time once the request is there.</summary>
    private static async Task<T> WithinAsync<T>(OobBench bench, string kind, Func<PeerRequest, bool> match, Func<Task<T>> act)
    {
        if (kind is not ("Hang" or "HangAfterHeaders" or "SlowBody"))
        {
            return await act();
        }

        var arrived = bench.Peer.NextAsync(match);
        var running = act();
        await arrived;
        bench.Time.Advance(Patience);
        return await running;
    }

    private static async Task<(OobReach, LinkFault?)> ReachAsync(OobBench bench)
    {
        var poll = await bench.Link.PollAsync(OobBench.Stop);
        return (poll.Reach, poll.Fault);
    }

    /// <summary>Everything is sound again, and refused accounts have rested.</summary>
    private static Task HealAsync(OobBench bench)
    {
        if (bench.Peer.IsClosed)
        {
            bench.Peer.Reopen();
        }

        bench.Peer.Swallows = false;
        bench.Peer.Script = _ => null;
        bench.Peer.Certificate = TestCertificates.Good;
        bench.Peer.Protocols = SslProtocols.None;
        foreach (var (path, document) in DeviceDocuments.Healthy())
        {
            bench.Peer.Documents[path] = document;
        }

        bench.Time.Advance(TimeSpan.FromMinutes(6));
        return Task.CompletedTask;
    }

    private static void Inject(OobBench bench, string kind, Func<PeerRequest, bool> match)
    {
        var peer = bench.Peer;
        switch (kind)
        {
            case "Refuse":
                peer.Close();
                break;
            case "Blackhole":
                peer.Swallows = true;
                break;
            case "TlsUntrusted":
                peer.Certificate = TestCertificates.Untrusted;
                break;
            case "TlsExpired":
                peer.Certificate = TestCertificates.Expired;
                break;
            case "TlsWrongName":
                peer.Certificate = TestCertificates.WrongName;
                break;
            case "TlsOldVersion":
#pragma warning disable SYSLIB0039, CA5397 // A peer that knows nothing newer is what the driver must not take.
                peer.Protocols = SslProtocols.Tls11;
#pragma warning restore SYSLIB0039, CA5397
                break;
            case "OtherUuid":
                Change(peer, "/redfish/v1/", DeviceDocuments.ServiceId.ToString(), "6d1f2f3e-5b1c-4c7e-9a10-00000000000f");
                break;
            case "OtherSerial":
                Change(peer, DeviceDocuments.System, DeviceDocuments.Serial.ToString(), "A4665271234G");
                break;
            case "EnumUnknown":
                Change(peer, DeviceDocuments.System, "\"CommissionState\":\"Commissioned\"", "\"CommissionState\":\"Flapping\"");
                Change(peer, DeviceDocuments.Fan1, "\"Reading\":42", "\"Reading\":\"Flapping\"");
                break;
            case "MissingMember":
                Change(peer, DeviceDocuments.System, "\"CommissionState\":\"Commissioned\",", "");
                Change(peer, DeviceDocuments.Fan1, "\"SpeedPercent\":{\"Reading\":42},", "");
                break;
            case "OffOriginLink" when match(new PeerRequest("GET", DeviceDocuments.Fan1, new Dictionary<string, string>(), "")):
                Change(peer, DeviceDocuments.Chassis + "/ThermalSubsystem/Fans", "\"/redfish", "\"https://127.0.0.1:1/redfish");
                break;
            default:
                var once = 1;
                peer.Script = request => match(request) && (kind != "Status401Once" || Interlocked.Decrement(ref once) == 0) ? Reply(kind) : null;
                break;
        }
    }

    private static void Change(ScriptedRedfishPeer peer, string path, string from, string to)
    {
        Assert.Contains(from, peer.Documents[path], StringComparison.Ordinal);
        peer.Documents[path] = peer.Documents[path].Replace(from, to, StringComparison.Ordinal);
    }

    private static PeerReply Reply(string kind) => kind switch
    {
        "Hang" => PeerReply.Hang(),
        "HangAfterHeaders" => PeerReply.HangAfterHeaders(),
        "SlowBody" => PeerReply.Drip(),
        "Close" => PeerReply.Close(),
        "Status401Once" or "Status401" => PeerReply.Error(401, "NoValidSession", "WWW-Authenticate: Basic"),
        "Status403" => PeerReply.Error(403, "InsufficientPrivilege"),
        "Status503" => PeerReply.Error(503, "ServiceTemporarilyUnavailable", "Retry-After: 2"),
        "Status503Date" => PeerReply.Error(503, "ServiceTemporarilyUnavailable", "Retry-After: Mon, 23 Nov 2026 17:24:02 GMT"),
        "Status503Bare" => PeerReply.Error(503, "ServiceTemporarilyUnavailable"),
        "Status503Garbage" => PeerReply.Error(503, "ServiceTemporarilyUnavailable", "Retry-After: soon"),
        "Status503Long" => PeerReply.Error(503, "ServiceTemporarilyUnavailable", "Retry-After: 86400"),
        "Status429" => PeerReply.Error(429, "ServiceTemporarilyUnavailable", "Retry-After: 1"),
        "Status500" => PeerReply.Error(500, "InternalError"),
        "Status500Html" => PeerReply.Raw(500, "<html>", ["Content-Type: text/html"]),
        "MalformedJson" => PeerReply.Json("{\"a\":"),
        "TruncatedBody" => PeerReply.Raw(200, "{", ["Content-Type: application/json"], declared: 50),
        "WrongContentType" => PeerReply.Raw(200, "<html>", ["Content-Type: text/html"]),
        "EmptyBody200" => PeerReply.Json(""),
        "OversizeBody" => PeerReply.Json($$"""{"a":"{{new string('x', 4 * 1024 * 1024)}}"}"""),
        "DeepJson" => PeerReply.Json(Deep),
        "NoLocation202" => PeerReply.Json("{}", 202),
        "OffOriginLink" => PeerReply.Json("{}", 202, "Location: https://127.0.0.1:1/redfish/v1/TaskService/TaskMonitors/1"),
        "Redirect302" => PeerReply.Raw(302, "", ["Location: https://127.0.0.1:1/"]),
        "Redirect307" => PeerReply.Raw(307, "", ["Location: https://127.0.0.1:1/"]),
        "Redirect308" => PeerReply.Raw(308, "", ["Location: https://127.0.0.1:1/"]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
