using System.Net.Http.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Approvals;

/// <summary>The portal is killed (kill -9) while a force delete is at different points; started again it ends it, and the device erases exactly once.</summary>
public sealed class ForceDeleteCrashTests : IAsyncLifetime
{
    private const string Oem = "/redfish/v1/Systems/hsm/Oem";
    private const string Actions = "/redfish/v1/Systems/hsm/Actions/Oem/PaymentHsm.Reclaim";

    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();
    private SimulatorProcess _simulator = null!;
    private PortalProcess _portal = null!;
    private string _serial = "";

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private QuorumClient People => new(_portal, _simulator, Stop);

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 2, TimeSpan.FromSeconds(1), Stop);
        await StartPortalAsync();
        _serial = await AllocateAsync();
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

    /// <summary>Method, path, fault and what the stored operation shows when the portal is killed.</summary>
    public static TheoryData<string, string, string, string> Points() => new()
    {
        { "GET", Oem, "HangBeforeEffect", "\"name\":\"Reclaim\",\"state\":\"Running\"" },
        { "POST", Actions, "HangBeforeEffect", "send 1" },
        { "POST", Actions, "HangAfterEffect", "send 1" },
        { "POST", Actions, "CloseAfterEffect", "\"name\":\"look-up\"" },
        { "GET", "/redfish/v1/Systems/hsm/LogServices/ServiceAudit/Entries", "HangBeforeEffect", "\"name\":\"ReadBack\",\"state\":\"Running\"" },
        { "PATCH", "/redfish/v1/AccountService/Accounts", "HangAfterEffect", "\"name\":\"Verify\",\"state\":\"Running\"" },
        { "POST", "/redfish/v1/UpdateService/Actions/", "HangAfterEffect", "\"name\":\"Rebaseline\",\"state\":\"Running\"" },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Killed_AnywhereInTheReclaim_ErasesOnceAndProvesIt(string method, string prefix, string kind, string shows)
    {
        // An older release than the base image's, so that the device has a way to go back to the pool.
        await _simulator.PostAsync($"/devices/{_serial}/firmware", new { version = "2.1a" }, Stop);
        var of = await People.AskAsync(_serial);
        await People.ArmAsync(of);
        await _simulator.InjectAsync(_serial, new { match = new { method, pathPrefix = prefix }, kind, count = kind.StartsWith("Close", StringComparison.Ordinal) ? 1 : 100, delayMs = 0 }, Stop);
        var pressed = People.ExecuteAsync(of);
        await _portal.UntilAsync($"/api/v1/operations/{of.Operation}", o => o.GetRawText().Contains(shows, StringComparison.Ordinal), Stop);
        if (kind == "HangAfterEffect")
        {
            await Poll.UntilAsync(() => HitsAsync(prefix), n => n > 0, Stop);
        }

        await KillAndStartAsync();
        await pressed.ContinueWith(t => _ = t.Exception, Stop, TaskContinuationOptions.None, TaskScheduler.Default);
        var ended = await People.EndAsync(of);

        Assert.Equal("ErasedAndProven", ended.GetProperty("outcome").GetString());
        Assert.Equal((1, 1), (await People.CountAsync(_serial, "ReclaimAccepted"), await People.CountAsync(_serial, "CustomerContentErased")));
        Assert.Equal("Consumed", (await People.ApprovalAsync(of)).GetProperty("state").GetString());
        await _portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() == 2, Stop);
        await People.AssertChainAsync();
    }

    [Fact]
    public async Task Killed_WhileArmed_TheFlagStillWaitsAndWorksOnce_AndItsClockEndsIt()
    {
        var of = await People.AskAsync(_serial);
        await People.SignAsync("engineer1", of);
        await KillAndStartAsync();
        await People.SignAsync("engineer2", of);
        await KillAndStartAsync(("Approvals:ForceDelete:ApproveWithin", "01:00:00"));
        Assert.Equal("Armed", (await People.ApprovalAsync(of)).GetProperty("state").GetString());
        Assert.Equal(200, (await People.ExecuteAsync(of)).Status);
        Assert.Equal("ErasedAndProven", (await People.EndAsync(of)).GetProperty("outcome").GetString());

        // The device is free again: the next customer's flag expires unused.
        var serial = await AllocateAsync();
        await KillAndStartAsync(("Approvals:ForceDelete:ExecuteWithin", "00:00:04"));
        var next = await People.AskAsync(serial);
        await People.ArmAsync(next);
        Assert.Equal("Cancelled", (await People.EndAsync(next)).GetProperty("outcome").GetString());
        Assert.Equal("Expired", (await People.ApprovalAsync(next)).GetProperty("state").GetString());
        Assert.Equal(409, (await People.ExecuteAsync(next)).Status);
        Assert.Contains("DeviceNotReleased", (await People.DeleteAsync(next)).Answer, StringComparison.Ordinal);
        await People.AssertChainAsync();
    }

    /// <summary>How often the injected fault was met.</summary>
    private async Task<int> HitsAsync(string prefix) => (await _simulator.FaultsAsync(_serial, Stop)).EnumerateArray()
        .Where(fault => fault.GetProperty("match").GetProperty("pathPrefix").GetString() == prefix).Sum(fault => 100 - fault.GetProperty("count").GetInt32());

    private async Task StartPortalAsync((string Key, string Value)? setting = null)
    {
        var settings = new Dictionary<string, string>(QuorumPortal.Clocks) { ["Fleet:Source"] = _simulator.Control.ToString() };
        if (setting is { } set)
        {
            settings[set.Key] = set.Value;
        }

        _portal = await PortalProcess.StartAsync(_portalData.Path, settings, Stop);
    }

    private async Task KillAndStartAsync((string Key, string Value)? setting = null)
    {
        await _portal.KillAsync();
        await _portal.DisposeAsync();
        await _simulator.ClearFaultsAsync(_serial, Stop);
        await StartPortalAsync(setting);
    }

    /// <summary>A resource of the approved subscription; returns the device that it got.</summary>
    private async Task<string> AllocateAsync()
    {
        await _portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() == 2, Stop);
        using var automation = _portal.Client("automation1");
        const string Subscription = "/subscriptions/7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c/resourceGroups/rg/providers";
        var path = $"{Subscription}/Microsoft.HardwareSecurityModules/dedicatedHSMs/hsm?api-version=2021-11-30";
        var body = new
        {
            location = (await _simulator.DevicesAsync(Stop))[0].GetProperty("region").GetString(),
            sku = new { name = "payShield10K_LMK1_CPS60" },
            properties = new { networkProfile = new { subnet = new { id = $"{Subscription}/Microsoft.Network/virtualNetworks/v/subnets/s" } } },
        };
        await Poll.UntilAsync(
            async () =>
            {
                using var put = await automation.PutAsJsonAsync(path, body, Stop);
                return $"{(int)put.StatusCode} {await put.Content.ReadAsStringAsync(Stop)}";
            },
            answer => answer.Contains("\"Succeeded\"", StringComparison.Ordinal), Stop);
        var devices = await _portal.UntilAsync("/api/v1/devices?lifecycle=Allocated", d => d.GetProperty("total").GetInt32() == 1, Stop);
        return devices.GetProperty("devices")[0].GetProperty("serial").GetString()!;
    }
}
