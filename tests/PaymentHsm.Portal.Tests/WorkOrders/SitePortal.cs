using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.WorkOrders;

/// <summary>A portal that waits seconds where people at a rack wait minutes, and a fleet beside it whose cords can be pulled.</summary>
public sealed class SitePortal : IAsyncLifetime
{
    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();

    internal PortalProcess Portal { get; private set; } = null!;

    internal SimulatorProcess Simulator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 8, TimeSpan.FromSeconds(8), CancellationToken.None);
        var settings = new Dictionary<string, string>
        {
            ["Simulator:Enabled"] = "false",
            ["Fleet:Source"] = Simulator.Control.ToString(),
            ["Fleet:Seed"] = "false",
            ["Polling:Interval"] = "00:00:02",
            ["Operations:HardReboot:OffAtLeast"] = "00:00:01",
            ["Operations:HardReboot:ObserveEvery"] = "00:00:00.5",
            ["Operations:HardReboot:VerifyWithin"] = "00:02:00",
        };
        Portal = await PortalProcess.StartAsync(_portalData.Path, settings, CancellationToken.None);
        await Portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() == 8, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (Portal is not null)
        {
            await Portal.DisposeAsync();
        }

        if (Simulator is not null)
        {
            await Simulator.DisposeAsync();
        }

        _portalData.Dispose();
        _simulatorData.Dispose();
    }

    /// <summary>A device of the pool; each index gives another one.</summary>
    internal async Task<JsonElement> DeviceAsync(int index)
    {
        using var client = Portal.Client("auditor1");
        return (await client.GetFromJsonAsync<JsonElement>("/api/v1/devices")).GetProperty("devices")[index];
    }

    /// <summary>Sends a body as a persona; the answer's status and content.</summary>
    internal async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string persona, string path, object? body = null)
    {
        using var client = Portal.Client(persona);
        using var answer = await client.PostAsJsonAsync(path, body ?? new { });
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Files the customer's request on a ticket; its hash.</summary>
    internal async Task<string> FileAsync(string ticket)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Ann of Contoso"), "sender" },
            { new StringContent("2026-11-01T13:05:00Z"), "receivedAt" },
            { new StringContent("portal message"), "channel" },
            { new StringContent("CallBack"), "verification" },
        };
        var file = new ByteArrayContent("%PDF-1.7 recover the logs"u8.ToArray());
        file.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", "request.pdf");
        using var support = Portal.Client("support1");
        using var filed = await support.PostAsync($"/api/v1/tickets/{ticket}/documents", form);
        Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
        return (await filed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sha256").GetString()!;
    }

    internal async Task<string> TicketAsync(string serial)
    {
        var (status, body) = await PostAsync("support1", "/api/v1/tickets", new { subject = "dead", serial, severity = "High", category = "Unresponsive" });
        Assert.Equal(HttpStatusCode.Created, status);
        return body.GetProperty("number").GetString()!;
    }

    /// <summary>Asks for a hard reboot, records the customer's decision and confirms; the operation and its work order.</summary>
    internal async Task<(string Operation, string Order)> OrderHardRebootAsync(string serial, CancellationToken stop)
    {
        var ticket = await TicketAsync(serial);
        var (asked, body) = await PostAsync("support1", $"/api/v1/tickets/{ticket}/operations", new { kind = "HardReboot", reason = "The controller cannot deliver a soft reboot", details = new { decision = "Wait" } });
        Assert.Equal(HttpStatusCode.Created, asked);
        var operation = body.GetProperty("operationId").GetString()!;
        var (confirmed, _) = await PostAsync("engineer1", $"/api/v1/operations/{operation}/confirm");
        Assert.Equal(HttpStatusCode.OK, confirmed);
        var orders = await Portal.UntilAsync("/api/v1/work-orders?view=open", o => Of(o, operation) is not null, stop);
        return (operation, Of(orders, operation)!);
    }

    private static string? Of(JsonElement orders, string operation) =>
        orders.GetProperty("workOrders").EnumerateArray().Where(o => o.GetProperty("operationId").GetString() == operation).Select(o => o.GetProperty("id").GetString()).FirstOrDefault();
}
