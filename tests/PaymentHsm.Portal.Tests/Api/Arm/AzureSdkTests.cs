using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PaymentHsm.Portal.Tests.Api.Arm;

/// <summary>The unmodified Azure SDK over TLS against the real program, and many creations at one instant.</summary>
public sealed class AzureSdkTests(ArmPortal arm) : IClassFixture<ArmPortal>
{
    private const string MissingNode = "The Azure SDK tests need Node.js 18 or newer with npm (Debian: apt-get install nodejs npm). They did not run.";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sdk_CreatesPollsShowsListsTagsChangesAndDeletes_AndShowsEveryError()
    {
        using var scripts = await NodeScripts.InstallAsync(Stop);
        if (scripts is null)
        {
            Assert.Null(Environment.GetEnvironmentVariable("CI"));
            TestContext.Current.AddWarning(MissingNode);
            return;
        }

        var environment = new Dictionary<string, string>
        {
            ["NODE_EXTRA_CA_CERTS"] = arm.CaFile,
            ["PORTAL"] = arm.Portal.SecureAddress.ToString().TrimEnd('/'),
            ["CONTROL"] = arm.Simulator.Control.ToString(),
            ["SUBSCRIPTION"] = ArmPortal.Subscription,
            ["SUBSCRIPTION2"] = ArmPortal.Subscription2,
        };
        Assert.Contains("is empty again", await scripts.RunAsync("lifecycle.mjs", environment, Stop), StringComparison.Ordinal);

        // The deleted ones' devices must be back in the pool for what follows.
        await arm.Portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok&region=westeurope", d => d.GetProperty("total").GetInt32() == 4, Stop);
        Assert.Contains("a failed one can be deleted at once", await scripts.RunAsync("errors.mjs", environment, Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R19_TwentyCreationsForFourDevices_FourSucceedOnFourDevices_TheOthersSayWhy()
    {
        using var client = arm.Portal.Client("automation1");
        var paths = Enumerable.Range(0, 20).Select(i => $"/subscriptions/{(i % 2 == 0 ? ArmPortal.Subscription2 : ArmPortal.Subscription3)}/resourceGroups/rush/providers/Microsoft.HardwareSecurityModules/dedicatedHSMs/rush-{i:00}?api-version=2021-11-30").ToList();
        var body = new
        {
            location = "eastus",
            sku = new { name = "payShield10K_LMK1_CPS60" },
            properties = new { networkProfile = new { subnet = new { id = "/subscriptions/0d7f9a52-5b1e-4c7a-9e0b-6f1d2c3b4a59/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s" } } },
        };
        await Task.WhenAll(paths.Select(async path =>
        {
            using var answer = await client.PutAsJsonAsync(path, body, Stop);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }));

        List<JsonElement> ended = [];
        foreach (var path in paths)
        {
            ended.Add(await arm.Portal.UntilAsync(path, r => r.GetProperty("properties").GetProperty("provisioningState").GetString() is "Succeeded" or "Failed", Stop));
        }

        var failed = ended.Where(r => r.TryGetProperty("error", out _)).Select(r => r.GetProperty("error").GetProperty("code").GetString()!).ToList();
        Assert.Equal(16, failed.Count);
        Assert.All(failed, code => Assert.True(code is "QuotaExceeded" or "NoCapacity", code));

        // The devices themselves: four of them, each in another allocation.
        var devices = (await arm.Simulator.DevicesAsync(Stop)).EnumerateArray().Where(d => d.GetProperty("region").GetString() == "eastus").ToList();
        var allocations = devices.Select(d => d.GetProperty("allocation").GetString()).ToList();
        Assert.Equal(4, allocations.OfType<string>().Distinct().Count());
    }
}
