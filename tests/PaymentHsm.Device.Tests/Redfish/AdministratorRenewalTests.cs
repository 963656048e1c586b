using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.Redfish;

/// <summary>A new credential for the administrator (R31, R78), and the acts that need one.</summary>
public sealed class AdministratorRenewalTests
{
    [Fact]
    public async Task R31_the_new_credential_is_proposed_then_taken_then_proved_then_confirmed()
    {
        await using var bench = new OobBench();
        var login = await RenewAsync(bench);

        Assert.Equal(AdministratorLoginOutcome.LetIn, login.Outcome);
        var kept = bench.Vault.Of(DeviceDocuments.Serial)!;
        Assert.Equal((bench.Peer.Accounts["oob-admin"], null), (kept.Confirmed, kept.Proposed));
        Assert.True(kept.Confirmed!.Length >= 32);
        Assert.DoesNotContain(kept.Confirmed, $"{kept} {login}", StringComparison.Ordinal);
        Assert.Empty(bench.Peer.SessionUsers);

        // The next act uses it, and only it.
        Assert.True((await bench.Link.HandOverAsync(bench.Access(), Guid.NewGuid(), "alloc-1", OobBench.Stop)).Accepted);
        Assert.Equal(3, bench.Peer.Count("POST", DeviceDocuments.Sessions));
        Assert.Equal(AdministratorLoginOutcome.LetIn, (await RenewAsync(bench)).Outcome);
        Assert.NotEqual(kept.Confirmed, bench.Vault.Of(DeviceDocuments.Serial)!.Confirmed);
        await bench.LeaksNothingAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Renew_AnswerToTheChangeIsLost_TheNextTryFindsTheOneThatTheDeviceTook(bool taken)
    {
        await using var bench = new OobBench();
        var cut = 1;
        bench.Peer.Script = request =>
        {
            if (request.Method != "PATCH" || Interlocked.Decrement(ref cut) != 0)
            {
                return null;
            }

            if (taken)
            {
                bench.Peer.Accounts["oob-admin"] = (string)System.Text.Json.Nodes.JsonNode.Parse(request.Body)!["Password"]!;
            }

            return PeerReply.Close();
        };
        Assert.Equal(taken ? AdministratorLoginOutcome.LetIn : AdministratorLoginOutcome.NotTried, (await RenewAsync(bench)).Outcome);
        Assert.Equal(AdministratorLoginOutcome.LetIn, (await RenewAsync(bench)).Outcome);
        Assert.Equal((bench.Peer.Accounts["oob-admin"], null), (bench.Vault.Of(DeviceDocuments.Serial)!.Confirmed, bench.Vault.Of(DeviceDocuments.Serial)!.Proposed));
    }

    [Fact]
    public async Task Renew_ProcessDiedBeforeTheProof_TheProposedOneIsProvedAndConfirmed()
    {
        await using var bench = new OobBench();
        await bench.Vault.ProposeAsync(DeviceDocuments.Serial, "a secret that the device took before the crash", OobBench.Stop);
        bench.Peer.Accounts["oob-admin"] = "a secret that the device took before the crash";
        Assert.Equal(AdministratorLoginOutcome.LetIn, (await RenewAsync(bench)).Outcome);
        Assert.Equal("a secret that the device took before the crash", bench.Vault.Of(DeviceDocuments.Serial)!.Confirmed);
        Assert.Equal(0, bench.Peer.Count("PATCH", DeviceDocuments.AdminAccount));
    }

    [Fact]
    public async Task Renew_ProcessDiedBeforeTheChange_TheDeliveredOneStillOpens()
    {
        await using var bench = new OobBench();
        await bench.Vault.ProposeAsync(DeviceDocuments.Serial, "a secret that never reached the device", OobBench.Stop);
        Assert.Equal(AdministratorLoginOutcome.LetIn, (await RenewAsync(bench)).Outcome);
        Assert.Equal(1, bench.Peer.Count("PATCH", DeviceDocuments.AdminAccount));
    }

    [Fact]
    public async Task Renew_AccountChangedMeanwhile_ReadsItsTagAgainOnce()
    {
        await using var bench = new OobBench();
        var once = 1;
        bench.Peer.Script = request =>
        {
            if (request.Method == "PATCH" && Interlocked.Decrement(ref once) == 0)
            {
                bench.Peer.AccountTag = "\"tag-2\"";
            }

            return null;
        };
        Assert.Equal(AdministratorLoginOutcome.LetIn, (await RenewAsync(bench)).Outcome);
        Assert.Equal(["\"tag-1\"", "\"tag-2\""], bench.Peer.Requests.Where(request => request.Method == "PATCH").Select(request => request.Header("If-Match")!));
    }

    [Fact]
    public async Task Renew_DeviceRefuses_TheOldOneStays()
    {
        await using var bench = new OobBench();
        bench.Peer.Script = request => request.Method == "PATCH" ? PeerReply.Error(400, "PropertyValueTypeError") : null;
        Assert.Equal(AdministratorLoginOutcome.NotTried, (await RenewAsync(bench)).Outcome);
        Assert.Equal(("a", null), (bench.Peer.Accounts["oob-admin"], bench.Vault.Of(DeviceDocuments.Serial)!.Confirmed));
        bench.Peer.Accounts["oob-admin"] = "changed by somebody";
        Assert.Equal(AdministratorLoginOutcome.Refused, (await RenewAsync(bench)).Outcome);
    }

    [Fact]
    public async Task R31_a_refused_negative_test_destroys_the_credential_that_it_was_made_with()
    {
        await using var bench = new OobBench();
        await RenewAsync(bench);
        var secret = bench.Peer.Accounts["oob-admin"];
        Assert.Equal(AdministratorLoginOutcome.LetIn, (await bench.Link.TryAdministratorLoginAsync(bench.Access(LogicalAccessPurpose.NegativeTest), OobBench.Stop)).Outcome);
        Assert.NotNull(bench.Vault.Of(DeviceDocuments.Serial));

        bench.Peer.Accounts.TryRemove("oob-admin", out _);
        Assert.Equal(AdministratorLoginOutcome.Refused, (await bench.Link.TryAdministratorLoginAsync(bench.Access(LogicalAccessPurpose.NegativeTest), OobBench.Stop)).Outcome);
        Assert.Null(bench.Vault.Of(DeviceDocuments.Serial));
        Assert.Contains(bench.Peer.Requests, request => request.Path == DeviceDocuments.Sessions && request.Body.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task R26_a_spent_access_does_none_of_it()
    {
        await using var bench = new OobBench();
        var access = bench.Access();
        access.Spend(DeviceDocuments.Serial, bench.Time.GetUtcNow());
        await Assert.ThrowsAsync<CustodyException>(() => bench.Link.RenewAdministratorAsync(access, OobBench.Stop));
        await Assert.ThrowsAsync<CustodyException>(() => bench.Link.RemoveCertificatesAsync(access, Guid.NewGuid(), OobBench.Stop));
        await Assert.ThrowsAsync<CustodyException>(() => bench.Link.InstallFirmwareAsync(access, Guid.NewGuid(), new Uri("https://images.example/payshield-2.2b.bin"), OobBench.Stop));
        Assert.Equal(0, bench.Peer.Accepted);
    }

    [Fact]
    public async Task Firmware_GoesToSimpleUpdate_AndNothingIsFollowed()
    {
        await using var bench = new OobBench();
        var operation = Guid.NewGuid();
        var answer = await bench.Link.InstallFirmwareAsync(bench.Access(), operation, new Uri("https://images.example/payshield-2.2b.bin"), OobBench.Stop);
        Assert.True(answer.Accepted, answer.Answer);
        var post = Assert.Single(bench.Peer.Requests, request => request.Path == DeviceDocuments.SimpleUpdate);
        Assert.Equal(("""{"ImageURI":"https://images.example/payshield-2.2b.bin"}""", operation.ToString()), (post.Body, post.Header("X-PaymentHsm-Operation-Id")));
        Assert.Equal("DELETE", bench.Peer.Requests[^1].Method);

        bench.Peer.Script = request => request.Path == DeviceDocuments.SimpleUpdate ? PeerReply.Error(403, "DeviceInCustomerCustody") : null;
        Assert.False((await bench.Link.InstallFirmwareAsync(bench.Access(), operation, new Uri("https://images.example/payshield-2.2b.bin"), OobBench.Stop)).Accepted);
        bench.Peer.Accounts["oob-admin"] = "another";
        Assert.False((await bench.Link.RemoveCertificatesAsync(bench.Access(), operation, OobBench.Stop)).Accepted);
    }

    [Fact]
    public async Task Certificates_AreRemovedByTheAdministrator()
    {
        await using var bench = new OobBench();
        var operation = Guid.NewGuid();
        Assert.True((await bench.Link.RemoveCertificatesAsync(bench.Access(), operation, OobBench.Stop)).Accepted);
        Assert.Equal($$"""{"OperationId":"{{operation}}"}""", Assert.Single(bench.Peer.Requests, request => request.Path == DeviceDocuments.RemoveCertificates).Body);
        Assert.Empty(bench.Peer.SessionUsers);
    }

    private static Task<AdministratorLogin> RenewAsync(OobBench bench) => bench.Link.RenewAdministratorAsync(bench.Access(), OobBench.Stop);
}
