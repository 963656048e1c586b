using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PaymentHsm.Portal.Tests.Tickets;

/// <summary>Working on tickets as another system does it, over a real socket.</summary>
public sealed class TicketWorkTests(RunningPortal running)
{
    private const string Pan = "4111 1111 1111 1111";
    private const string Component = "0123456789ABCDEE";

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task R39_CardAndKeyData_IsNeitherStoredNorLoggedAnywhere()
    {
        var serial = await running.SerialAsync("Allocated", 2);
        var opened = await SendAsync("support1", "/api/v1/tickets", new { subject = $"declines {Pan}", serial, category = $"Unresponsive {Pan}", severity = "High", description = $"component {Component}", customer = "Contoso" });
        var number = opened.Body.GetProperty("number").GetString();
        await SendAsync("support1", $"/api/v1/tickets/{number}/notes", new { text = $"seen with {Pan} again" });
        await SendAsync("support1", $"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = $"stuck on {Pan}" });
        await SendAsync("support1", $"/api/v1/tickets/{number}/escalate", new { reason = $"see {Pan}" });
        await SendAsync("support1", "/api/v1/tickets", new { subject = "x", serial = Pan, severity = Pan });

        var ticket = (await GetAsync($"/api/v1/tickets/{number}")).GetRawText();
        var log = (await GetAsync("/api/v1/audit?take=500")).GetRawText();
        Assert.All([ticket, log, running.Portal.Output], text =>
        {
            Assert.DoesNotContain(Pan, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Component, text, StringComparison.Ordinal);
        });
        Assert.All(
            ["declines [redacted: card number]", "component [redacted: key component]", "seen with [redacted: card number] again", "stuck on [redacted: card number]", "see [redacted: card number]"],
            text => Assert.Contains(text, ticket, StringComparison.Ordinal));
        Assert.Contains("text.redacted", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SameReferenceTwice_IsOneTicket()
    {
        var serial = await running.SerialAsync("Allocated", 2);
        var body = new { subject = "host ports dead", serial, severity = 2, reference = "ZD-4711" };
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync("support1", "/api/v1/tickets", body)));

        Assert.Single(all, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(3, all.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Single(all.Select(a => a.Body.GetProperty("number").GetString()).Distinct());
    }

    [Fact]
    public async Task R58_Move_PausesTheClockAndClosesOnlyWithAReason()
    {
        var number = await running.TicketAsync(await running.SerialAsync("Allocated", 2));
        var waiting = await SendAsync("support1", $"/api/v1/tickets/{number}/move", new { state = "WaitingForCustomer" });
        Assert.NotEqual(JsonValueKind.Null, waiting.Body.GetProperty("clock").GetProperty("left").ValueKind);

        await RefusesAsync($"/api/v1/tickets/{number}/move", new { state = "Closed" }, HttpStatusCode.UnprocessableEntity, "R58");
        await RefusesAsync($"/api/v1/tickets/{number}/move", new { state = "Open", revision = 1 }, HttpStatusCode.Conflict, "R84");
        await RefusesAsync($"/api/v1/tickets/{number}/move", new { state = "Closed", reason = "done", closing = "RoutedToThales" }, HttpStatusCode.UnprocessableEntity, "R5");
        var closed = await SendAsync("support1", $"/api/v1/tickets/{number}/move", new { state = "Closed", reason = "answers again" });
        Assert.Equal((HttpStatusCode.OK, "Closed", "Solved"), (closed.Status, closed.Body.GetProperty("state").GetString(), closed.Body.GetProperty("closing").GetString()));
        Assert.Equal(JsonValueKind.Null, closed.Body.GetProperty("clock").GetProperty("due").ValueKind);
    }

    [Fact]
    public async Task R5_ThalesOwnedTicket_IsRoutedOutUntilItHasAnotherCategory()
    {
        var serial = await running.SerialAsync("Allocated", 3);
        var opened = await SendAsync("support1", "/api/v1/tickets", new { subject = "manager times out", serial, category = "PayShieldManager", severity = 3 });
        Assert.Equal("Thales", opened.Body.GetProperty("caseOwner").GetString());
        var number = opened.Body.GetProperty("number").GetString();

        await RefusesAsync($"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "try it" }, HttpStatusCode.Conflict, "R5");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("support1", $"/api/v1/tickets/{number}/reclassify", new { category = "Unresponsive" })).Status);
        var asked = await SendAsync("support1", $"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "try it" });
        Assert.Equal(HttpStatusCode.Created, asked.Status);
        await SendAsync("support1", $"/api/v1/operations/{asked.Body.GetProperty("operationId").GetString()}/withdraw", new { });
    }

    [Fact]
    public async Task Notices_GoToTheOwnerTheEscalationTargetAndTheRequester_NotToEverybody()
    {
        var number = await running.TicketAsync(await running.SerialAsync("Allocated", 4));
        await RefusesAsync($"/api/v1/tickets/{number}/assign", new { owner = "datacenter1" }, HttpStatusCode.UnprocessableEntity, "R58");
        await SendAsync("support1", $"/api/v1/tickets/{number}/assign", new { owner = "support2" });
        await SendAsync("support1", $"/api/v1/tickets/{number}/escalate", new { reason = "customer down" });

        await ToldAsync("support2", number, "ticket.assigned");
        await ToldAsync("engineer1", number, "ticket.escalated");
        await ToldAsync("support1", number, "ticket.escalated");
        using var datacenter = running.Portal.Client("datacenter1");
        Assert.DoesNotContain(number, await datacenter.GetStringAsync("/api/v1/notifications", Stop), StringComparison.Ordinal);

        using var engineer = running.Portal.Client("engineer3");
        Assert.True((await engineer.GetFromJsonAsync<JsonElement>("/api/v1/notifications?unread=true", Stop)).GetProperty("total").GetInt32() > 0);
        using var marked = await engineer.PostAsJsonAsync("/api/v1/notifications/read", new { }, Stop);
        Assert.Equal(0, (await engineer.GetFromJsonAsync<JsonElement>("/api/v1/notifications?unread=true&critical=true", Stop)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task R58_ClockRunsOut_TicketIsListedOverdueAndEscalatesItself()
    {
        var serial = await running.SerialAsync("Allocated", 5);
        var opened = await SendAsync("support1", "/api/v1/tickets", new { subject = "slow", serial, severity = "Low" });
        var number = opened.Body.GetProperty("number").GetString()!;

        await running.Portal.UntilAsync($"/api/v1/tickets/{number}", t => t.GetProperty("ticket").GetProperty("clock").GetProperty("escalatedAt").ValueKind == JsonValueKind.String, Stop);
        Assert.Contains(number, (await GetAsync("/api/v1/tickets?overdue=true")).GetRawText(), StringComparison.Ordinal);
        await ToldAsync("engineer1", number, "ticket.escalated");
    }

    [Fact]
    public async Task Timeline_AsOfAnInstant_ShowsTheStateAsItStoodThen()
    {
        var number = await running.TicketAsync(await running.SerialAsync("Allocated", 4));
        var opened = (await GetAsync($"/api/v1/tickets/{number}/timeline")).GetProperty("lines").EnumerateArray().Last();
        await SendAsync("support1", $"/api/v1/tickets/{number}/assign", new { owner = "engineer1" });
        await SendAsync("support1", $"/api/v1/tickets/{number}/move", new { state = "WaitingForCustomer" });

        var then = await GetAsync($"/api/v1/tickets/{number}/timeline?at={Uri.EscapeDataString(opened.GetProperty("at").GetString()!)}");
        var now = await GetAsync($"/api/v1/tickets/{number}/timeline?at=2100-01-01T00:00:00Z");

        Assert.Equal("Intent", opened.GetProperty("kind").GetString());
        Assert.Equal(("Open", "support1"), (Fact(then, "Ticket state"), Fact(then, "Owner")));
        Assert.Equal(("WaitingForCustomer", "engineer1"), (Fact(now, "Ticket state"), Fact(now, "Owner")));
        Assert.Single(then.GetProperty("lines").EnumerateArray());
        Assert.All((await GetAsync($"/api/v1/tickets/{number}/timeline?kind=Decision")).GetProperty("lines").EnumerateArray(), l => Assert.Equal("Decision", l.GetProperty("kind").GetString()));
    }

    private static string? Fact(JsonElement timeline, string name) =>
        timeline.GetProperty("state").EnumerateArray().Single(f => f.GetProperty("name").GetString() == name).GetProperty("value").GetString();

    private Task<JsonElement> ToldAsync(string person, string number, string kind) => PaymentHsm.Tests.Processes.Poll.UntilAsync(
        async () =>
        {
            using var client = running.Portal.Client(person);
            return await client.GetFromJsonAsync<JsonElement>("/api/v1/notifications", Stop);
        },
        page => page.GetProperty("rows").EnumerateArray().Any(n => n.GetProperty("kind").GetString() == kind && n.GetProperty("ticket").GetString() == number),
        Stop);

    private async Task<JsonElement> GetAsync(string path)
    {
        using var client = running.Portal.Client("auditor1");
        return await client.GetFromJsonAsync<JsonElement>(path, Stop);
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string persona, string path, object body)
    {
        using var client = running.Portal.Client(persona);
        using var answer = await client.PostAsJsonAsync(path, body, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    private async Task RefusesAsync(string path, object body, HttpStatusCode status, string rule)
    {
        var answer = await SendAsync("support1", path, body);
        Assert.Equal((status, rule), (answer.Status, answer.Body.GetProperty("ruleId").GetString()));
    }
}
