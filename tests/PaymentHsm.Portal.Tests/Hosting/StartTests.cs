using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Hosting;

/// <summary>Starts that go well, and starts that must be refused, with the real program.</summary>
public sealed class StartTests : IDisposable
{
    private readonly ScratchDirectory _data = new();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    private Dictionary<string, string> Settings(params (string Key, string Value)[] more)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["PaymentHsm__DataDirectory"] = _data.Path,
            ["PaymentHsm__Identity__Provider"] = "Development",
            ["PaymentHsm__Simulator__Enabled"] = "true",
            ["PaymentHsm__Simulator__ControlUrl"] = "http://127.0.0.1:0",
        };
        foreach (var (key, value) in more)
        {
            environment[key] = value;
        }

        return environment;
    }

    [Fact]
    public async Task WrongSettings_AllListedWithTheirKeys_NothingStarted()
    {
        var (code, output) = await ProductProcess.RunAsync(
            [], Settings(("PaymentHsm__Polling__Interval", "often"), ("PaymentHsm__Storge__Provider", "Sqlite")), _data.Path, Stop);
        Assert.Equal(2, code);
        Assert.Contains("PaymentHsm:Polling:Interval", output, StringComparison.Ordinal);
        Assert.Contains("PaymentHsm:Storge", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_data.Path, "portal.db")));
    }

    [Fact]
    public async Task Production_RefusesTheSimulatorAndPersonas()
    {
        var (code, output) = await ProductProcess.RunAsync([], Settings(("ASPNETCORE_ENVIRONMENT", "Production")), _data.Path, Stop);
        Assert.Equal(2, code);
        Assert.Contains("never runs in Production", output, StringComparison.Ordinal);
        Assert.Contains("Development environment only", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SimulateVerb_InProduction_IsRefused()
    {
        var (code, output) = await ProductProcess.RunAsync(
            ["simulate", "--devices", "1", "--control", "http://127.0.0.1:0", "--data", _data.Path], Settings(("ASPNETCORE_ENVIRONMENT", "Production")), _data.Path, Stop);
        Assert.Equal(2, code);
        Assert.Contains("Production", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortInUse_IsSaidPlainly()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, output) = await ProductProcess.RunAsync([], Settings(("ASPNETCORE_URLS", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}")), _data.Path, Stop);
        Assert.Equal(3, code);
        Assert.Contains("A port is in use", output, StringComparison.Ordinal);
    }

    /// <summary>One process with its simulator inside, as a newcomer runs it; then a second start from what was stored.</summary>
    [Fact]
    public async Task FirstRun_SeedsByRealAllocations_SecondRunStartsFromWhatWasStored()
    {
        var first = await RunAsync();
        Assert.Equal(8, first.Count);
        Assert.Equal(first, await RunAsync());
    }

    /// <summary>Killed (simulator and all) while devices are being handed over: the next start ends what was begun and asks for the rest.</summary>
    [Fact]
    public async Task FirstRun_KilledHalfWay_TheNextCompletesIt()
    {
        await using (var portal = await PortalProcess.StartAsync(_data.Path, new Dictionary<string, string> { ["Simulator:Enabled"] = "true" }, Stop))
        {
            await portal.UntilAsync("/api/v1/operations?kind=Allocation", o => o.GetProperty("total").GetInt32() > 0, Stop);
            await portal.KillAsync();
        }

        Assert.Equal(8, (await RunAsync()).Count);
    }

    private async Task<List<string>> RunAsync()
    {
        await using var portal = await PortalProcess.StartAsync(_data.Path, new Dictionary<string, string> { ["Simulator:Enabled"] = "true" }, Stop);
        await portal.UntilAsync("/api/v1/devices", d => d.GetProperty("total").GetInt32() == 24, Stop);
        await portal.UntilAsync("/api/v1/operations?kind=Allocation", o => o.GetProperty("total").GetInt32() >= 8 && o.GetProperty("operations").EnumerateArray().All(a => a.GetProperty("state").GetString() == "Finished"), Stop);
        var allocated = await portal.UntilAsync("/api/v1/devices?lifecycle=Allocated&health=Ok", d => d.GetProperty("total").GetInt32() >= 8, Stop);
        using var auditor = portal.Client("auditor1");
        var free = await auditor.GetFromJsonAsync<JsonElement>("/api/v1/devices?lifecycle=Available&region=eastus", Stop);
        Assert.All(free.GetProperty("devices").EnumerateArray().GroupBy(d => d.GetProperty("stamp").GetString()), stamp => Assert.True(stamp.Count() >= 3));
        var operations = await auditor.GetFromJsonAsync<JsonElement>("/api/v1/operations?kind=Allocation", Stop);
        Assert.Equal(8, operations.GetProperty("total").GetInt32());
        Assert.All(operations.GetProperty("operations").EnumerateArray(), o => Assert.Contains("administrator login refused", o.GetRawText(), StringComparison.Ordinal));
        return [.. allocated.GetProperty("devices").EnumerateArray().Select(d => $"{d.GetProperty("serial")} {d.GetProperty("customer")}")];
    }
}
