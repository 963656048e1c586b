using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

public sealed class AdministratorTests
{
    [Fact]
    public async Task R26_a_spent_access_opens_nothing_and_sends_nothing()
    {
        await using var bench = new OobBench();
        var access = bench.Access();
        access.Spend(DeviceDocuments.Serial, bench.Time.GetUtcNow());
        await Assert.ThrowsAsync<CustodyException>(() => bench.Link.HandOverAsync(access, Guid.NewGuid(), "alloc-1", OobBench.Stop));
        await Assert.ThrowsAsync<CustodyException>(() => bench.Link.TryAdministratorLoginAsync(access, OobBench.Stop));
        Assert.Equal(0, bench.Peer.Accepted);
    }

    [Fact]
    public async Task HandOver_Accepted_CarriesOperationAndAllocationAndLogsOut()
    {
        await using var bench = new OobBench();
        var operation = Guid.NewGuid();
        var done = await bench.Link.HandOverAsync(bench.Access(), operation, "alloc-1", OobBench.Stop);
        Assert.True(done.Accepted, done.Answer);
        Assert.Equal($$"""{"OperationId":"{{operation}}","AllocationId":"alloc-1"}""", Assert.Single(bench.Peer.Requests, request => request.Path == DeviceDocuments.HandOver).Body);
        Assert.Equal("DELETE", bench.Peer.Requests[^1].Method);
    }

    [Fact]
    public async Task HandOver_Refused_IsAnAnswerAndABrokenLinkIsNot()
    {
        await using var bench = new OobBench();
        bench.Peer.Script = request => request.Path == DeviceDocuments.HandOver ? PeerReply.Error(409, "ResourceInUse") : null;
        var refused = await bench.Link.HandOverAsync(bench.Access(), Guid.NewGuid(), "alloc-1", OobBench.Stop);
        Assert.Equal((false, "Refused (409 Base.ResourceInUse)."), (refused.Accepted, refused.Answer));

        bench.Peer.Script = request => request.Path == DeviceDocuments.HandOver ? PeerReply.Close() : null;
        var broken = await Assert.ThrowsAnyAsync<LinkException>(() => bench.Link.HandOverAsync(bench.Access(), Guid.NewGuid(), "alloc-1", OobBench.Stop));
        Assert.Equal(LinkFault.NoAnswer, broken.Fault);
        Assert.Equal(2, bench.Peer.Count("POST", DeviceDocuments.HandOver));
    }

    [Fact]
    public async Task R13_a_refused_login_is_told_apart_from_one_let_in_and_one_not_tried()
    {
        await using var bench = new OobBench();
        Assert.Equal(AdministratorLoginOutcome.LetIn, await TryAsync(bench));
        Assert.Equal("DELETE", bench.Peer.Requests[^1].Method);

        bench.Peer.Accounts.TryRemove("oob-admin", out _);
        Assert.Equal(AdministratorLoginOutcome.Refused, await TryAsync(bench));
        Assert.Equal(AdministratorLoginOutcome.Refused, await TryAsync(bench));

        bench.Peer.Script = request => request.Path == DeviceDocuments.Sessions ? PeerReply.Error(503, "ServiceTemporarilyUnavailable") : null;
        Assert.Equal(AdministratorLoginOutcome.NotTried, await TryAsync(bench));
        bench.Peer.Script = request => request.Path == "/redfish/v1/" ? PeerReply.Error(401, "NoValidSession") : null;
        Assert.Equal(AdministratorLoginOutcome.NotTried, await TryAsync(bench));
    }

    private static async Task<AdministratorLoginOutcome> TryAsync(OobBench bench) =>
        (await bench.Link.TryAdministratorLoginAsync(bench.Access(LogicalAccessPurpose.NegativeTest), OobBench.Stop)).Outcome;
}
