using Microsoft.Extensions.Logging.Abstractions;
using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>A started host port over a <see cref="TestHostSide"/>.</summary>
internal sealed class TestPort : IAsyncDisposable
{
    private TestPort(HostPortOptions options, TestHostSide side, TimeProvider time)
    {
        Side = side;
        Counters = new HostCounters(side.CountingSince, side.RatedCommandsPerSecond);
        Watch = new IdleWatch(time);
        Server = new HostCommandServer(side, Counters, Audit, options, Watch, NullLogger<HostCommandServer>.Instance, Count);
    }

    public TestHostSide Side { get; }

    public HostCounters Counters { get; }

    public HostAuditLog Audit { get; } = new(Count);

    public IdleWatch Watch { get; }

    public HostCommandServer Server { get; }

    public static async Task<TestPort> StartAsync(HostPortOptions? options = null, HostPortBehaviour? behaviour = null, TestHostSide? side = null, TimeProvider? time = null)
    {
        var port = new TestPort(options ?? new HostPortOptions(), side ?? new TestHostSide(), time ?? TimeProvider.System);
        port.Server.Behaviour = behaviour ?? new HostPortBehaviour();
        await port.Server.StartAsync();
        return port;
    }

    public Task<RawClient> ConnectAsync() => RawClient.ConnectAsync(Server.HostPort);

    /// <summary>The next good request works, and nothing of the bad ones is left.</summary>
    public async Task StillWorksAndLeaksNothingAsync()
    {
        await using (var client = await ConnectAsync())
        {
            await client.SendAsync("0006484541444e43");
            Assert.Equal("HEADND005D672700000000001500-0023", await client.ReceiveTextAsync());
        }

        await Eventually.TrueAsync(() => Server.OpenConnections == 0 && Watch.Count == 0, "connections are still open");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Assert.Equal(0, Server.OpenConnections);
        Watch.Dispose();
    }

    private static void Count(Span<byte> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = (byte)i;
        }
    }
}
