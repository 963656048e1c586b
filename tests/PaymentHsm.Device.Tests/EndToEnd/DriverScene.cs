using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using PaymentHsm.Device.Redfish;
using PaymentHsm.Device.Tests.Redfish;
using PaymentHsm.Device.Tests.Simulator.Support;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Tests.EndToEnd;

/// <summary>The product's driver, enrolled from the product's simulator: they meet on sockets only.</summary>
internal sealed class DriverScene : IAsyncDisposable
{
    private readonly TestFleet _fleet;
    private readonly ServiceProvider _services;

    private DriverScene(TestFleet fleet, ServiceProvider services, IOutOfBandLink link, TestDevice device) =>
        (_fleet, _services, Link, Device) = (fleet, services, link, device);

    public IOutOfBandLink Link { get; }

    /// <summary>The device from outside, past the driver.</summary>
    public TestDevice Device { get; }

    public MemoryVault Vault => (MemoryVault)_services.GetRequiredService<IAdministratorVault>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>One device and a driver that waits two seconds where the product waits ten; for reads longer where a test wants no read to fail.</summary>
    public static async Task<DriverScene> StartAsync(TimeSpan? reads = null)
    {
        var fleet = await TestFleet.StartAsync(o => o.Devices = 1);
        var services = new ServiceCollection().AddLogging()
            .AddSingleton(new RedfishLimits { Headers = reads ?? TimeSpan.FromSeconds(1), Body = reads ?? TimeSpan.FromSeconds(2), Action = TimeSpan.FromSeconds(2), Session = TimeSpan.FromSeconds(4), Poll = TimeSpan.FromSeconds(15) })
            .AddSingleton<IAdministratorVault, MemoryVault>()
            .AddDeviceLinks(_ => fleet.Simulator.ControlUrl).BuildServiceProvider();
        var device = (await services.GetRequiredService<IFleetEnrolment>().ReadAsync(Stop))[0];
        return new DriverScene(fleet, services, services.GetRequiredService<IOutOfBandLinks>().LinkTo(device.Serial), await fleet.DeviceAsync());
    }

    /// <summary>A capability for one administrator act.</summary>
    public LogicalAccess Access(LogicalAccessPurpose purpose = LogicalAccessPurpose.PoolCare)
    {
        var now = TimeProvider.System.GetUtcNow();
        var custody = purpose is LogicalAccessPurpose.Verification ? CustodyState.ComingBack : purpose is LogicalAccessPurpose.PoolCare ? CustodyState.Operator : CustodyState.HandingOver;
        return Assert.IsType<LogicalAccessVerdict.Granted>(LogicalAccess.Mint(new CustodyFacts(Link.Serial, custody, now), purpose, now)).Access;
    }

    /// <summary>Something on the control API that must succeed.</summary>
    public async Task ControlAsync(string route, string json = "{}")
    {
        using var answer = await Device.ControlAsync(route, json);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>The device as the control API shows it now.</summary>
    public async Task<System.Text.Json.Nodes.JsonObject> DescriptionAsync() => (await _fleet.DeviceAsync()).Description;

    /// <summary>Removes something by the control API.</summary>
    public async Task DeleteAsync(string route)
    {
        using var answer = await _fleet.Control.DeleteAsync($"/devices/{Link.Serial}/{route}", Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>Hands the device to a customer, who sets it up.</summary>
    public async Task GiveToCustomerAsync(string allocation)
    {
        Assert.True((await Link.HandOverAsync(Access(LogicalAccessPurpose.HandOver), Guid.NewGuid(), allocation, Stop)).Accepted);
        await ControlAsync("commission");
    }

    /// <summary>The customer releases the device; waits until it is released.</summary>
    public async Task ReleaseAsync()
    {
        await ControlAsync("release");
        await Device.UntilCommissionAsync("Released");
    }

    public async Task InjectAsync(string kind, string method, string prefix, int count = 0)
    {
        using var answer = await _fleet.Control.PostAsJsonAsync($"/devices/{Link.Serial}/faults", new { match = new { method, pathPrefix = prefix }, kind, count, delayMs = 0 }, Stop);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Lifts every fault; returns when the controller can be reached.</summary>
    public async Task ClearAsync()
    {
        using var answer = await _fleet.Control.DeleteAsync($"/devices/{Link.Serial}/faults", Stop);
        answer.EnsureSuccessStatusCode();

        // A port that was closed opens a moment after the answer.
        await Device.UntilAsync(TestDevice.System, _ => true);
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
