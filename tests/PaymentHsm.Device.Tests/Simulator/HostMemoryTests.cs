using PaymentHsm.Device.Tests.Simulator.HostPort;
using PaymentHsm.Device.Tests.Simulator.Support;

namespace PaymentHsm.Device.Tests.Simulator;

/// <summary>What the host port of a simulated device remembers beyond the life of its process, and what its licence means there.</summary>
public sealed class HostMemoryTests
{
    private const string Allocation = "alloc-7f3a";

    [Fact]
    public async Task Restart_CountersAndAuditLogGoOn()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.Devices = 1);
        var device = await fleet.DeviceAsync();
        await using (var host = await HostAsync(device))
        {
            Assert.Equal("HEADJ700", await host.AskAsync("HEADJ6"));
            await host.AskAsync("HEADB20001x");
            await host.AskAsync("HEADB20001x");
            await host.AskAsync("HEADJI");
            Assert.StartsWith("HEADQ30000000001", await host.AskAsync("HEADQ2"), StringComparison.Ordinal);
        }

        await fleet.RestartAsync();
        await using var again = await HostAsync(await fleet.DeviceAsync());
        var volumes = await again.AskAsync("HEADJ4");
        Assert.Contains("B2000000000002", volumes, StringComparison.Ordinal);
        Assert.Contains("J6000000000001", volumes, StringComparison.Ordinal);

        // The first record was handed out before the restart; the second, of JI, was not.
        Assert.StartsWith("HEADQ30000000002", await again.AskAsync("HEADQ2"), StringComparison.Ordinal);
        Assert.Equal("HEADQ336", await again.AskAsync("HEADQ2"));
    }

    [Fact]
    public async Task Erasure_TakesThemToo_AlsoWhenTheProcessDiesBeforeTheyAreWritten()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.Devices = 1);
        var device = await fleet.DeviceAsync();
        using var handedOver = await device.HandOverAsync(Allocation, Guid.NewGuid());
        await using (var host = await HostAsync(device))
        {
            await host.AskAsync("HEADJ6");
        }

        await fleet.RestartAsync();
        device = await fleet.DeviceAsync();
        var stored = Directory.GetFiles(Path.Combine(fleet.Folder, "simulator", "devices"), "*.host.json").Single();
        var before = await File.ReadAllBytesAsync(stored, TestFleet.Cancel);
        using var released = await device.ControlAsync("release");
        await device.UntilCommissionAsync("Released");
        await fleet.StopAsync();

        // As if the process had died before it wrote: the file is from before the erasure.
        await File.WriteAllBytesAsync(stored, before, TestFleet.Cancel);
        await fleet.StartSimulatorAsync();
        await using var again = await HostAsync(await fleet.DeviceAsync());
        Assert.Equal("HEADQ335", await again.AskAsync("HEADQ2"));
        Assert.DoesNotContain("J6", (await again.AskAsync("HEADJ4"))[8..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task DamagedFile_CountsAsForgotten()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.Devices = 1);
        await using (var host = await HostAsync(await fleet.DeviceAsync()))
        {
            await host.AskAsync("HEADJ6");
        }

        await fleet.StopAsync();
        await File.WriteAllTextAsync(Directory.GetFiles(Path.Combine(fleet.Folder, "simulator", "devices"), "*.host.json").Single(), "{\"LogErasures\":", TestFleet.Cancel);
        await fleet.StartSimulatorAsync();
        await using var again = await HostAsync(await fleet.DeviceAsync());
        Assert.Equal("HEADQ335", await again.AskAsync("HEADQ2"));
    }

    [Fact]
    public async Task Licence_SetsTheKeysOfACustomerAndTheFullLoad()
    {
        await using var fleet = await TestFleet.StartAsync(o => o.Devices = 1);
        var device = await fleet.DeviceAsync();
        var hsm = fleet.Simulator.Fleet.Devices[device.Serial];
        Assert.Equal((60, 60), (hsm.Host.Counters.RatedPerSecond, new PaymentHsm.Device.Simulator.Devices.HostSide(hsm).RatedCommandsPerSecond));
        using var pushed = await device.PostAsync("operator", TestDevice.System + "/Actions/Oem/PaymentHsm.SetLicence", $$"""{"OperationId":"{{Guid.NewGuid()}}","CallsPerSecond":2500,"LmkCount":2}""");
        Assert.Equal(System.Net.HttpStatusCode.OK, pushed.StatusCode);
        Assert.Equal((2500, 2500), (hsm.Host.Counters.RatedPerSecond, new PaymentHsm.Device.Simulator.Devices.HostSide(hsm).RatedCommandsPerSecond));

        using var handedOver = await device.HandOverAsync(Allocation, Guid.NewGuid());
        using var commissioned = await device.ControlAsync("commission");
        await using var host = await HostAsync(device);
        Assert.Equal("LMK 00\u0014LMK 01\u0014", string.Concat((await host.AskAsync("HEADJK")).Split("LMK ").Skip(1).Select(part => "LMK " + part[..3])));
    }

    private static Task<RawClient> HostAsync(TestDevice device) => RawClient.ConnectAsync((int)device.Description["hostPort"]!);
}
