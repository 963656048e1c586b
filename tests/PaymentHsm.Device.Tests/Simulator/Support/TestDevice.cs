using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace PaymentHsm.Device.Tests.Simulator.Support;

/// <summary>A device of a test fleet, seen from outside only.</summary>
internal sealed class TestDevice(TestFleet fleet, JsonObject description)
{
    public const string System = "/redfish/v1/Systems/hsm";
    public const string Reset = System + "/Actions/ComputerSystem.Reset";
    public const string HandOver = System + "/Actions/Oem/PaymentHsm.HandOver";
    public const string Reclaim = System + "/Actions/Oem/PaymentHsm.Reclaim";
    public const string Entries = System + "/LogServices/ServiceAudit/Entries";

    public JsonObject Description { get; } = description;

    public string Serial => (string)Description["serial"]!;

    public string OobUrl => (string)Description["oobUrl"]!;

    public string Password(string account) => (string)Description["accounts"]![account]!["password"]!;

    public string UserName(string account) => (string)Description["accounts"]![account]!["userName"]!;

    /// <summary>A client without credentials.</summary>
    public HttpClient Anonymous() => fleet.Client(OobUrl);

    /// <summary>A client with basic authentication as <c>monitor</c>, <c>operator</c>, <c>reclaim</c> or <c>admin</c>.</summary>
    public HttpClient As(string account) => WithBasic(Anonymous(), UserName(account), Password(account));

    /// <summary>A client of the rack's <c>switch</c> or <c>pdu</c>, with the account of the equipment.</summary>
    public HttpClient Equipment(string name)
    {
        var equipment = Description[name]!;
        return WithBasic(fleet.Client((string)equipment["url"]!), (string)equipment["userName"]!, (string)equipment["password"]!);
    }

    /// <summary>Reads a resource that must be there.</summary>
    public async Task<JsonObject> GetAsync(string path, string account = "monitor")
    {
        using var client = As(account);
        return (await client.GetFromJsonAsync<JsonObject>(path, TestFleet.Cancel))!;
    }

    /// <summary>Posts JSON with a length.</summary>
    public async Task<HttpResponseMessage> PostAsync(string account, string path, string json, Guid? operation = null)
    {
        using var client = As(account);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (operation is { } id)
        {
            request.Headers.Add("X-PaymentHsm-Operation-Id", id.ToString());
        }

        return await client.SendAsync(request, TestFleet.Cancel);
    }

    public Task<HttpResponseMessage> RestartAsync(Guid? operation = null) => PostAsync("operator", Reset, """{"ResetType":"GracefulRestart"}""", operation);

    public Task<HttpResponseMessage> HandOverAsync(string allocation, Guid operation) =>
        PostAsync("admin", HandOver, $$"""{"OperationId":"{{operation}}","AllocationId":"{{allocation}}"}""");

    public Task<HttpResponseMessage> ReclaimAsync(string allocation, Guid operation, string approval = "FD-2026-0042") =>
        PostAsync("reclaim", Reclaim, $$"""{"OperationId":"{{operation}}","AllocationId":"{{allocation}}","ApprovalReference":"{{approval}}","Scope":"AllCustomerContent"}""");

    /// <summary>Something on the control API.</summary>
    public async Task<HttpResponseMessage> ControlAsync(string route, string json = "{}") =>
        await fleet.Control.PostAsync($"/devices/{Serial}/{route}", new StringContent(json, Encoding.UTF8, "application/json"), TestFleet.Cancel);

    public async Task FaultAsync(string json)
    {
        using var answer = await ControlAsync("faults", json);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task LiftFaultsAsync()
    {
        using var answer = await fleet.Control.DeleteAsync($"/devices/{Serial}/faults", TestFleet.Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Keys of all audit entries, oldest first.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync() =>
        [.. (await GetAsync(Entries))["Members"]!.AsArray().Select(e => ((string)e!["MessageId"]!).Split('.')[^1])];

    /// <summary>Waits until a read of a resource meets the condition.</summary>
    public Task<JsonObject> UntilAsync(string path, Func<JsonObject, bool> condition) => Eventually.GetAsync(async () =>
    {
        try
        {
            var body = await GetAsync(path);
            return condition(body) ? body : null;
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is TaskCanceledException && !TestFleet.Cancel.IsCancellationRequested))
        {
            // Not there, or not in time.
            return null;
        }
    });

    /// <summary>Waits until the HSM runs with that boot.</summary>
    public Task<JsonObject> UntilEntryAsync(string key) => UntilAsync(Entries, e => e["Members"]!.AsArray().Any(m => ((string)m!["MessageId"]!).EndsWith("." + key, StringComparison.Ordinal)));

    public Task<JsonObject> UntilCommissionAsync(string state) =>
        UntilAsync(System, b => (string?)b["Oem"]!["PaymentHsm"]!["CommissionState"] == state);

    private static HttpClient WithBasic(HttpClient client, string userName, string password)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}")));
        return client;
    }
}
