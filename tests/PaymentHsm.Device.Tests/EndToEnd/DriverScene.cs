using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using PaymentHsm.Device.Redfish;
using PaymentHsm.Device.Tests.Redfish;
using PaymentHsm.Device.Tests.Simulator.Support;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.EndToEnd;

/// <summary>The product's driver, enrolled from the product's simulator: they meet on sockets only.</summary>
internal sealed class DriverScene : IAsyncDisposable
{
    private readonly TestFleet _fleet;
    private readonly ServiceProvider _services;

    private DriverScene(TestFleet fleet, ServiceProvider services, IOutOfBandLink link) => (_fleet, _services, Link) = (fleet, services, link);

    public IOutOfBandLink Link { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>One device and a driver that waits two seconds where the product waits ten.</summary>
    public static async Task<DriverScene> StartAsync()
    {
        var fleet = await TestFleet.StartAsync(o => o.Devices = 1);
        var services = new ServiceCollection().AddLogging()
            .AddSingleton(new RedfishLimits { Headers = TimeSpan.FromSeconds(1), Body = TimeSpan.FromSeconds(2), Action = TimeSpan.FromSeconds(2), Poll = TimeSpan.FromSeconds(15) })
            .AddSingleton<IAdministratorVault, MemoryVault>()
            .AddDeviceLinks(_ => fleet.Simulator.ControlUrl).BuildServiceProvider();
        var device = (await services.GetRequiredService<IFleetEnrolment>().ReadAsync(Stop))[0];
        return new DriverScene(fleet, services, services.GetRequiredService<IOutOfBandLinks>().LinkTo(device.Serial));
    }

    public async Task InjectAsync(string kind, string method, string prefix, int count = 0)
    {
        using var answer = await _fleet.Control.PostAsJsonAsync($"/devices/{Link.Serial}/faults", new { match = new { method, pathPrefix = prefix }, kind, count, delayMs = 0 }, Stop);
        answer.EnsureSuccessStatusCode();
    }

    public async Task ClearAsync()
    {
        using var answer = await _fleet.Control.DeleteAsync($"/devices/{Link.Serial}/faults", Stop);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Restarts that the device really accepted since it was made, by its own log.</summary>
    public async Task<int> RestartsAsync()
    {
        var trace = await Eventually.GetAsync(async () =>
        {
            try
            {
                return await Link.ReadRestartTraceAsync(new RestartMarks(default, 0, null, null, HasAuditLog: true), Stop);
            }
            catch (LinkException e) when (e.IsTransient)
            {
                return null;
            }
        });
        return trace.Entries.Count(e => e.Key == "RestartRequested");
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _fleet.DisposeAsync();
    }
}
