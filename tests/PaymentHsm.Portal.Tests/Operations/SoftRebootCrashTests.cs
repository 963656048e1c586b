using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Operations;

/// <summary>The portal is killed (kill -9) while a soft reboot is at different points; started again it ends the operation with exactly one restart of the device.</summary>
public sealed class SoftRebootCrashTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Simulator:Enabled"] = "false",
        ["Polling:Interval"] = "00:00:02",
        ["Operations:SoftReboot:AbsenceMargin"] = "00:00:01",
        ["Operations:SoftReboot:SendAgainAfter"] = "00:00:01",
        ["Operations:SoftReboot:ObserveEvery"] = "00:00:00.5",
        ["Operations:SoftReboot:ObserveFor"] = "00:01:30",
    };

    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();
    private SimulatorProcess _simulator = null!;
    private PortalProcess _portal = null!;
    private string _serial = "";
    private string _operation = "";

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 4, TimeSpan.FromSeconds(2), Stop);
        await StartPortalAsync();
        var devices = await _portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() > 0, Stop);
        _serial = devices.GetProperty("devices")[0].GetProperty("serial").GetString()!;
        _operation = await RequestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        await _simulator.DisposeAsync();
        _portalData.Dispose();
        _simulatorData.Dispose();
    }

    [Fact]
    public async Task KilledBeforeConfirmation_RequestStillWaits_ThenOneRestart()
    {
        await KillAndStartAsync();
        await ConfirmAsync();
        await AssertVerifiedWithOneRestartAsync();
    }

    [Fact]
    public async Task KilledWhileReadingTheMarks_OneRestart()
    {
        await _simulator.InjectAsync(_serial, Hang("GET", "/redfish/v1/Systems/hsm/LogServices", "HangBeforeEffect"), Stop);
        await ConfirmAsync();
        await _portal.UntilAsync($"/api/v1/operations/{_operation}", o => Step(o, "Send") == "Running", Stop);
        await KillAndStartAsync(clearFaults: true);
        await AssertVerifiedWithOneRestartAsync();
    }

    [Theory]
    [InlineData("HangBeforeEffect")]
    [InlineData("HangAfterEffect")]
    public async Task KilledWhileSending_OneRestart(string kind)
    {
        await _simulator.InjectAsync(_serial, Hang("POST", "/redfish/v1/Systems/hsm/Actions/", kind), Stop);
        await ConfirmAsync();
        await _portal.UntilAsync($"/api/v1/operations/{_operation}", o => o.GetRawText().Contains("send 1", StringComparison.Ordinal), Stop);
        if (kind == "HangAfterEffect")
        {
            await Poll.UntilAsync(() => _simulator.RestartsAsync(_serial, Stop), n => n == 1, Stop);
        }

        await KillAndStartAsync(clearFaults: true);
        await AssertVerifiedWithOneRestartAsync();
    }

    [Fact]
    public async Task KilledWhileObserving_OneRestart()
    {
        await ConfirmAsync();
        await _portal.UntilAsync($"/api/v1/operations/{_operation}", o => Step(o, "Observe") is "Running" or "Done", Stop);
        await KillAndStartAsync();
        await AssertVerifiedWithOneRestartAsync();
    }

    private static object Hang(string method, string prefix, string kind) => new { match = new { method, pathPrefix = prefix }, kind, count = 100, delayMs = 0 };

    private static string? Step(JsonElement operation, string name) =>
        operation.GetProperty("steps").EnumerateArray().First(s => s.GetProperty("name").GetString() == name).GetProperty("state").GetString();

    private async Task StartPortalAsync() =>
        _portal = await PortalProcess.StartAsync(_portalData.Path, new Dictionary<string, string>(Settings) { ["Fleet:Source"] = _simulator.Control.ToString(), ["Fleet:Seed"] = "false" }, Stop);

    private async Task KillAndStartAsync(bool clearFaults = false)
    {
        await _portal.KillAsync();
        await _portal.DisposeAsync();
        if (clearFaults)
        {
            await _simulator.ClearFaultsAsync(_serial, Stop);
        }

        await StartPortalAsync();
    }

    private async Task<string> RequestAsync()
    {
        using var support = _portal.Client("support1");
        using var opened = await support.PostAsJsonAsync("/api/v1/tickets", new { subject = "host ports dead", serial = _serial, category = "Unresponsive", severity = "High" }, Stop);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var number = (await opened.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("number").GetString();
        using var asked = await support.PostAsJsonAsync($"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "host ports dead" }, Stop);
        Assert.Equal(HttpStatusCode.Created, asked.StatusCode);
        return (await asked.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("operationId").GetString()!;
    }

    private async Task ConfirmAsync()
    {
        using var engineer = _portal.Client("engineer1");
        using var confirmed = await engineer.PostAsync($"/api/v1/operations/{_operation}/confirm", null, Stop);
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
    }

    private async Task AssertVerifiedWithOneRestartAsync()
    {
        var ended = await _portal.UntilAsync($"/api/v1/operations/{_operation}", o => o.GetProperty("state").GetString() == "Finished", Stop);
        Assert.Equal("Verified", ended.GetProperty("outcome").GetString());
        Assert.Equal(1, await _simulator.RestartsAsync(_serial, Stop));
        using var auditor = _portal.Client("auditor1");
        var chain = await auditor.GetFromJsonAsync<JsonElement>("/api/v1/audit/verification", Stop);
        Assert.Equal(JsonValueKind.Null, chain.GetProperty("firstBroken").ValueKind);
    }
}
