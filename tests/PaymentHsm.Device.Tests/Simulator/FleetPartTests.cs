using PaymentHsm.Device.Simulator;
using PaymentHsm.Device.Simulator.Parts;
using PaymentHsm.Device.Simulator.Racks;
using PaymentHsm.Device.Transport;

namespace PaymentHsm.Device.Tests.Simulator;

public sealed class FleetPartTests
{
    [Theory]
    [InlineData(1, 4, 1)]
    [InlineData(24, 2, 1)]
    [InlineData(60, 2, 2)]
    [InlineData(130, 3, 3)]
    [InlineData(10_000, 5, 5)]
    public void Divide_AnyFleet_CoversItAndNeverCutsARack(int devices, int wished, int expected)
    {
        var parts = FleetPart.Divide(devices, wished);

        Assert.Equal(expected, parts.Count);
        Assert.Equal(Enumerable.Range(0, devices), parts.SelectMany(p => Enumerable.Range(p.First, p.Count)));
        var racks = parts.Select(p => Enumerable.Range(p.First, p.Count).Select(i => FleetPlan.At(i).Rack).Distinct().ToList()).ToList();
        Assert.Equal(racks.Sum(r => r.Count), racks.SelectMany(r => r).Distinct().Count());
    }

    [Theory]
    [InlineData(24, 1024, 1)]
    [InlineData(1800, 20_000, 1)]
    [InlineData(2000, 20_000, 2)]
    [InlineData(10_000, 20_000, 6)]
    [InlineData(10_000, 1_048_576, 1)]
    [InlineData(10_000, null, 1)]
    public void ProcessesFor_FileHandles_AsManyAsTheyDemand(int devices, int? limit, int expected)
    {
        Assert.Equal(expected, FleetHandles.ProcessesFor(devices, limit));
        Assert.True(limit is not { } most || FleetHandles.NeededBy(devices / expected) < most);
    }

    [Fact]
    public async Task Start_MoreDevicesThanFileHandles_SaysWhatToDo()
    {
        if (FileHandles.Limit() is not { } limit || FleetHandles.NeededBy(10_000) <= limit)
        {
            // This machine has enough for any fleet; the rule itself is above.
            Assert.InRange(FleetHandles.MostDevices(FleetHandles.NeededBy(10_000)), 9_990, 10_000);
            return;
        }

        var folder = Directory.CreateTempSubdirectory("fleet-").FullName;
        await using var fleet = new FleetSimulator(new SimulatorOptions { DataDirectory = folder, Devices = 10_000, ControlUrl = new Uri("http://127.0.0.1:0") }, "Development");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => fleet.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains("ulimit -n", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
        Directory.Delete(folder, recursive: true);
    }
}
