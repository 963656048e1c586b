using System.Net.Http.Json;
using System.Text.Json;

namespace PaymentHsm.Portal.Tests.Approvals;

/// <summary>W5 with the real program against a device on sockets: both outcomes, and everything that must not get through.</summary>
public sealed class ForceDeleteTests(QuorumPortal running) : IClassFixture<QuorumPortal>
{
    private readonly QuorumClient _people = new(running.Portal, running.Simulator, Stop);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task W5_QuorumThenDeletion_ErasedAndProvenOnce_AndTheFlagIsSpent()
    {
        var of = await _people.AskAsync(running.Serials[0]);
        var resource = (await _people.ApprovalAsync(of)).GetProperty("binding").GetProperty("resourceId").GetString()!;

        // Every bad signature of the book, on one request; none is kept.
        await RefusedAsync("support1", of, 403, "R75");
        await RefusedAsync("datacenter1", of, 403, "R75");
        await RefusedAsync("engineer1", of, 422, "R76", serial: running.Serials[1]);
        await RefusedAsync("engineer1", of, 422, "R76", serial: of.Serial[^6..]);
        await RefusedAsync("engineer1", of, 422, "R74", digest: new string('0', 64));
        await RefusedAsync("engineer1", of, 422, "R84", comment: " ");
        await RefusedAsync("engineer1", of, 422, "R75", decision: "Maybe");
        Assert.Equal(0, (await _people.ApprovalAsync(of)).GetProperty("decisions").GetArrayLength());
        Assert.Equal(409, (await _people.ExecuteAsync(of)).Status);

        Assert.Equal(200, (await _people.SignAsync("engineer1", of)).Status);
        await RefusedAsync("engineer1", of, 403, "R75");
        Assert.Equal("Armed", (await _people.SignAsync("engineer2", of)).Answer.GetProperty("state").GetString());

        // The flag deletes nothing, and who signed may not use it.
        Assert.Equal(200, await _people.ResourceStatusAsync(resource));
        Assert.Equal((403, "R10"), await RuleAsync(_people.ExecuteAsync(of, "engineer1")));
        Assert.Equal((403, "R72"), await RuleAsync(_people.ExecuteAsync(of, "support2")));

        // Ten people press at the same moment: one Reclaim.
        var presses = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? StatusOf(_people.ExecuteAsync(of)) : StatusOfDelete(of)));
        Assert.Contains(presses, s => s is 200 or 202);
        var ended = await _people.EndAsync(of);

        Assert.Equal("ErasedAndProven", ended.GetProperty("outcome").GetString());
        Assert.Equal(404, await _people.ResourceStatusAsync(resource));
        Assert.Equal((1, 1), (await _people.CountAsync(of.Serial, "ReclaimAccepted"), await _people.CountAsync(of.Serial, "CustomerContentErased")));
        Assert.Equal("Available", (await _people.DeviceAsync(of.Serial)).GetProperty("tile").GetProperty("lifecycle").GetString());
        Assert.Equal("Consumed", (await _people.ApprovalAsync(of)).GetProperty("state").GetString());
        Assert.Equal((409, "I9"), await RuleAsync(_people.ExecuteAsync(of)));
        await RefusedAsync("engineer3", of, 409, "I9");
        await _people.AssertChainAsync();
    }

    [Fact]
    public async Task R80_DeadDevice_IsNotErased_QuarantinedDirty_AndTheResourceGoesAllTheSame()
    {
        var serial = running.Serials[1];
        await running.Simulator.PostAsync($"/devices/{serial}/hard-lock", null, Stop);
        var of = await _people.AskAsync(serial);
        var resource = (await _people.ApprovalAsync(of)).GetProperty("binding").GetProperty("resourceId").GetString()!;
        await _people.ArmAsync(of);

        var (status, answer) = await _people.DeleteAsync(of);
        Assert.True(status is 202 or 204, answer);
        var ended = await _people.EndAsync(of);

        Assert.Equal("NotErased", ended.GetProperty("outcome").GetString());
        Assert.Equal(404, await _people.ResourceStatusAsync(resource));
        Assert.Equal("Quarantined", (await _people.DeviceAsync(serial)).GetProperty("tile").GetProperty("lifecycle").GetString());
        Assert.Equal(0, await _people.CountAsync(serial, "CustomerContentErased"));
        using var auditor = running.Portal.Client("auditor1");
        var bundles = await auditor.GetStringAsync($"/api/v1/evidence?serial={serial}", Stop);
        Assert.Contains("NotSanitised", bundles, StringComparison.Ordinal);

        // D24: brought back to life on site, it is reclaimed again by another quorum, and is clean in the pool.
        await RefusedAgainAsync("support1", of.Ticket, " ", 422, "D24");
        await RefusedAgainAsync("datacenter1", of.Ticket, "power-cycled", 403, "D24");
        await running.Simulator.PostAsync($"/devices/{serial}/power-cycle", null, Stop);
        await running.Portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("tile").GetProperty("health").GetString() == "ok", Stop);
        var again = await _people.AskAgainAsync(of);
        Assert.Equal((404, "R85"), await RuleAsync(_people.ExecuteAsync(again)));
        Assert.Equal(200, (await _people.SignAsync("engineer1", again)).Status);
        await RefusedAsync("engineer1", again, 403, "R75");
        Assert.Equal(200, (await _people.SignAsync("engineer3", again)).Status);
        var proven = await _people.EndAsync(again);
        Assert.True(proven.GetProperty("outcome").GetString() == "ErasedAndProven", proven.GetRawText());
        Assert.Equal("Available", (await _people.DeviceAsync(serial)).GetProperty("tile").GetProperty("lifecycle").GetString());
        Assert.Equal(1, await _people.CountAsync(serial, "CustomerContentErased"));
        Assert.Equal("Consumed", (await _people.ApprovalAsync(again)).GetProperty("state").GetString());
        await RefusedAgainAsync("support1", of.Ticket, "once more", 409, "D24");
        await _people.AssertChainAsync();
    }

    [Fact]
    public async Task R79_FailedUnit_IsErasedAndProven_AndStaysOutOfThePoolForDestruction()
    {
        var of = await _people.AskAsync(running.Serials[7], hardwareFinding: "Fan 2 has seized.");
        await _people.ArmAsync(of);
        Assert.Equal(200, (await _people.ExecuteAsync(of)).Status);
        Assert.Equal("ErasedAndProven", (await _people.EndAsync(of)).GetProperty("outcome").GetString());
        Assert.Equal("Quarantined", (await _people.DeviceAsync(of.Serial)).GetProperty("tile").GetProperty("lifecycle").GetString());
        var (status, again) = await _people.PostAsync("support1", $"/api/v1/tickets/{of.Ticket}/operations", new { kind = "ReclaimAgain", reason = "Back to the pool" });
        Assert.Equal(409, status);
        Assert.NotEqual("", again.GetProperty("ruleId").GetString());
        Assert.Equal((409, "R79"), await RuleAsync(_people.PostAsync("engineer1", $"/api/v1/devices/{of.Serial}/repair", new { note = "Changed the fan" })));
    }

    [Fact]
    public async Task R74_DocumentAddedAfterTheFirstSignature_VoidsItAndTakesNoFurtherSignature()
    {
        var of = await _people.AskAsync(running.Serials[2]);
        Assert.Equal(200, (await _people.SignAsync("engineer1", of)).Status);
        await _people.FileAsync(of.Ticket, "%PDF-1.7 another wish");

        await RefusedAsync("engineer2", of, 409, "R74");

        var approval = await _people.ApprovalAsync(of);
        Assert.Equal(("Invalidated", 1), (approval.GetProperty("state").GetString(), approval.GetProperty("decisions").GetArrayLength()));
        Assert.Contains("ticketRevision", approval.GetProperty("endedBecause").GetString(), StringComparison.Ordinal);
        Assert.Equal("Cancelled", (await _people.EndAsync(of)).GetProperty("outcome").GetString());

        // Nothing holds the device any more, and the flag opens nothing.
        Assert.Equal((409, "I9"), await RuleAsync(_people.ExecuteAsync(of)));
        Assert.Contains("DeviceNotReleased", (await _people.DeleteAsync(of)).Answer, StringComparison.Ordinal);
        Assert.Equal(0, await _people.CountAsync(of.Serial, "ReclaimAccepted"));
    }

    [Fact]
    public async Task R74_DeviceChangesAfterArming_TheFlagIsVoidedAtTheAct()
    {
        var of = await _people.AskAsync(running.Serials[3]);
        await _people.ArmAsync(of);
        await running.Simulator.PostAsync($"/devices/{of.Serial}/links/MGMT", new { up = false }, Stop);

        Assert.Equal((409, "R74"), await RuleAsync(_people.ExecuteAsync(of)));

        var approval = await _people.ApprovalAsync(of);
        Assert.Contains("observedState.link-mgmt (signed up, now down)", approval.GetProperty("endedBecause").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await _people.CountAsync(of.Serial, "ReclaimAccepted"));
    }

    [Fact]
    public async Task FiftyDecisionsAtOnce_TwoAreKept_OnePerPerson()
    {
        var of = await _people.AskAsync(running.Serials[4]);
        var digest = (await _people.ApprovalAsync(of)).GetProperty("digest").GetString();
        string[] people = ["engineer1", "engineer2", "engineer3", "support1", "support2"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _people.SignAsync(people[i % people.Length], of, digest: digest)));

        Assert.Equal(2, answers.Count(a => a.Status == 200));
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 200, 403, 409 }));
        var approval = await _people.ApprovalAsync(of);
        Assert.Equal("Armed", approval.GetProperty("state").GetString());
        Assert.Equal(2, approval.GetProperty("decisions").EnumerateArray().Select(d => d.GetProperty("by").GetString()).Distinct().Count());
        Assert.Equal(2, approval.GetProperty("decisions").GetArrayLength());

        Assert.Equal("Revoked", (await _people.PostAsync("engineer3", $"/api/v1/approvals/{of.Approval}/revoke", new { reason = "found the cards" })).Answer.GetProperty("state").GetString());
        Assert.Contains("DeviceNotReleased", (await _people.DeleteAsync(of)).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RejectRacingTheLastSignature_OneEndOnly()
    {
        var of = await _people.AskAsync(running.Serials[5]);
        await _people.SignAsync("engineer1", of);

        var race = await Task.WhenAll(_people.SignAsync("engineer2", of), _people.SignAsync("engineer3", of, "Reject", comment: "The customer found the cards."));

        var approval = await _people.ApprovalAsync(of);
        var rejected = race[1].Status == 200;
        Assert.NotEqual(rejected, race[0].Status == 200 && approval.GetProperty("state").GetString() == "Armed");
        Assert.Equal(rejected ? "Rejected" : "Armed", approval.GetProperty("state").GetString());
        if (!rejected)
        {
            Assert.Equal((409, "R74"), (race[1].Status, race[1].Answer.GetProperty("ruleId").GetString()));
        }
    }

    [Fact]
    public async Task W5_CustomerReleasedMeanwhile_TheFlagIsVoidAndTheDeletionIsANormalOne()
    {
        var of = await _people.AskAsync(running.Serials[6]);
        var resource = (await _people.ApprovalAsync(of)).GetProperty("binding").GetProperty("resourceId").GetString()!;
        await _people.ArmAsync(of);
        await running.Simulator.PostAsync($"/devices/{of.Serial}/release", null, Stop);
        await PaymentHsm.Tests.Processes.Poll.UntilAsync(
            () => running.Simulator.DevicesAsync(Stop), d => d.EnumerateArray().Any(x => x.GetProperty("serial").GetString() == of.Serial && x.GetProperty("state").GetString() == "Released"), Stop);

        var (status, answer) = await _people.DeleteAsync(of);

        Assert.True(status is 202 or 204, answer);
        await PaymentHsm.Tests.Processes.Poll.UntilAsync(() => _people.ResourceStatusAsync(resource), s => s == 404, Stop);
        Assert.Equal("Invalidated", (await _people.ApprovalAsync(of)).GetProperty("state").GetString());
        Assert.Equal("Cancelled", (await _people.EndAsync(of)).GetProperty("outcome").GetString());
        Assert.Equal(0, await _people.CountAsync(of.Serial, "ReclaimAccepted"));
    }

    [Fact]
    public async Task Request_WithoutADocument_OrOfADeviceOfThePool_IsRefused()
    {
        var serial = running.Serials[2];
        var (_, ticket) = await _people.PostAsync("support1", "/api/v1/tickets", new { subject = "x", serial, severity = "High" });
        var number = ticket.GetProperty("number").GetString();
        var path = $"/api/v1/tickets/{number}/operations";

        Assert.Equal((422, "R72"), await RuleAsync(_people.PostAsync("support1", path, new { kind = "ForceDelete", reason = "cards lost" })));
        Assert.Equal((422, "R72"), await RuleAsync(_people.PostAsync("support1", path, new { kind = "ForceDelete", reason = "cards lost", documentId = "D-99999" })));
        Assert.Equal((403, "R72"), await RuleAsync(_people.PostAsync("datacenter1", path, new { kind = "ForceDelete", reason = "cards lost", documentId = "D-1" })));
        using var auditor = running.Portal.Client("auditor1");
        Assert.Equal(0, (await auditor.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{number}", Stop)).GetProperty("operations").GetArrayLength());
    }

    private async Task RefusedAgainAsync(string person, string ticket, string reason, int status, string rule) =>
        Assert.Equal((status, rule), await RuleAsync(_people.PostAsync(person, $"/api/v1/tickets/{ticket}/operations", new { kind = "ReclaimAgain", reason })));

    private async Task RefusedAsync(string person, DeleteCase of, int status, string rule, string decision = "Approve", string? digest = null, string? serial = null, string comment = "Agree.") =>
        Assert.Equal((status, rule), await RuleAsync(_people.SignAsync(person, of, decision, digest, serial, comment)));

    private static async Task<(int, string?)> RuleAsync(Task<(int Status, JsonElement Answer)> answer) =>
        await answer is var (status, body) && body.TryGetProperty("ruleId", out var rule) ? (status, rule.GetString()) : ((await answer).Status, null);

    private static async Task<int> StatusOf(Task<(int Status, JsonElement Answer)> answer) => (await answer).Status;

    private async Task<int> StatusOfDelete(DeleteCase of) => (await _people.DeleteAsync(of)).Status;
}
