using PaymentHsm.Device.Simulator;

namespace PaymentHsm.Benchmarks.Targets;

/// <summary>A whole simulated fleet.</summary>
internal static class FleetTargets
{
    public static async Task<int> RunAsync(int devices, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("paymenthsm-benchmark-").FullName;
        try
        {
            await using var fleet = new FleetSimulator(new SimulatorOptions { DataDirectory = folder, Devices = devices, ControlUrl = new Uri("http://127.0.0.1:0") }, "Development");
            await fleet.StartAsync(stop);
            Console.WriteLine(fleet.ControlUrl);
            while (await Console.In.ReadLineAsync(stop) is not null)
            {
                Console.WriteLine("done");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }
}
