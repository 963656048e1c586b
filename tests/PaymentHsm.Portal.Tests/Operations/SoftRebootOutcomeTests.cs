using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Operations;

/// <summary>The outcomes other than Verified, each caused at the device over real sockets (R62), with short clocks.</summary>
public sealed class SoftRebootOutcomeTests : IClassFixture<SoftRebootOutcomeTests.ImpatientPortal>
{
    private readonly ImpatientPortal _running;

    public SoftRebootOutcomeTests(ImpatientPortal running) => _running = running;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task PortClosed_IsNotDelivered_AndNothingRestarted()
    {
        var serial = _running.Serials[0];
        var operation = await RequestAsync(serial);
        await _running.Simulator.InjectAsync(serial, new { match = new { method = "*", pathPrefix = "/" }, kind = "Refuse", count = 10_000, delayMs = 0 }, Stop);
        await ConfirmAsync(operation);
        var ended = await EndAsync(operation);
        await _running.Simulator.ClearFaultsAsync(serial, Stop);
        Assert.Equal("NotDelivered", ended.GetProperty("outcome").GetString());
        Assert.Equal(0, await _running.Simulator.RestartsAsync(serial, Stop));
    }

    [Fact]
    public async Task HardLock_IsNotObserved_AcceptedIsNoProof()
    {
        var serial = _running.Serials[1];
        var operation = await RequestAsync(serial);
        await _running.Simulator.PostAsync($"/devices/{serial}/hard-lock", null, Stop);
        await ConfirmAsync(operation);
        var ended = await EndAsync(operation);
        Assert.Equal("NotObserved", ended.GetProperty("outcome").GetString());
        Assert.Contains("Accepted", ended.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyPowerCyclesInstead_IsContradictory()
    {
        var serial = _running.Serials[2];
        var operation = await RequestAsync(serial);
        await _running.Simulator.InjectAsync(serial, new { match = new { method = "POST", pathPrefix = "/redfish/v1/Systems/hsm/Actions/" }, kind = "CloseBeforeEffect", count = 1, delayMs = 0 }, Stop);
        await ConfirmAsync(operation);
        await _running.Portal.UntilAsync($"/api/v1/operations/{operation}", o => o.GetRawText().Contains("\"name\":\"answer\"", StringComparison.Ordinal), Stop);
        await _running.Simulator.PostAsync($"/devices/{serial}/power-cycle", null, Stop);
        var ended = await EndAsync(operation);
        Assert.Equal("Contradictory", ended.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task RequestVanishes_TheDevicesLogProvesThatItNeverArrived()
    {
        var serial = _running.Serials[3];
        var operation = await RequestAsync(serial);
        await _running.Simulator.InjectAsync(serial, new { match = new { method = "POST", pathPrefix = "/redfish/v1/Systems/hsm/Actions/" }, kind = "CloseBeforeEffect", count = 1, delayMs = 0 }, Stop);
        await ConfirmAsync(operation);
        var ended = await EndAsync(operation);
        Assert.Equal("NotDelivered", ended.GetProperty("outcome").GetString());
        Assert.Equal(0, await _running.Simulator.RestartsAsync(serial, Stop));
    }

    [Fact]
    public async Task W2_NobodyConfirms_LapsesAndALateConfirmIsRefused()
    {
        var operation = await RequestAsync(_running.Serials[4]);
        var lapsed = await EndAsync(operation);
        Assert.Equal("Cancelled", lapsed.GetProperty("outcome").GetString());
        using var engineer = _running.Portal.Client("engineer1");
        using var late = await engineer.PostAsync($"/api/v1/operations/{operation}/confirm", null, Stop);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal("W2", (await late.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("ruleId").GetString());
    }

    private async Task<string> RequestAsync(string serial)
    {
        using var support = _running.Portal.Client("support1");
        using var opened = await support.PostAsJsonAsync("/api/v1/tickets", new { subject = "dead", serial, severity = "High" }, Stop);
        var number = (await opened.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("number").GetString();
        using var asked = await support.PostAsJsonAsync($"/api/v1/tickets/{number}/operations", new { kind = "SoftReboot", reason = "dead" }, Stop);
        return (await asked.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("operationId").GetString()!;
    }

    private async Task ConfirmAsync(string operation)
    {
        using var engineer = _running.Portal.Client("engineer1");
        using var confirmed = await engineer.PostAsync($"/api/v1/operations/{operation}/confirm", null, Stop);
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
    }

    private Task<JsonElement> EndAsync(string operation) =>
        _running.Portal.UntilAsync($"/api/v1/operations/{operation}", o => o.GetProperty("state").GetString() == "Finished", Stop);

    /// <summary>A portal that waits seconds where the product waits minutes.</summary>
    public sealed class ImpatientPortal : IAsyncLifetime
    {
        private readonly ScratchDirectory _portalData = new();
        private readonly ScratchDirectory _simulatorData = new();

        internal PortalProcess Portal { get; private set; } = null!;

        internal SimulatorProcess Simulator { get; private set; } = null!;

        internal IReadOnlyList<string> Serials { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            Simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 6, TimeSpan.FromSeconds(1), CancellationToken.None);
            var settings = new Dictionary<string, string>
            {
                ["Simulator:Enabled"] = "false",
                ["Fleet:Source"] = Simulator.Control.ToString(),
                ["Fleet:Seed"] = "false",
                ["Approvals:SoftReboot:ConfirmWithin"] = "00:00:15",
                ["Operations:SoftReboot:SendAgainAfter"] = "00:00:00.2",
                ["Operations:SoftReboot:ObserveEvery"] = "00:00:00.5",
                ["Operations:SoftReboot:ObserveFor"] = "00:00:10",
            };
            Portal = await PortalProcess.StartAsync(_portalData.Path, settings, CancellationToken.None);
            var devices = await Portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() == 6, CancellationToken.None);
            Serials = [.. devices.GetProperty("devices").EnumerateArray().Select(d => d.GetProperty("serial").GetString()!)];
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
    }
}
