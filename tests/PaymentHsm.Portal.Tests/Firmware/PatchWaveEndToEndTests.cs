using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Firmware;

/// <summary>A wave over the free devices of one stamp with the real program and simulated devices: plan, second engineer, canary, kill -9, a failing member, abort.</summary>
public sealed class PatchWaveEndToEndTests : IAsyncLifetime
{
    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();
    private SimulatorProcess _simulator = null!;
    private PortalProcess _portal = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 12, TimeSpan.FromSeconds(2), Stop);
        await StartPortalAsync();
        await _portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok&region=eastus&stamp=stamp1", d => d.GetProperty("total").GetInt32() == 3, Stop);
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
    public async Task W7_CanaryGoesWell_KilledMeanwhile_SecondFails_WaveStopsAndTheRestIsUntouched()
    {
        Assert.Equal("R37", await RuleAsync("engineer1", "/api/v1/firmware/waves", new { target = "9.9z", reason = "why" }, HttpStatusCode.UnprocessableEntity));
        Assert.Equal("R2", await RuleAsync("support1", "/api/v1/firmware/waves", new { target = "2.1a", reason = "why" }, HttpStatusCode.Forbidden));

        var (status, wave) = await SendAsync("engineer1", "/api/v1/firmware/waves", new { target = "2.1a", region = "eastus", stamp = "stamp1", reason = "down to 2.1a", soak = "00:00:01" });
        Assert.Equal(HttpStatusCode.Created, status);
        var (id, digest) = (wave.GetProperty("id").GetString(), wave.GetProperty("digest").GetString());
        var members = wave.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("serial").GetString()!).ToList();
        Assert.Equal(3, members.Count);

        Assert.Equal("R44", await RuleAsync("engineer1", "/api/v1/firmware/waves", new { target = "2.1a", reason = "another" }, HttpStatusCode.Conflict));
        Assert.Equal("R10", await RuleAsync("engineer1", $"/api/v1/firmware/waves/{id}/approve", new { digest }, HttpStatusCode.Forbidden));
        Assert.Equal("R76", await RuleAsync("engineer2", $"/api/v1/firmware/waves/{id}/approve", new { digest = "00" }, HttpStatusCode.UnprocessableEntity));
        await _simulator.InjectAsync(members[1], new { kind = "TaskException", method = "POST", path = "/redfish/v1/UpdateService" }, Stop);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("engineer2", $"/api/v1/firmware/waves/{id}/approve", new { digest })).Status);

        await UntilMemberAsync(id, 0, "Patching");
        await _portal.UntilAsync("/api/v1/operations?kind=FirmwareUpdate", o => o.GetProperty("total").GetInt32() == 1 && o.GetProperty("operations")[0].GetProperty("steps")[1].GetProperty("state").GetString() is "Running" or "Done", Stop);
        await _portal.KillAsync();
        await _portal.DisposeAsync();
        await StartPortalAsync();

        var ended = await _portal.UntilAsync($"/api/v1/firmware/waves/{id}", w => w.GetProperty("endedAt").ValueKind == JsonValueKind.String, Stop);

        Assert.Equal(("Aborted", "1 of 3 failed; the wave stops at 20 %."), (ended.GetProperty("state").GetString(), ended.GetProperty("ending").GetString()));
        Assert.Equal(["Patched", "Failed", "NotReached"], ended.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("state").GetString()));
        await AssertDeviceAsync(members[0], "Available", "2.1a", restarts: 1);
        await AssertDeviceAsync(members[1], "Quarantined", "2.2b", restarts: 0);
        await AssertDeviceAsync(members[2], "Available", "2.2b", restarts: 0);
        Assert.Equal("I9", await RuleAsync("engineer1", $"/api/v1/firmware/waves/{id}/abort", new { reason = "late" }, HttpStatusCode.Conflict));

        await VerifyTheLogOfflineAsync();
    }

    /// <summary>The log of all this, exported and verified by the program itself, away from the portal.</summary>
    private async Task VerifyTheLogOfflineAsync()
    {
        using var auditor = _portal.Client("auditor1");
        using var elsewhere = new ScratchDirectory();
        var key = Path.Combine(elsewhere.Path, "key.pem");
        File.Copy(Path.Combine(_portalData.Path, "evidence-key.pub.pem"), key);
        foreach (var format in new[] { "csv", "jsonl" })
        {
            var file = Path.Combine(elsewhere.Path, "audit." + format);
            await File.WriteAllBytesAsync(file, await auditor.GetByteArrayAsync($"/api/v1/audit/export?format={format}", Stop), Stop);
            var good = await VerifyAsync(elsewhere, file, key);
            Assert.True(good.ExitCode == 0 && good.Output.Contains("INTACT", StringComparison.Ordinal) && good.Output.Contains("whole log", StringComparison.Ordinal), good.Output);

            var text = await File.ReadAllTextAsync(file, Stop);
            await File.WriteAllTextAsync(file, text.Replace("engineer2", "engineer3", StringComparison.Ordinal), Stop);
            var bad = await VerifyAsync(elsewhere, file, key);
            Assert.True(bad.ExitCode == 1 && bad.Output.Contains("was changed", StringComparison.Ordinal), bad.Output);
        }
    }

    private static Task<(int ExitCode, string Output)> VerifyAsync(ScratchDirectory where, string file, string key) =>
        ProductProcess.RunAsync(["audit", "verify", file, "--key", key], new Dictionary<string, string>(), where.Path, Stop);

    private async Task AssertDeviceAsync(string serial, string lifecycle, string firmware, int restarts)
    {
        var device = await _portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("firmware").GetString() == firmware, Stop);
        Assert.Equal(lifecycle, device.GetProperty("tile").GetProperty("lifecycle").GetString());
        var simulated = (await _simulator.DevicesAsync(Stop)).EnumerateArray().Single(d => d.GetProperty("serial").GetString() == serial);
        Assert.Contains($"\"{firmware}\"", simulated.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(restarts, await _simulator.RestartsAsync(serial, Stop));
    }

    private Task<JsonElement> UntilMemberAsync(string? wave, int member, string state) =>
        _portal.UntilAsync($"/api/v1/firmware/waves/{wave}", w => w.GetProperty("members")[member].GetProperty("state").GetString() == state, Stop);

    private async Task StartPortalAsync() => _portal = await PortalProcess.StartAsync(
        _portalData.Path,
        new Dictionary<string, string>
        {
            ["Simulator:Enabled"] = "false",
            ["Fleet:Source"] = _simulator.Control.ToString(),
            ["Fleet:Seed"] = "false",
            ["Polling:Interval"] = "00:00:02",
            ["Firmware:LookEvery"] = "00:00:00.5",
        },
        Stop);

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(string persona, string path, object body)
    {
        using var client = _portal.Client(persona);
        using var answer = await client.PostAsJsonAsync(path, body, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    private async Task<string?> RuleAsync(string persona, string path, object body, HttpStatusCode expected)
    {
        var (status, answer) = await SendAsync(persona, path, body);
        Assert.Equal(expected, status);
        return answer.GetProperty("ruleId").GetString();
    }
}
