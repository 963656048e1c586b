using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Hosting;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Lifecycle;

/// <summary>
/// I4, R26: whatever is asked of the API, the pages and the grains, by whomever, nothing of ours ever connects to a host, TLS host or management port of a device
/// that a customer has. The simulator counts.
/// </summary>
public sealed class CustodyFuzzTests : IAsyncLifetime
{
    private const int Seed = 20261124;

    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();
    private SimulatorProcess _simulator = null!;
    private WebApplication _portal = null!;
    private Uri _address = null!;
    private List<string> _allocated = [];

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 16, TimeSpan.FromSeconds(1), Stop);
        _portal = PortalHost.Build(
        [
            "--applicationName", "PaymentHsm.Portal", "--environment", "Development", "--urls", "http://127.0.0.1:0", $"--PaymentHsm:DataDirectory={_portalData.Path}", "--PaymentHsm:Simulator:Enabled=false",
            $"--PaymentHsm:Fleet:Source={_simulator.Control}", "--PaymentHsm:Identity:Provider=Development", "--PaymentHsm:Polling:Interval=00:00:05",
        ]);
        await _portal.Services.MigrateAsync();
        await _portal.StartAsync(Stop);
        _address = new Uri(_portal.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        using var auditor = Client("auditor1");
        var devices = await Poll.UntilAsync(
            async () => JsonDocument.Parse(await auditor.GetStringAsync("/api/v1/devices?lifecycle=Allocated&health=Ok", Stop)).RootElement, d => d.GetProperty("total").GetInt32() == 4, Stop);
        _allocated = [.. devices.GetProperty("devices").EnumerateArray().Select(d => d.GetProperty("serial").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        if (_portal is not null)
        {
            await _portal.StopAsync(CancellationToken.None);
            await _portal.DisposeAsync();
        }

        await _simulator.DisposeAsync();
        _portalData.Dispose();
        _simulatorData.Dispose();
    }

    [Fact]
    public async Task EveryRoutePageAndGrainMethod_OnCustomersDevices_NeverConnectsToTheirPorts()
    {
        var chance = new Random(Seed);
        var asked = await FuzzApiAsync(chance) + await FuzzPagesAsync() + await FuzzGrainsAsync(chance);
        Assert.True(asked > 500, $"Only {asked} requests were made.");
        foreach (var serial in _allocated)
        {
            Assert.Equal((serial, 0, 0, 0), await CountsAsync(serial));
        }

        // The counters count: one connection of ours moves them.
        await KnockAsync(_allocated[0]);
        await Poll.UntilAsync(() => CountsAsync(_allocated[0]), c => c.Host == 1, Stop);
    }

    /// <summary>Every operation of the API's own description, as every persona, with bodies that are made at random around the words that it knows.</summary>
    private async Task<int> FuzzApiAsync(Random chance)
    {
        using var anybody = Client("auditor1");
        var description = JsonDocument.Parse(await anybody.GetStringAsync("/openapi/v1.json", Stop)).RootElement;
        var asked = 0;
        foreach (var persona in Personas.All)
        {
            using var client = Client(persona.Id);
            foreach (var path in description.GetProperty("paths").EnumerateObject())
            {
                foreach (var operation in path.Value.EnumerateObject().Where(o => o.Name is "get" or "post" or "put" or "patch" or "delete"))
                {
                    var route = Fill(path.Name, chance);
                    using var request = new HttpRequestMessage(new HttpMethod(operation.Name.ToUpperInvariant()), route);
                    if (operation.Name != "get")
                    {
                        request.Content = new StringContent(Body(chance), Encoding.UTF8, "application/json");
                    }

                    using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
                    Assert.NotEqual(System.Net.HttpStatusCode.InternalServerError, answer.StatusCode);
                    asked++;
                }
            }
        }

        return asked;
    }

    /// <summary>Every page, rendered on the server for every persona.</summary>
    private async Task<int> FuzzPagesAsync()
    {
        var routes = typeof(PortalHost).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<Microsoft.AspNetCore.Components.RouteAttribute>()).Select(r => r.Template).Where(t => t != "/signin").ToList();
        var chance = new Random(Seed);
        var asked = 0;
        foreach (var persona in Personas.All)
        {
            using var handler = new HttpClientHandler { CookieContainer = new System.Net.CookieContainer() };
            using var client = new HttpClient(handler) { BaseAddress = _address };
            using (await client.GetAsync($"/dev/signin?as={persona.Id}&returnUrl=/help", Stop))
            {
                foreach (var route in routes)
                {
                    using var answer = await client.GetAsync(Fill(route, chance), Stop);
                    asked++;
                }
            }
        }

        return asked;
    }

    /// <summary>Every method of a device's grain, with arguments of the right type.</summary>
    private async Task<int> FuzzGrainsAsync(Random chance)
    {
        var grains = _portal.Services.GetRequiredService<IGrainFactory>();
        var asked = 0;
        foreach (var serial in _allocated)
        {
            var grain = grains.GetGrain<IHsmGrain>(serial);
            foreach (var method in typeof(IHsmGrain).GetMethods())
            {
                var arguments = method.GetParameters().Select(p => p.ParameterType == typeof(Guid) ? (object)RandomId(chance) : p.ParameterType == typeof(string) ? serial : Activator.CreateInstance(p.ParameterType)).ToArray();
                await (Task)method.Invoke(grain, arguments)!;
                asked++;
            }
        }

        return asked;
    }

    private string Fill(string template, Random chance)
    {
        var route = new StringBuilder();
        foreach (var part in template.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            route.Append('/').Append(
                !part.StartsWith('{') ? part
                : part.Contains("serial", StringComparison.OrdinalIgnoreCase) ? _allocated[chance.Next(_allocated.Count)]
                : part.Contains("number", StringComparison.OrdinalIgnoreCase) ? $"T-{chance.Next(1, 12)}"
                : part.Contains("region", StringComparison.OrdinalIgnoreCase) ? "eastus"
                : part.Contains("stamp", StringComparison.OrdinalIgnoreCase) ? "stamp1"
                : RandomId(chance).ToString());
        }

        return route.Length == 0 ? "/" : route.ToString();
    }

    private string Body(Random chance) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["serial"] = _allocated[chance.Next(_allocated.Count)],
        ["subject"] = "host ports dead",
        ["category"] = "Unresponsive",
        ["severity"] = chance.Next(1, 5),
        ["kind"] = new[] { "SoftReboot", "HardReboot", "ForceDelete", "Destruction", "FirmwareUpdate", "Allocation" }[chance.Next(6)],
        ["reason"] = "because",
        ["text"] = "a message",
        ["note"] = "a note",
        ["decision"] = "Approve",
        ["digest"] = Convert.ToHexStringLower(SHA256Of(chance)),
        ["comment"] = "yes",
        ["version"] = "2.2b",
        ["targetVersion"] = "2.2b",
        ["region"] = "eastus",
        ["stamp"] = "stamp1",
        ["state"] = "Open",
        ["id"] = RandomId(chance),
    });

    private static byte[] SHA256Of(Random chance) => System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(chance.Next()));

    private static Guid RandomId(Random chance)
    {
        var bytes = new byte[16];
        chance.NextBytes(bytes);
        return new Guid(bytes);
    }

    private async Task<(string Serial, int Host, int HostTls, int Management)> CountsAsync(string serial)
    {
        var counts = await _simulator.ConnectionsAsync(serial, Stop);
        return (serial, counts.GetProperty("host").GetInt32(), counts.GetProperty("hostTls").GetInt32(), counts.GetProperty("management").GetInt32());
    }

    private async Task KnockAsync(string serial)
    {
        var port = (await _simulator.DevicesAsync(Stop)).EnumerateArray().First(d => d.GetProperty("serial").GetString() == serial).GetProperty("hostPort").GetInt32();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, Stop);
    }

    private HttpClient Client(string persona)
    {
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "dev-" + persona);
        return client;
    }
}
