using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PaymentHsm.Portal.Tests.Api;

/// <summary>The operator API over a real socket: the workflow, and every refusal with its rule.</summary>
public sealed class OperatorApiTests(RunningPortal running)
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string? persona, string path, object? body = null)
    {
        using var client = running.Portal.Client(persona);
        using var answer = await client.PostAsJsonAsync(path, body ?? new { }, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return (answer.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
    }

    private async Task RefusesAsync(string persona, string path, object? body, HttpStatusCode status, string rule)
    {
        var answer = await SendAsync(persona, path, body);
        Assert.Equal((status, rule), (answer.Status, answer.Body.GetProperty("ruleId").GetString()));
        Assert.StartsWith(rule + ":", answer.Body.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/devices")]
    [InlineData("/api/v1/audit")]
    [InlineData("/api/v1/operations")]
    public async Task Nobody_GetsThePlainStatus_NeverARedirect(string path)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = running.Portal.Address };
        using var answer = await client.GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/v1/devices/X0000000000X")]
    [InlineData("/api/v1/devices/nonsense")]
    [InlineData("/api/v1/tickets/T-999999")]
    [InlineData("/api/v1/operations/00000000-0000-0000-0000-000000000000")]
    [InlineData("/api/v1/nothing")]
    public async Task UnknownThing_IsAProblemWith404(string path)
    {
        using var client = running.Portal.Client("support1");
        using var answer = await client.GetAsync(path, Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task W2_SupportAsksEngineeringConfirms_VerifiedWithEvidenceAndATicketNote()
    {
        var serial = await running.SerialAsync("Allocated", 0);
        var number = await running.TicketAsync(serial);
        var asked = await SendAsync("support1", $"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "host ports dead" });
        Assert.Equal(HttpStatusCode.Created, asked.Status);
        var operation = asked.Body.GetProperty("operationId").GetString();

        await RefusesAsync("support2", $"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "again" }, HttpStatusCode.Conflict, "R67");
        await RefusesAsync("support1", $"/api/v1/operations/{operation}/confirm", null, HttpStatusCode.Forbidden, "R2");
        await RefusesAsync("datacenter1", $"/api/v1/operations/{operation}/confirm", null, HttpStatusCode.Forbidden, "R2");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("engineer1", $"/api/v1/operations/{operation}/confirm")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync("engineer2", $"/api/v1/operations/{operation}/confirm")).Status);

        var ended = await running.Portal.UntilAsync($"/api/v1/operations/{operation}", o => o.GetProperty("state").GetString() == "Finished", Stop);
        Assert.Equal("Verified", ended.GetProperty("outcome").GetString());
        var observed = ended.GetProperty("steps").EnumerateArray().Last().GetProperty("evidence").EnumerateArray().Select(e => e.GetProperty("value").GetString()!).ToList();
        Assert.Equal(4, observed.Count(v => v.StartsWith("Seen", StringComparison.Ordinal)));
        Assert.Equal(1, await running.Simulator.RestartsAsync(serial, Stop));
        await running.Portal.UntilAsync($"/api/v1/tickets/{number}", t => t.GetProperty("notes").GetRawText().Contains("Verified", StringComparison.Ordinal), Stop);
        await RefusesAsync("engineer2", $"/api/v1/operations/{operation}/confirm", null, HttpStatusCode.Conflict, "I9");
    }

    [Fact]
    public async Task R10_EngineerWhoAsked_MayNotConfirm_ButMayWithdraw()
    {
        var number = await running.TicketAsync(await running.SerialAsync("Available", 0));
        var asked = await SendAsync("engineer1", $"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "self test" });
        var operation = asked.Body.GetProperty("operationId").GetString();
        await RefusesAsync("engineer1", $"/api/v1/operations/{operation}/confirm", null, HttpStatusCode.Forbidden, "R10");
        var withdrawn = await SendAsync("engineer1", $"/api/v1/operations/{operation}/withdraw");
        Assert.Equal("Cancelled", withdrawn.Body.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task BadInput_IsRefusedAtOnceWithEveryFault()
    {
        var answer = await SendAsync("support1", "/api/v1/tickets", new { serial = "A1", severity = "urgent" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var detail = answer.Body.GetProperty("detail").GetString()!;
        Assert.All(["subject is missing", "'A1' is not an HSM serial number", "'urgent' is not a severity"], fault => Assert.Contains(fault, detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ForgedCalls_OfOtherRoles_AreRefusedInTheApplicationAndAudited()
    {
        var serial = await running.SerialAsync("Available", 1);
        await RefusesAsync("auditor1", "/api/v1/tickets", new { subject = "x", serial, severity = "Low" }, HttpStatusCode.Forbidden, "R1");
        var number = await running.TicketAsync(serial);
        var path = $"/api/v1/tickets/{number}/operations";
        await RefusesAsync("auditor1", path, new { kind = "SoftReboot", reason = "x" }, HttpStatusCode.Forbidden, "R1");
        await RefusesAsync("automation1", path, new { kind = "SoftReboot", reason = "x" }, HttpStatusCode.Forbidden, "R1");
        await RefusesAsync("support1", path, new { kind = "SoftReboot" }, HttpStatusCode.UnprocessableEntity, "R84");
        await RefusesAsync("support1", path, new { kind = "Explode", reason = "x" }, HttpStatusCode.UnprocessableEntity, "R54");

        // Each denied attempt is in the audit log with its rule (R84).
        using var auditor = running.Portal.Client("auditor1");
        var log = await auditor.GetFromJsonAsync<JsonElement>($"/api/v1/audit?ticket={number}", Stop);
        Assert.Equal(3, log.GetProperty("rows").EnumerateArray().Count(r => r.GetProperty("ruleId").GetString() is "R1" or "R84"));
    }

    [Fact]
    public async Task ConfirmTwiceAndWithdraw_AtTheSameInstant_OnlyOneWins()
    {
        var number = await running.TicketAsync(await running.SerialAsync("Available", 2));
        var asked = await SendAsync("support1", $"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "x" });
        var operation = $"/api/v1/operations/{asked.Body.GetProperty("operationId").GetString()}";
        var all = await Task.WhenAll(SendAsync("engineer1", operation + "/confirm"), SendAsync("engineer2", operation + "/confirm"), SendAsync("support1", operation + "/withdraw"));
        Assert.Single(all, a => a.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task R67_RequestsAtTheSameInstant_OnlyOneHoldsTheDevice()
    {
        var number = await running.TicketAsync(await running.SerialAsync("Available", 8));
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync("support1", $"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "x" })));
        Assert.Single(all, a => a.Status == HttpStatusCode.Created);
        Assert.All(all.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal("R67", a.Body.GetProperty("ruleId").GetString()));
    }

    /// <summary>Both were asked for while neither was at work. Confirmed at the same instant, only one goes.</summary>
    [Fact]
    public async Task R67_BothOfAPairConfirmedAtTheSameInstant_OnlyOneIsRestarted()
    {
        using var client = running.Portal.Client("auditor1");
        var allocated = (await client.GetFromJsonAsync<JsonElement>("/api/v1/devices?lifecycle=Allocated", Stop)).GetProperty("devices").EnumerateArray().ToList();

        // The first and the seventh are other tests'.
        var pair = allocated.GroupBy(d => (d.GetProperty("customer").GetString(), d.GetProperty("region").GetString()))
            .First(g => g.Count() == 2 && !g.Contains(allocated[0]) && !g.Contains(allocated[6])).Select(d => d.GetProperty("serial").GetString()!).ToList();
        List<string> operations = [];
        foreach (var serial in pair)
        {
            var asked = await SendAsync("support1", $"/api/v1/tickets/{await running.TicketAsync(serial)}/operations", new { kind = "SoftReboot", reason = "host ports dead" });
            Assert.Equal(HttpStatusCode.Created, asked.Status);
            operations.Add(asked.Body.GetProperty("operationId").GetString()!);
        }

        var answers = await Task.WhenAll(operations.Select(o => SendAsync("engineer1", $"/api/v1/operations/{o}/confirm")));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal("R67", Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict).Body.GetProperty("ruleId").GetString());

        // When the first has ended, the other may go.
        var second = operations[answers[0].Status == HttpStatusCode.OK ? 1 : 0];
        await running.Portal.UntilAsync($"/api/v1/operations/{operations.Single(o => o != second)}", o => o.GetProperty("state").GetString() == "Finished", Stop);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("engineer2", $"/api/v1/operations/{second}/confirm")).Status);
    }

    [Fact]
    public async Task CustomersDevices_WereNeverTouchedOnALogicalChannel()
    {
        using var client = running.Portal.Client("auditor1");
        var allocated = await client.GetFromJsonAsync<JsonElement>("/api/v1/devices?lifecycle=Allocated", Stop);
        foreach (var device in allocated.GetProperty("devices").EnumerateArray())
        {
            var counts = await running.Simulator.ConnectionsAsync(device.GetProperty("serial").GetString()!, Stop);
            Assert.Equal((0, 0, 0), (counts.GetProperty("host").GetInt32(), counts.GetProperty("hostTls").GetInt32(), counts.GetProperty("management").GetInt32()));
        }
    }

    [Fact]
    public async Task OpenApi_DescribesTheWorkflow()
    {
        using var client = running.Portal.Client(null);
        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Stop);
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/v1/tickets/{number}/operations", out _));
    }
}
