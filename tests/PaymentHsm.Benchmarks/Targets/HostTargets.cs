using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using PaymentHsm.Device.Simulator.HostPort;

namespace PaymentHsm.Benchmarks.Targets;

/// <summary>Simulated host ports. Commands on its input: <c>dead</c> makes every twentieth unit mute and takes every other twentieth off the network.</summary>
internal static class HostTargets
{
    private const int DeadOfEach = 20;

    /// <summary>True for the targets that <c>dead</c> kills: a tenth.</summary>
    public static bool Dies(int target) => target % DeadOfEach is 0 or 1;

    public static async Task<int> RunAsync(int ports, int connections, CancellationToken stop)
    {
        using var watch = new IdleWatch(TimeProvider.System);
        var servers = new List<HostCommandServer>();
        try
        {
            for (var i = 0; i < ports; i++)
            {
                var unit = new BenchmarkUnit();
                var server = new HostCommandServer(
                    unit,
                    new HostCounters(unit.CountingSince, unit.RatedCommandsPerSecond),
                    new HostAuditLog(RandomNumberGenerator.Fill),
                    new HostPortOptions { MaxConnections = connections },
                    watch,
                    NullLogger<HostCommandServer>.Instance);
                servers.Add(server);
                await server.StartAsync();
            }

            Console.WriteLine(string.Join(',', servers.Select(s => s.HostPort.ToString(CultureInfo.InvariantCulture))));
            while (await Console.In.ReadLineAsync(stop) is { } command)
            {
                if (command == "dead")
                {
                    await KillAsync(servers);
                }

                Console.WriteLine("done");
            }
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }

        return 0;
    }

    private static async Task KillAsync(List<HostCommandServer> servers)
    {
        for (var i = 0; i < servers.Count; i++)
        {
            if (i % DeadOfEach == 0)
            {
                servers[i].Behaviour = servers[i].Behaviour with { Mute = true };
            }
            else if (Dies(i))
            {
                await servers[i].DisposeAsync();
            }
        }
    }
}
