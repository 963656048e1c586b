using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Lifecycle;

/// <summary>
/// The portal is killed (kill -9) while W1 and W4 hang at different requests to the device; started again it ends as if nothing had happened. The finer version of
/// this, at every single call, is <see cref="CrashPointTests"/>; here the processes and the wire are real.
/// </summary>
public sealed class LifecycleCrashTests : IAsyncLifetime
{
    private const string Subscription = "7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c";
    private const string Resource = $"/subscriptions/{Subscription}/resourceGroups/rg/providers/Microsoft.HardwareSecurityModules/dedicatedHSMs/phsm-crash?api-version=2021-11-30";
    private const string Actions = "/redfish/v1/Systems/hsm/Actions/Oem/PaymentHsm.";
    private const string Before = "HangBeforeEffect";
    private const string After = "HangAfterEffect";

    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();
    private SimulatorProcess _simulator = null!;
    private PortalProcess _portal = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Eight devices: two in each stamp, none of them given to a sample customer.
        _simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 8, TimeSpan.FromSeconds(1), Stop);
        await StartAsync();
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
    public async Task W1AndW4_KilledWhileEachRequestHangs_EndAsWithoutTheKill()
    {
        foreach (var (path, method, kind) in new[]
        {
            ("/redfish/v1/Systems/hsm", "GET", Before), (Actions + "SetLicence", "POST", Before), (Actions + "SetLicence", "POST", After),
            (Actions + "HandOver", "POST", Before), (Actions + "HandOver", "POST", After), ("/redfish/v1/SessionService/Sessions", "POST", Before),
        })
        {
            await HangEveryDeviceAsync(path, method, kind);
            await CreateAsync();
            await KilledAtAsync("Allocation", path);
            await UntilResourceAsync("Succeeded");
            var serial = await TheAllocatedDeviceAsync();

            Assert.Equal("DeviceNotReleased", await DeleteAsync());
            await _simulator.PostAsync($"/devices/{serial}/release", null, Stop);
            await Poll.UntilAsync(DeleteAsync, code => code is null, Stop);
            await UntilPoolIsWholeAsync();
        }

        foreach (var (path, method, kind) in new[]
        {
            ("/redfish/v1/Systems/hsm", "GET", Before), ("/redfish/v1/AccountService/Accounts", "PATCH", Before), ("/redfish/v1/AccountService/Accounts", "PATCH", After),
            (Actions + "SetLicence", "POST", Before), (Actions + "SetLicence", "POST", After), ("/redfish/v1/UpdateService/Actions/", "POST", After),
        })
        {
            await CreateAsync();
            await UntilResourceAsync("Succeeded");
            var serial = await TheAllocatedDeviceAsync();
            await _simulator.PostAsync($"/devices/{serial}/firmware", new { version = "2.1a" }, Stop);
            await _simulator.PostAsync($"/devices/{serial}/release", null, Stop);
            await _portal.UntilAsync($"/api/v1/devices/{serial}", _ => true, Stop);
            await Poll.UntilAsync(async () => (await StateAsync(serial)).GetProperty("state").GetRawText(), s => s.Contains("Released", StringComparison.Ordinal), Stop);

            await _simulator.InjectAsync(serial, Hang(path, method, kind), Stop);
            var deleting = DeleteAsync();
            await KilledAtAsync("Deletion", path);
            await EndedAsync(deleting);
            await Poll.UntilAsync(DeleteAsync, code => code is null or "AnotherOperationInProgress", Stop);
            await UntilPoolIsWholeAsync();
        }

        using var auditor = _portal.Client("auditor1");
        Assert.Equal(JsonValueKind.Null, (await auditor.GetFromJsonAsync<JsonElement>("/api/v1/audit/verification", Stop)).GetProperty("firstBroken").ValueKind);
        foreach (var device in (await _simulator.DevicesAsync(Stop)).EnumerateArray())
        {
            var connections = await _simulator.ConnectionsAsync(device.GetProperty("serial").GetString()!, Stop);
            Assert.Equal((0, 0), (connections.GetProperty("host").GetInt32(), connections.GetProperty("management").GetInt32()));
        }
    }

    private static object Hang(string path, string method, string kind) => new { match = new { method, pathPrefix = path }, kind, count = 1000, delayMs = 0 };

    private async Task StartAsync()
    {
        _portal = await PortalProcess.StartAsync(
            _portalData.Path,
            new Dictionary<string, string> { ["Simulator:Enabled"] = "false", ["Fleet:Source"] = _simulator.Control.ToString(), ["Polling:Interval"] = "00:00:02" },
            Stop);
        await _portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() > 0, Stop);
    }

    private async Task HangEveryDeviceAsync(string path, string method, string kind)
    {
        foreach (var device in (await _simulator.DevicesAsync(Stop)).EnumerateArray())
        {
            await _simulator.InjectAsync(device.GetProperty("serial").GetString()!, Hang(path, method, kind), Stop);
        }
    }

    /// <summary>Waits until the operation has begun, gives the request time to hang by reading until a fault was hit or the work has gone past it, then kills and starts again.</summary>
    private async Task KilledAtAsync(string kind, string path)
    {
        await Poll.UntilAsync(
            async () => (await HitsAsync(path), await NewestAsync(kind)),
            seen => seen.Item1 > 0 || seen.Item2 is { } work && work.GetProperty("state").GetString() == "Finished", Stop);
        await _portal.KillAsync();
        await _portal.DisposeAsync();
        foreach (var device in (await _simulator.DevicesAsync(Stop)).EnumerateArray())
        {
            await _simulator.ClearFaultsAsync(device.GetProperty("serial").GetString()!, Stop);
        }

        await StartAsync();
    }

    /// <summary>The request ended, with an answer or with the process that it was sent to.</summary>
    private static async Task EndedAsync(Task request)
    {
        try
        {
            await request;
        }
        catch (HttpRequestException)
        {
            // It died with the portal.
        }
    }

    /// <summary>How often an injected fault was met so far.</summary>
    private async Task<int> HitsAsync(string path)
    {
        var hits = 0;
        foreach (var device in (await _simulator.DevicesAsync(Stop)).EnumerateArray())
        {
            foreach (var fault in (await _simulator.FaultsAsync(device.GetProperty("serial").GetString()!, Stop)).EnumerateArray())
            {
                hits += fault.GetProperty("match").GetProperty("pathPrefix").GetString() == path ? 1000 - fault.GetProperty("count").GetInt32() : 0;
            }
        }

        return hits;
    }

    private async Task<JsonElement?> NewestAsync(string kind)
    {
        using var auditor = _portal.Client("auditor1");
        var page = await auditor.GetFromJsonAsync<JsonElement>($"/api/v1/operations?kind={kind}&take=1", Stop);
        return page.GetProperty("operations").EnumerateArray().Select(o => (JsonElement?)o).FirstOrDefault();
    }

    private async Task<JsonElement> StateAsync(string serial) =>
        (await _simulator.DevicesAsync(Stop)).EnumerateArray().First(d => d.GetProperty("serial").GetString() == serial);

    private async Task CreateAsync()
    {
        using var automation = _portal.Client("automation1");
        using var answer = await automation.PutAsJsonAsync(
            Resource,
            new
            {
                location = "eastus",
                sku = new { name = "payShield10K_LMK2_CPS250" },
                properties = new { stampId = "stamp1", networkProfile = new { subnet = new { id = $"/subscriptions/{Subscription}/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/s" } } },
            },
            Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private async Task UntilResourceAsync(string state)
    {
        using var automation = _portal.Client("automation1");
        await Poll.UntilAsync(
            async () => (await automation.GetFromJsonAsync<JsonElement>(Resource, Stop)).GetProperty("properties").GetProperty("provisioningState").GetString(), s => s == state, Stop);
    }

    /// <summary>The error code of a delete; null when it was accepted or there is nothing left.</summary>
    private async Task<string?> DeleteAsync()
    {
        using var automation = _portal.Client("automation1");
        using var answer = await automation.DeleteAsync(Resource, Stop);
        return answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.NoContent
            ? null
            : (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("error").GetProperty("code").GetString();
    }

    private async Task<string> TheAllocatedDeviceAsync()
    {
        using var auditor = _portal.Client("auditor1");
        var page = await auditor.GetFromJsonAsync<JsonElement>("/api/v1/devices?lifecycle=Allocated", Stop);
        return Assert.Single(page.GetProperty("devices").EnumerateArray()).GetProperty("serial").GetString()!;
    }

    /// <summary>The resource is gone and every device is back: none lost, none given twice.</summary>
    private async Task UntilPoolIsWholeAsync()
    {
        using var automation = _portal.Client("automation1");
        await Poll.UntilAsync(
            async () =>
            {
                using var answer = await automation.GetAsync(Resource, Stop);
                return answer.StatusCode;
            },
            status => status == HttpStatusCode.NotFound, Stop);
        await _portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() == 8, Stop);
    }
}
