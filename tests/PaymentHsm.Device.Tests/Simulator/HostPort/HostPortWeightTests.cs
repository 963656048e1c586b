using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.Tests.HostCommands;

namespace PaymentHsm.Device.Tests.Simulator.HostPort;

/// <summary>Thousands of units live in one process, so one unit with a resting connection must weigh next to nothing.</summary>
[Collection(nameof(HostLinkAllocationTests))]
public sealed class HostPortWeightTests
{
    [Fact]
    public async Task RestingUnits_HoldNoBuffers()
    {
        const int Units = 200;
        var ports = new List<TestPort>();
        var clients = new List<RawClient>();
        await using (var first = await TestPort.StartAsync())
        {
            await first.StillWorksAndLeaksNothingAsync();
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Units; i++)
        {
            ports.Add(await TestPort.StartAsync());
            clients.Add(await ports[i].ConnectAsync());
            Assert.Equal("HEADB300", await clients[i].AskAsync("HEADB20000"));
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Units;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes per unit, listener, connection and client");

        // Far below one receive buffer of the I/O size; the client of the test is counted too.
        Assert.InRange(each, 0, FrameCodec.IoBuffer / 2);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        foreach (var port in ports)
        {
            await port.DisposeAsync();
        }
    }
}
