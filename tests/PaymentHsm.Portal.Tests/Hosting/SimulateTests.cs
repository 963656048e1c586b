using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Hosting;

/// <summary>The verb for outsiders, as a process: a larger fleet in one process, and one that is spread over several, which nobody outside can tell apart.</summary>
public sealed class SimulateTests : IDisposable
{
    private readonly ScratchDirectory _data = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(300, 1)]
    [InlineData(130, 3)]
    public async Task Simulate_ManyDevices_AnswersOnFirstAndLastAndStopsCleanly(int count, int processes)
    {
        await using var simulator = await SimulatorProcess.StartAsync(_data.Path, count, TimeSpan.FromSeconds(1), Stop, processes);

        var devices = (await simulator.DevicesAsync(Stop)).EnumerateArray().ToList();
        Assert.Equal(count, devices.Select(d => d.GetProperty("serial").GetString()).Distinct().Count());
        foreach (var device in new[] { devices[0], devices[^1] })
        {
            var serial = device.GetProperty("serial").GetString()!;
            Assert.StartsWith($"HEADJL00{serial}", await AskAsync(device.GetProperty("hostPort").GetInt32(), "HEADJK"), StringComparison.Ordinal);
            using var oob = Trusting(device);
            Assert.Equal(device.GetProperty("serviceUuid").GetString(), (await oob.GetFromJsonAsync<JsonElement>("/redfish/v1/", Stop)).GetProperty("UUID").GetString());

            // What goes to one device through the control API reaches that device.
            await simulator.PostAsync($"/devices/{serial}/tamper", null, Stop);
            Assert.True((await simulator.DevicesAsync(Stop)).EnumerateArray().Single(d => d.GetProperty("serial").GetString() == serial).GetProperty("tampered").GetBoolean());
        }

        using var control = new HttpClient { BaseAddress = simulator.Control };
        var racks = (await control.GetFromJsonAsync<JsonElement>("/racks", Stop)).EnumerateArray().ToList();
        Assert.Equal(count, racks.Sum(r => r.GetProperty("devices").GetArrayLength()));
        await simulator.PostAsync($"/racks/{racks[^1].GetProperty("name").GetString()}/switch", new { up = false }, Stop);
        using var unknown = await control.GetAsync("/devices/A0000000000X", Stop);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        Assert.Equal(0, await simulator.TerminateAsync(TimeSpan.FromSeconds(30)));
        await Assert.ThrowsAsync<SocketException>(() => AskAsync(devices[0].GetProperty("hostPort").GetInt32(), "HEADNC"));
        await Assert.ThrowsAsync<SocketException>(() => AskAsync(devices[^1].GetProperty("hostPort").GetInt32(), "HEADNC"));

        // Whatever was spread stays whole: the same devices, with what they remember, in one process.
        await using var again = await SimulatorProcess.StartAsync(_data.Path, count, TimeSpan.FromSeconds(1), Stop);
        Assert.Equal(2, (await again.DevicesAsync(Stop)).EnumerateArray().Count(d => d.GetProperty("tampered").GetBoolean()));
    }

    /// <summary>The process in front has not enough handles for a socket on each port of the fleet; it needs none.</summary>
    [Fact]
    public async Task Simulate_MorePortsThanAProcessHasHandles_IsSpread()
    {
        await using var simulator = await SimulatorProcess.StartAsync(_data.Path, 250, TimeSpan.FromSeconds(1), Stop, processes: 0, fileHandles: 1024);

        var last = (await simulator.DevicesAsync(Stop)).EnumerateArray().Last();
        Assert.StartsWith("HEADND", await AskAsync(last.GetProperty("hostPort").GetInt32(), "HEADNC"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_ParentKilled_TakesItsPartsWithIt()
    {
        var devices = new List<JsonElement>();
        await using (var simulator = await SimulatorProcess.StartAsync(_data.Path, 60, TimeSpan.FromSeconds(1), Stop, 2))
        {
            devices.AddRange((await simulator.DevicesAsync(Stop)).EnumerateArray());
        }

        // Disposing is kill -9; the parts see the end of their input.
        foreach (var device in new[] { devices[0], devices[^1] })
        {
            await Poll.UntilAsync(() => IsClosedAsync(device.GetProperty("hostPort").GetInt32()), closed => closed, Stop);
        }
    }

    public void Dispose() => _data.Dispose();

    private static async Task<bool> IsClosedAsync(int port)
    {
        try
        {
            await AskAsync(port, "HEADNC");
            return false;
        }
        catch (Exception gone) when (gone is SocketException or IOException)
        {
            return true;
        }
    }

    private static async Task<string> AskAsync(int port, string body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Stop);
        var stream = client.GetStream();
        await stream.WriteAsync((byte[])[0, (byte)body.Length, .. Encoding.ASCII.GetBytes(body)], Stop);
        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, Stop);
        var answer = new byte[(prefix[0] << 8) | prefix[1]];
        await stream.ReadExactlyAsync(answer, Stop);
        return Encoding.ASCII.GetString(answer);
    }

    private static HttpClient Trusting(JsonElement device)
    {
        var roots = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
        roots.ImportFromPemFile(device.GetProperty("caFile").GetString()!);
        var policy = new System.Security.Cryptography.X509Certificates.X509ChainPolicy
        {
            TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust,
            RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(roots);
        return new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = new System.Net.Security.SslClientAuthenticationOptions { CertificateChainPolicy = policy } })
        {
            BaseAddress = new Uri(device.GetProperty("oobUrl").GetString()!),
        };
    }
}
