using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Portal.Tests.Approvals;

namespace PaymentHsm.Portal.Tests.Redaction;

/// <summary>R39 wherever people type outside tickets: what looks like card or key data is neither stored nor logged nor answered, and that it was taken out is logged.</summary>
public sealed class TypedWordsTests(RunningPortal running)
{
    private const string Pan = "4111 1111 1111 1111";
    private const string Taken = "[redacted: card number]";

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task R39_CommentAndReasonOfAnApproval_AreCleaned()
    {
        var people = new QuorumClient(running.Portal, running.Simulator, Stop);
        var of = await people.AskAsync(await running.SerialAsync("Allocated", 6));
        await people.SignAsync("engineer1", of, comment: $"the customer read {Pan} to me");
        await SendAsync("engineer1", $"/api/v1/approvals/{of.Approval}/decisions", new { decision = "Approve", digest = "x", serial = Pan, comment = "again" });
        await SendAsync("engineer2", $"/api/v1/approvals/{of.Approval}/revoke", new { reason = $"wrong card {Pan}" });

        var approval = await GetAsync($"/api/v1/approvals/{of.Approval}");
        Assert.Contains($"the customer read {Taken} to me", approval, StringComparison.Ordinal);
        Assert.Contains($"wrong card {Taken}", approval, StringComparison.Ordinal);
        await IsNowhereAsync($"the signature of {of.Approval}", "the reason of a revocation");
    }

    [Fact]
    public async Task R39_WordsOfAHardRebootAndItsWorkOrder_AreCleaned()
    {
        var serial = await running.SerialAsync("Available", 5);
        var ticket = await running.TicketAsync(serial);
        var asked = await SendAsync("support1", $"/api/v1/tickets/{ticket}/operations", new { kind = "HardReboot", reason = $"hangs on {Pan}" });
        var operation = asked.GetProperty("operationId").GetString()!;
        await SendAsync("support1", $"/api/v1/operations/{operation}/impact", new { decision = "Wait", note = $"said so, card {Pan}" });
        await SendAsync("support1", $"/api/v1/operations/{operation}/cancel-destruction", new { reason = $"card {Pan}" });
        await SendAsync("engineer1", $"/api/v1/operations/{operation}/confirm", new { });
        var order = await OrderAsync(operation);
        await SendAsync("datacenter1", $"/api/v1/work-orders/{order}/accept", new { });
        await SendAsync("datacenter1", $"/api/v1/work-orders/{order}/arrive", new { });
        await SendAsync("datacenter1", $"/api/v1/work-orders/{order}/scan", new { serial = Pan });
        await SendAsync("datacenter1", $"/api/v1/work-orders/{order}/problem", new { note = $"a note with {Pan} lies here" });
        await SendAsync("engineer1", $"/api/v1/work-orders/{order}/release", new { note = $"took {Pan} away" });
        await SendAsync("engineer1", $"/api/v1/work-orders/{order}/cancel", new { note = $"no more {Pan}" });

        var work = await GetAsync($"/api/v1/work-orders/{order}");
        var steps = await GetAsync($"/api/v1/operations/{operation}");
        Assert.All([$"a note with {Taken} lies here", $"took {Taken} away", $"no more {Taken}"], words => Assert.Contains(words, work, StringComparison.Ordinal));
        Assert.All([$"hangs on {Taken}", $"said so, card {Taken}"], words => Assert.Contains(words, steps, StringComparison.Ordinal));
        await IsNowhereAsync("the reason of an operation", "the customer's decision", "the reason of a cancellation", $"the words about {order}");
    }

    [Fact]
    public async Task R39_WindowOfMaintenance_IsCleaned()
    {
        var planned = await SendAsync("engineer1", "/api/v1/maintenance", new { region = "eastus", stamp = "stamp1", feed = "A", startsAt = DateTimeOffset.UtcNow.AddDays(30), endsAt = DateTimeOffset.UtcNow.AddDays(30).AddHours(1), note = $"UPS, call {Pan}" });
        Assert.Equal($"UPS, call {Taken}", planned.GetProperty("note").GetString());
        await SendAsync("engineer1", $"/api/v1/maintenance/{planned.GetProperty("id").GetString()}/cancel", new { });
        await IsNowhereAsync("a maintenance window");
    }

    /// <summary>What is refused is answered and logged too; both without the number.</summary>
    [Theory]
    [InlineData("datacenter1", "/api/v1/intake/receive", """{"serial":"{0}","manifest":"{0}"}""", "an arrival")]
    [InlineData("datacenter1", "/api/v1/intake/rack", """{"serial":"A4665279999F","region":"{0}","slot":"{0}"}""", "a racking")]
    [InlineData("engineer1", "/api/v1/devices/{serial}/repair", """{"note":"{0}"}""", "the note of a repair")]
    [InlineData("support1", "/api/v1/devices/{serial}/tamper/choice", """{"choice":"{0}","note":"{0}"}""", "the customer's choice on the logs")]
    [InlineData("engineer1", "/api/v1/work-orders", """{"serial":"{0}","part":"fan1","reason":"{0}"}""", "an order for a part")]
    [InlineData("engineer1", "/api/v1/firmware/waves", """{"target":"0.0","reason":"{0}"}""", "the reason of a wave")]
    [InlineData("support1", "/api/v1/subscriptions", """{"id":"{0}","customer":"{0}"}""", "a request for a subscription")]
    public async Task R39_RefusedForm_IsAnsweredAndLoggedWithoutTheNumber(string persona, string path, string body, string place)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(body);
        using var client = running.Portal.Client(persona);
        using var content = new StringContent(body.Replace("{0}", Pan, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(path.Replace("{serial}", await running.SerialAsync("Allocated", 6), StringComparison.Ordinal), content, Stop);

        Assert.InRange(answer.StatusCode, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
        Assert.DoesNotContain(Pan, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        await IsNowhereAsync(place);
    }

    private async Task IsNowhereAsync(params IEnumerable<string> places)
    {
        var log = await GetAsync("/api/v1/audit?take=500");
        Assert.DoesNotContain(Pan, log, StringComparison.Ordinal);
        Assert.DoesNotContain(Pan, running.Portal.Output, StringComparison.Ordinal);
        var said = JsonDocument.Parse(log).RootElement.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("detail").GetString()).ToList();
        Assert.All(places, place => Assert.Contains($"card number taken out of {place} before it was stored", said));
    }

    private async Task<string> OrderAsync(string operation)
    {
        var orders = await running.Portal.UntilAsync("/api/v1/work-orders", o => o.GetRawText().Contains(operation, StringComparison.Ordinal), Stop);
        return orders.GetProperty("workOrders").EnumerateArray().Single(o => o.GetProperty("operationId").GetString() == operation).GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> SendAsync(string persona, string path, object body)
    {
        using var client = running.Portal.Client(persona);
        using var answer = await client.PostAsJsonAsync(path, body, Stop);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private async Task<string> GetAsync(string path)
    {
        using var client = running.Portal.Client("auditor1");
        return await client.GetStringAsync(path, Stop);
    }
}
