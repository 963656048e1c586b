using PaymentHsm.Device.Tests.Simulator.HostPort;

namespace PaymentHsm.Device.Tests.HostCommands;

/// <summary>Runs alone: the figure is that of the whole process.</summary>
[CollectionDefinition(nameof(HostLinkAllocationTests), DisableParallelization = true)]
[Collection(nameof(HostLinkAllocationTests))]
public sealed class HostLinkAllocationTests
{
    [Fact]
    public async Task SteadyStream_AllocatesNoMoreThanItsAnswers()
    {
        await using var port = await TestPort.StartAsync();
        await using var link = await new TestLinks(port.Server.HostPort).OpenAsync();
        await RunAsync(2000);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await RunAsync(2000);
        var perRequest = (GC.GetTotalAllocatedBytes(precise: true) - before) / 2000.0;

        // Simulator and driver share the process: the answer with its strings on both sides, and no buffer per message. An unoptimised build makes
        // a heap object of every asynchronous call on top.
#if DEBUG
        const int Bound = 1800;
#else
        const int Bound = 400;
#endif
        TestContext.Current.TestOutputHelper?.WriteLine($"{perRequest} bytes per request");
        Assert.True(perRequest < Bound, $"{perRequest} bytes per request");

        async Task RunAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await link.DiagnosticsAsync(TestContext.Current.CancellationToken);
            }
        }
    }
}
