using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PaymentHsm.Device.Simulator;

namespace PaymentHsm.Device.Tests.Simulator.Support;

/// <summary>A simulated fleet of its own for a test: real sockets, a data directory that goes away with it.</summary>
internal sealed class TestFleet : IAsyncDisposable
{
    private readonly Action<SimulatorOptions>? _configure;
    private readonly TimeProvider? _time;
    private FleetSimulator? _simulator;
    private HttpClient? _control;

    private TestFleet(string folder, Action<SimulatorOptions>? configure, TimeProvider? time) => (Folder, _configure, _time) = (folder, configure, time);

    /// <summary>The data directory.</summary>
    public string Folder { get; }

    public FleetSimulator Simulator => _simulator!;

    /// <summary>Client of the control API.</summary>
    public HttpClient Control => _control!;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a fleet; restarts take a fifth of a second unless configured otherwise.</summary>
    public static async Task<TestFleet> StartAsync(Action<SimulatorOptions>? configure = null, TimeProvider? time = null)
    {
        for (var tries = 1; ; tries++)
        {
            var fleet = new TestFleet(Directory.CreateTempSubdirectory("fleet-").FullName, configure, time);
            try
            {
                await fleet.StartSimulatorAsync();
                return fleet;
            }
            catch (Exception problem) when (tries < 5 && problem is SocketException or IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException })
            {
                // Another process took one of the ports between the choice and the bind: a new fleet has others.
                await fleet._simulator!.DisposeAsync();
                Directory.Delete(fleet.Folder, recursive: true);
            }
        }
    }

    /// <summary>Stops the simulator and starts another one on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartSimulatorAsync();
    }

    public async Task StopAsync()
    {
        _control!.Dispose();
        await _simulator!.DisposeAsync();
    }

    public async Task StartSimulatorAsync()
    {
        var options = new SimulatorOptions { DataDirectory = Folder, Devices = 4, ControlUrl = new Uri("http://127.0.0.1:0"), RestartTime = TimeSpan.FromMilliseconds(200) };
        _configure?.Invoke(options);
        _simulator = new FleetSimulator(options, "Development", _time);
        await _simulator.StartAsync(Cancel);
        _control = new HttpClient { BaseAddress = _simulator.ControlUrl };
    }

    /// <summary>The devices, as the control API lists them.</summary>
    public async Task<IReadOnlyList<JsonObject>> DevicesAsync() =>
        [.. (await Control.GetFromJsonAsync<JsonArray>("/devices", Cancel))!.Select(d => d!.AsObject())];

    /// <summary>The n-th device.</summary>
    public async Task<TestDevice> DeviceAsync(int index = 0)
    {
        var description = (await DevicesAsync())[index];
        return new TestDevice(this, description);
    }

    /// <summary>A client that trusts the fleet's authority and nothing else.</summary>
    public HttpClient Client(string url)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(_simulator!.CaFile);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(1),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
        })
        {
            BaseAddress = new Uri(url),
            Timeout = TimeSpan.FromSeconds(10),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
