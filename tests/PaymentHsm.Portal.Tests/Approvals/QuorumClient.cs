using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Approvals;

/// <summary>A force delete as the people of a case do it, over the API of a running portal.</summary>
internal sealed class QuorumClient(PortalProcess portal, SimulatorProcess simulator, CancellationToken stop)
{
    /// <summary>A ticket with the customer's document, and the force delete asked for.</summary>
    public async Task<DeleteCase> AskAsync(string serial, string? hardwareFinding = null)
    {
        using var support = portal.Client("support1");
        using var opened = await support.PostAsJsonAsync("/api/v1/tickets", new { subject = "cannot be released", serial, category = "HsmDelete", severity = "High" }, stop);
        var ticket = (await opened.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("number").GetString()!;
        var document = await FileAsync(ticket, "%PDF-1.7 erase it");
        using var asked = await support.PostAsJsonAsync($"/api/v1/tickets/{ticket}/operations", new { kind = "ForceDelete", reason = "MGMT has no link; the customer cannot release it", documentId = document, details = hardwareFinding is null ? null : new { hardwareFinding } }, stop);
        var answer = await asked.Content.ReadFromJsonAsync<JsonElement>(stop);
        Assert.True(asked.StatusCode == HttpStatusCode.Created, answer.GetRawText());
        return new DeleteCase(serial, ticket, document, answer.GetProperty("operationId").GetString()!, answer.GetProperty("approvalId").GetString()!);
    }

    /// <summary>The same case after it ended without a proof: a Reclaim again asked for on its ticket. While the device starts it does not answer, and the request is refused (R80).</summary>
    public async Task<DeleteCase> AskAgainAsync(DeleteCase of)
    {
        var (status, answer) = await Poll.UntilAsync(
            () => PostAsync("support1", $"/api/v1/tickets/{of.Ticket}/operations", new { kind = "ReclaimAgain", reason = "Power-cycled on site; it answers again" }), asked => asked.Status != 409, stop);
        Assert.True(status == 201, answer.GetRawText());
        return of with { Operation = answer.GetProperty("operationId").GetString()!, Approval = answer.GetProperty("approvalId").GetString()! };
    }

    /// <summary>Files a document on a ticket and returns its id.</summary>
    public async Task<string> FileAsync(string ticket, string content)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Ann of Contoso"), "sender" },
            { new StringContent("2026-11-01T13:05:00Z"), "receivedAt" },
            { new StringContent("portal message"), "channel" },
            { new StringContent("CallBack"), "verification" },
        };
        var file = new ByteArrayContent(Encoding.ASCII.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", "request.pdf");
        using var support = portal.Client("support1");
        using var filed = await support.PostAsync($"/api/v1/tickets/{ticket}/documents", form, stop);
        Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
        return (await filed.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("documentId").GetString()!;
    }

    /// <summary>Signs as the page does, unless told otherwise. Returns the status and the answer.</summary>
    public async Task<(int Status, JsonElement Answer)> SignAsync(string person, DeleteCase of, string decision = "Approve", string? digest = null, string? serial = null, string comment = "Read all of it. Agree.")
    {
        digest ??= (await ApprovalAsync(of)).GetProperty("digest").GetString();
        return await PostAsync(person, $"/api/v1/approvals/{of.Approval}/decisions", new { decision, digest, serial = serial ?? of.Serial, comment });
    }

    /// <summary>Two engineers sign; the approval is armed.</summary>
    public async Task ArmAsync(DeleteCase of)
    {
        await SignAsync("engineer1", of);
        var (status, answer) = await SignAsync("engineer2", of);
        Assert.True(status == 200 && answer.GetProperty("state").GetString() == "Armed", answer.GetRawText());
    }

    /// <summary>An engineer who did not sign deletes on the customer's behalf.</summary>
    public Task<(int Status, JsonElement Answer)> ExecuteAsync(DeleteCase of, string person = "engineer3") => PostAsync(person, $"/api/v1/operations/{of.Operation}/execute", new { });

    /// <summary>The customer's own deletion, through the ARM API.</summary>
    public async Task<(int Status, string Answer)> DeleteAsync(DeleteCase of)
    {
        var resource = (await ApprovalAsync(of)).GetProperty("binding").GetProperty("resourceId").GetString();
        using var automation = portal.Client("automation1");
        using var answer = await automation.DeleteAsync($"{resource}?api-version=2021-11-30", stop);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(stop));
    }

    /// <summary>What a GET of the customer's resource answers.</summary>
    public async Task<int> ResourceStatusAsync(string resource)
    {
        using var automation = portal.Client("automation1");
        using var answer = await automation.GetAsync($"{resource}?api-version=2021-11-30", stop);
        return (int)answer.StatusCode;
    }

    public async Task<(int Status, JsonElement Answer)> PostAsync(string person, string path, object body)
    {
        using var client = portal.Client(person);
        using var answer = await client.PostAsJsonAsync(path, body, stop);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(stop));
    }

    public async Task<JsonElement> ApprovalAsync(DeleteCase of)
    {
        using var auditor = portal.Client("auditor1");
        return await auditor.GetFromJsonAsync<JsonElement>($"/api/v1/approvals/{of.Approval}", stop);
    }

    public Task<JsonElement> EndAsync(DeleteCase of) =>
        portal.UntilAsync($"/api/v1/operations/{of.Operation}", o => o.GetProperty("state").GetString() == "Finished", stop);

    public async Task<JsonElement> DeviceAsync(string serial)
    {
        using var auditor = portal.Client("auditor1");
        return await auditor.GetFromJsonAsync<JsonElement>($"/api/v1/devices/{serial}", stop);
    }

    /// <summary>How often the device itself says, in its own log, that something of that kind happened.</summary>
    public async Task<int> CountAsync(string serial, string key)
    {
        var device = (await simulator.DevicesAsync(stop)).EnumerateArray().First(d => d.GetProperty("serial").GetString() == serial);
        var account = device.GetProperty("accounts").GetProperty("monitor");
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var oob = new HttpClient(handler) { BaseAddress = new Uri(device.GetProperty("oobUrl").GetString()!) };
        var login = $"{account.GetProperty("userName").GetString()}:{account.GetProperty("password").GetString()}";
        oob.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(login)));
        var log = await oob.GetFromJsonAsync<JsonElement>("/redfish/v1/Systems/hsm/LogServices/ServiceAudit/Entries", stop);
        return log.GetProperty("Members").EnumerateArray().Count(e => e.GetProperty("MessageId").GetString()!.EndsWith($".{key}", StringComparison.Ordinal));
    }

    public async Task AssertChainAsync()
    {
        using var auditor = portal.Client("auditor1");
        var chain = await auditor.GetFromJsonAsync<JsonElement>("/api/v1/audit/verification", stop);
        Assert.Equal(JsonValueKind.Null, chain.GetProperty("firstBroken").ValueKind);
    }
}

/// <summary>One force delete.</summary>
internal sealed record DeleteCase(string Serial, string Ticket, string Document, string Operation, string Approval);
