using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>Sending a Reclaim (OOB-PROFILE 5, 9): what is checked first, what is written, and what each answer means. The faults of the wire are in <see cref="FaultTableTests"/>.</summary>
public sealed class ReclaimTests
{
    private const string Allocation = "alloc-7f3a";
    private static readonly Guid Operation = Guid.Parse("2f6a4b1e-8b2d-4a86-9f5e-6f1b2c3d4e5f");

    public static TheoryData<int, string, ReclaimDelivery, string?> Answers => new()
    {
        { 400, "ActionParameterMissing", ReclaimDelivery.Refused, "ActionParameterMissing" },
        { 403, "InsufficientPrivilege", ReclaimDelivery.Refused, "InsufficientPrivilege" },
        { 404, "ResourceMissingAtURI", ReclaimDelivery.Refused, "ResourceMissingAtURI" },
        { 409, "ResourceInUse", ReclaimDelivery.Refused, "ResourceInUse" },
        { 409, "AlreadyReleased", ReclaimDelivery.Refused, "AlreadyReleased" },
        { 409, "OperationIdConflict", ReclaimDelivery.Refused, "OperationIdConflict" },
        { 412, "AllocationMismatch", ReclaimDelivery.Refused, "AllocationMismatch" },
        { 415, "UnrecognizedRequestBody", ReclaimDelivery.Refused, "UnrecognizedRequestBody" },
        { 405, "OperationNotAllowed", ReclaimDelivery.Unknown, null },
        { 501, "QueryParameterUnsupported", ReclaimDelivery.Unknown, null },
    };

    [Fact]
    public async Task Send_WritesOneRequestWithAllThatBindsIt_AndLogsOut()
    {
        await using var bench = new OobBench();
        var sent = await SendAsync(bench);
        Assert.Equal((ReclaimDelivery.Accepted, null), (sent.Delivery, sent.RefusalKey));
        var post = Assert.Single(bench.Peer.Requests, request => request.Path == DeviceDocuments.Reclaim);
        Assert.Equal($$"""{"OperationId":"{{Operation}}","AllocationId":"{{Allocation}}","ApprovalReference":"APR-0117","Scope":"AllCustomerContent"}""", post.Body);
        Assert.Null(post.Header("Transfer-Encoding"));
        Assert.Equal("DELETE", bench.Peer.Requests[^1].Method);
        Assert.Empty(bench.Peer.SessionUsers);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Send_DefiniteNo_IsRefusedWithItsKey(int status, string key, ReclaimDelivery delivery, string? refusal)
    {
        await using var bench = new OobBench();
        bench.Peer.Script = request => request.Path == DeviceDocuments.Reclaim ? PeerReply.Error(status, key) : null;
        var sent = await SendAsync(bench);
        Assert.Equal((delivery, refusal), (sent.Delivery, sent.RefusalKey));
        Assert.Equal(1, bench.Peer.Count("POST", DeviceDocuments.Reclaim));
    }

    [Theory]
    [InlineData(404, "text/html", "<html>not here</html>")]
    [InlineData(403, "application/json", "{}")]
    [InlineData(409, "application/json", "")]
    public async Task Send_NoWithoutAReason_IsUnknown(int status, string type, string body)
    {
        await using var bench = new OobBench();
        bench.Peer.Script = request => request.Path == DeviceDocuments.Reclaim ? PeerReply.Raw(status, body, [$"Content-Type: {type}"]) : null;
        Assert.Equal(ReclaimDelivery.Unknown, (await SendAsync(bench)).Delivery);
    }

    [Theory]
    [InlineData("\"CommissionState\":\"Commissioned\"", "\"CommissionState\":\"Released\"", "AlreadyReleased")]
    [InlineData("\"AllocationId\":\"alloc-7f3a\"", "\"AllocationId\":\"alloc-next\"", "AllocationMismatch")]
    [InlineData("\"AllocationId\":\"alloc-7f3a\"", "\"AllocationId\":null", "AllocationMismatch")]
    public async Task Send_DeviceIsNotInTheApprovedAllocation_StopsBeforeSending(string from, string to, string key)
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[DeviceDocuments.System] = bench.Peer.Documents[DeviceDocuments.System].Replace(from, to, StringComparison.Ordinal);
        var sent = await SendAsync(bench);
        Assert.Equal((ReclaimDelivery.Refused, key), (sent.Delivery, sent.RefusalKey));
        Assert.Equal(0, bench.Peer.Count("POST", DeviceDocuments.Reclaim));
    }

    [Fact]
    public async Task Send_ControllerCannotAskTheHsm_GoesOutAllTheSame()
    {
        // A dead HSM reports Unknown, in a word of the profile: only a Reclaim can tell that it cannot be erased.
        await using var bench = new OobBench();
        bench.Peer.Documents[DeviceDocuments.System] = bench.Peer.Documents[DeviceDocuments.System].Replace("\"Commissioned\"", "\"Unknown\"", StringComparison.Ordinal);
        Assert.Equal(ReclaimDelivery.Accepted, (await SendAsync(bench)).Delivery);
    }

    [Fact]
    public async Task Send_401AndThenTheResentBytesAreLost_IsUnknown()
    {
        await using var bench = new OobBench();
        var count = 0;
        bench.Peer.Script = request => request.Path != DeviceDocuments.Reclaim ? null : Interlocked.Increment(ref count) == 1 ? PeerReply.Error(401, "NoValidSession") : PeerReply.Close();
        Assert.Equal(ReclaimDelivery.Unknown, (await SendAsync(bench)).Delivery);
        Assert.Equal(2, count);
    }

    [Fact]
    public async Task Send_LoginRefused_IsNotSentAndRestsFiveMinutes()
    {
        await using var bench = new OobBench();
        bench.Peer.Accounts["oob-reclaim"] = "another";
        Assert.Equal(ReclaimDelivery.NotSent, (await SendAsync(bench)).Delivery);
        Assert.Equal(ReclaimDelivery.NotSent, (await SendAsync(bench)).Delivery);
        Assert.Equal(1, bench.Peer.Count("POST", DeviceDocuments.Sessions));
        bench.Peer.Accounts["oob-reclaim"] = "r";
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(ReclaimDelivery.Accepted, (await SendAsync(bench)).Delivery);
    }

    [Fact]
    public async Task Send_PortClosed_TriesThreeConnects()
    {
        await using var bench = new OobBench();
        bench.Peer.Close();
        Assert.Equal(ReclaimDelivery.NotSent, (await SendAsync(bench)).Delivery);
        Assert.Equal(2, bench.Time.Pauses.Count);
    }

    [Fact]
    public async Task Send_AuthorityOfAnotherDevice_IsAProgrammingMistake()
    {
        await using var bench = new OobBench();
        var other = TestAuthority.For(HsmSerial.Parse("A4665271235G"), Allocation, Operation);
        await Assert.ThrowsAsync<CustodyException>(() => bench.Link.SendReclaimAsync(other, OobBench.Stop));
        Assert.Equal(0, bench.Peer.Accepted);
    }

    [Theory]
    [InlineData("Accepted", DeviceOperationState.Accepted)]
    [InlineData("Running", DeviceOperationState.Running)]
    [InlineData("Succeeded", DeviceOperationState.Succeeded)]
    [InlineData("Failed", DeviceOperationState.Failed)]
    [InlineData("Flapping", DeviceOperationState.Unknown)]
    public async Task Find_Record_IsReadWithThePhaseOfItsTask(string word, DeviceOperationState state)
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[$"{DeviceDocuments.Operations}/{Operation}"] = DeviceDocuments.Record(Operation, word);
        bench.Peer.Documents["/redfish/v1/TaskService/Tasks/1"] = """{"TaskState":"Running","Oem":{"PaymentHsm":{"Phase":"ErasingKeys"} } }""";
        var found = await bench.Link.FindOperationAsync(Operation, OobBench.Stop);
        Assert.Equal((Operation, "Reclaim", Allocation, state, $"Reclaim{word}", "ErasingKeys"), (found!.Id, found.Action, found.Allocation, found.State, found.ResultKey, found.Phase));
        Assert.Equal((DateTimeOffset.Parse("2026-11-23T17:19:06Z", null), null), (found.AcceptedAt, found.CompletedAt));

        bench.Peer.Documents.TryRemove("/redfish/v1/TaskService/Tasks/1", out _);
        Assert.Equal((state, null), ((await bench.Link.FindOperationAsync(Operation, OobBench.Stop))!.State, (await bench.Link.FindOperationAsync(Operation, OobBench.Stop))!.Phase));
    }

    [Fact]
    public async Task Find_TaskOnAnotherOrigin_IsNotFollowed()
    {
        await using var bench = new OobBench();
        await using var other = new ScriptedRedfishPeer();
        bench.Peer.Documents[$"{DeviceDocuments.Operations}/{Operation}"] =
            DeviceDocuments.Record(Operation, "Running").Replace("/redfish/v1/TaskService", $"{other.Url}redfish/v1/TaskService", StringComparison.Ordinal);
        Assert.Equal((DeviceOperationState.Running, null), ((await bench.Link.FindOperationAsync(Operation, OobBench.Stop))!.State, (await bench.Link.FindOperationAsync(Operation, OobBench.Stop))!.Phase));
        Assert.Equal(0, other.Accepted);
    }

    [Fact]
    public async Task Find_ControllerWhoseOtherResourcesHang_StillTells()
    {
        await using var bench = new OobBench();
        bench.Peer.Documents[$"{DeviceDocuments.Operations}/{Operation}"] = DeviceDocuments.Record(Operation, "Succeeded");
        bench.Peer.Script = request => request.Path.StartsWith(DeviceDocuments.Chassis, StringComparison.Ordinal) || request.Path.Contains("LogServices", StringComparison.Ordinal) ? PeerReply.Hang() : null;
        Assert.Equal(DeviceOperationState.Succeeded, (await bench.Link.FindOperationAsync(Operation, OobBench.Stop))!.State);
        await bench.LeaksNothingAsync();
    }

    [Fact]
    public async Task Find_CleanNotFoundOfOurOwnDevice_IsNull()
    {
        await using var bench = new OobBench();
        Assert.Null(await bench.Link.FindOperationAsync(Operation, OobBench.Stop));
    }

    [Theory]
    [InlineData("html", LinkFault.Protocol)]
    [InlineData("bare", LinkFault.Protocol)]
    [InlineData("otherKey", LinkFault.Protocol)]
    [InlineData("otherRecord", LinkFault.Protocol)]
    [InlineData("500", LinkFault.NoAnswer)]
    [InlineData("close", LinkFault.NoAnswer)]
    [InlineData("503", LinkFault.Busy)]
    [InlineData("otherUuid", LinkFault.WrongDevice)]
    [InlineData("otherSerial", LinkFault.WrongDevice)]
    [InlineData("noPlace", LinkFault.Protocol)]
    [InlineData("offOrigin", LinkFault.Protocol)]
    public async Task Find_AnythingElse_IsAFailureToLook_NeverNull(string kind, LinkFault fault)
    {
        await using var bench = new OobBench();
        var system = bench.Peer.Documents[DeviceDocuments.System];
        var place = $"{DeviceDocuments.Operations}/{Operation}";
        switch (kind)
        {
            case "otherUuid":
                bench.Peer.Documents["/redfish/v1/"] = bench.Peer.Documents["/redfish/v1/"].Replace("000000000001", "00000000000f", StringComparison.Ordinal);
                break;
            case "otherSerial":
                bench.Peer.Documents[DeviceDocuments.System] = system.Replace(DeviceDocuments.Serial.ToString(), "A4665271234G", StringComparison.Ordinal);
                break;
            case "noPlace":
                bench.Peer.Documents[DeviceDocuments.System] = system.Replace("\"Operations\":{", "\"x\":{", StringComparison.Ordinal);
                break;
            case "offOrigin":
                bench.Peer.Documents[DeviceDocuments.System] = system.Replace($"\"{DeviceDocuments.Operations}\"", "\"https://127.0.0.1:1/x\"", StringComparison.Ordinal);
                break;
            case "otherRecord":
                bench.Peer.Documents[place] = DeviceDocuments.Record(Guid.NewGuid(), "Running");
                break;
            default:
                bench.Peer.Script = request => request.Path != place ? null : kind switch
                {
                    "html" => PeerReply.Raw(404, "<html>", ["Content-Type: text/html"]),
                    "bare" => PeerReply.Raw(404, "", []),
                    "otherKey" => PeerReply.Error(404, "InternalError"),
                    "500" => PeerReply.Error(500, "InternalError"),
                    "503" => PeerReply.Error(503, "ServiceTemporarilyUnavailable", "Retry-After: 1"),
                    _ => PeerReply.Close(),
                };
                break;
        }

        Assert.Equal(fault, (await Assert.ThrowsAnyAsync<LinkException>(() => bench.Link.FindOperationAsync(Operation, OobBench.Stop))).Fault);
    }

    private static Task<ReclaimSent> SendAsync(OobBench bench) => bench.Link.SendReclaimAsync(TestAuthority.For(DeviceDocuments.Serial, Allocation, Operation), OobBench.Stop);
}
