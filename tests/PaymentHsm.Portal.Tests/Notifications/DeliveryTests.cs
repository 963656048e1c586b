using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Notifications;

/// <summary>Mail and webhooks from a real portal to real servers on loopback; the portal is killed while nothing gets through.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private const string Secret = "a secret that is long enough for HMAC";

    private readonly ScratchDirectory _data = new();
    private readonly TestMailServer _mail = new();
    private TestWebhook _hook = null!;
    private PortalProcess _portal = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hook = await TestWebhook.StartAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _hook.DisposeAsync();
        await _mail.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Assigned_MailGoesToTheNewOwnerAndTheSignedCallSurvivesAKill()
    {
        _hook.Down = true;
        var number = await AssignAsync();
        await Poll.UntilAsync(() => Task.FromResult(_hook.Refused.Count), n => n > 0, Stop);
        await _portal.KillAsync();
        await _portal.DisposeAsync();
        _hook.Down = false;
        await StartAsync();

        await Poll.UntilAsync(() => Task.FromResult(_hook.Taken.Count), n => n > 0, Stop);
        Assert.True(_hook.Taken.TryPeek(out var call));
        var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{call.Timestamp}.{call.Body}")));
        Assert.Equal(expected, call.Signature);
        Assert.Equal(_hook.Refused.First().Delivery, call.Delivery);
        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(("ticket.assigned", number, $"https://portal.example.com/tickets/{number}"), (body.GetProperty("kind").GetString(), body.GetProperty("ticket").GetString(), body.GetProperty("link").GetString()));

        await Poll.UntilAsync(() => Task.FromResult(_mail.Mails.Count), n => n > 0, Stop);
        Assert.All(_mail.Mails, mail => Assert.Equal("support2@example.com", mail.To));
        var text = _mail.Mails.First().Text;
        Assert.Contains($"Subject: {number} is yours", text, StringComparison.Ordinal);
        Assert.Contains($"https://portal.example.com/tickets/{number}", text, StringComparison.Ordinal);
    }

    private async Task<string> AssignAsync()
    {
        using var support = _portal.Client("support1");
        var devices = await _portal.UntilAsync("/api/v1/devices", d => d.GetProperty("total").GetInt32() > 0, Stop);
        using var opened = await support.PostAsJsonAsync("/api/v1/tickets", new { subject = "host ports dead", serial = devices.GetProperty("devices")[0].GetProperty("serial").GetString(), severity = 2 }, Stop);
        var number = (await opened.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("number").GetString()!;
        using var assigned = await support.PostAsJsonAsync($"/api/v1/tickets/{number}/assign", new { owner = "support2" }, Stop);
        Assert.True(assigned.IsSuccessStatusCode);
        return number;
    }

    private async Task StartAsync() => _portal = await PortalProcess.StartAsync(_data.Path, new Dictionary<string, string>
    {
        ["Simulator:Enabled"] = "true",
        ["Simulator:Devices"] = "1",
        ["Fleet:Seed"] = "false",
        ["Notifications:PortalUrl"] = "https://portal.example.com/",
        ["Notifications:Mail:Enabled"] = "true",
        ["Notifications:Mail:Host"] = "127.0.0.1",
        ["Notifications:Mail:Port"] = $"{_mail.Port}",
        ["Notifications:Mail:Security"] = "None",
        ["Notifications:Mail:From"] = "portal@example.com",
        ["Notifications:Mail:Address"] = "{id}@example.com",
        ["Notifications:Webhook:Enabled"] = "true",
        ["Notifications:Webhook:Url"] = _hook.Url.ToString(),
        ["Notifications:Webhook:Secret"] = Secret,
        ["Notifications:Delivery:FirstPause"] = "00:00:01",
    }, Stop);
}
