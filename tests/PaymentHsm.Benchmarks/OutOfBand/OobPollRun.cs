using Microsoft.Extensions.DependencyInjection;
using PaymentHsm.Benchmarks.Reporting;
using PaymentHsm.Benchmarks.Targets;
using PaymentHsm.Device;
using PaymentHsm.Device.Enrolment;
using PaymentHsm.Device.Redfish;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Benchmarks.OutOfBand;

/// <summary>Out-of-band polls. They run on the product's links; the product's own schedule is the portal's.</summary>
internal static class OobPollRun
{
    private const int Rounds = 5;
    private const int WarmUps = 4;
    private const int Compared = 100;
    private const int AtOnce = 4;
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(Report report, OobPollPlan plan, CancellationToken stop)
    {
        report.Begin("oob-poll");
        await using var targets = await TargetProcess.StartAsync(["fleet-targets", "--devices", $"{plan.Devices}"], stop);
        var source = new Uri(targets.Announcement);
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IAdministratorVault, EmptyVault>().AddDeviceLinks(_ => source).BuildServiceProvider();
        var devices = await services.GetRequiredService<IFleetEnrolment>().ReadAsync(stop);
        var directory = services.GetRequiredService<DeviceDirectory>();
        var links = services.GetRequiredService<IOutOfBandLinks>();

        // The runtime's code is loaded and compiled by one device; what a device costs is seen at the others.
        await PollAsync(links.LinkTo(devices[0].Serial), stop);
        var (heap, resident) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        var all = devices.Select(d => links.LinkTo(d.Serial)).ToList();
        var meter = new Meter();
        await Parallel.ForEachAsync(all.Skip(1), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (link, token) => await PollAsync(link, token));
        var others = Math.Max(1, all.Count - 1);
        report.Figure("first poll (login, discovery): CPU per device", meter.ProcessorSeconds * 1000 / others, "ms");

        var resources = await CountAsync(report, links, devices, stop);
        await CompareAsync(report, directory, [.. devices.Take(Compared)], links, resources, stop);

        report.Figure("memory per polled device: managed heap", (GC.GetTotalMemory(forceFullCollection: true) - heap) / 1024.0 / others, "KB");
        report.Figure("memory per polled device: resident, sockets and TLS included", (Environment.WorkingSet - resident) / 1024.0 / others, "KB");
        await SteadyAsync(report, plan, all, stop);
        report.End();
        return report.ExitCode;
    }

    /// <summary>Counts what one steady poll asks and returns the resources it reads.</summary>
    private static async Task<IReadOnlyList<string>> CountAsync(Report report, IOutOfBandLinks links, IReadOnlyList<EnrolledDevice> devices, CancellationToken stop)
    {
        using var bytes = new SocketBytes();
        var link = links.LinkTo(devices[0].Serial);
        await PollAsync(link, stop);
        var before = await bytes.ReadAsync(stop);
        using var watch = new RequestWatch();
        await PollAsync(link, stop);
        var after = await bytes.ReadAsync(stop);
        var device = watch.Requests.GroupBy(u => u.Authority).MaxBy(g => g.Count())!;
        report.Figure("one steady poll: requests to the device", device.Count(), "");
        report.Figure("one steady poll: requests to the rack's switch, shared by its devices", watch.Requests.Count - device.Count(), "");
        report.Figure("one steady poll: bytes sent, TLS included", after.Sent - before.Sent, "B");
        report.Figure("one steady poll: bytes received, TLS included", after.Received - before.Received, "B");
        return [.. device.Select(u => u.AbsolutePath)];
    }

    private static async Task CompareAsync(
        Report report, DeviceDirectory directory, IReadOnlyList<EnrolledDevice> devices, IOutOfBandLinks links, IReadOnlyList<string> resources, CancellationToken stop)
    {
        using var bare = new BareGets(directory.FindEntry(devices[0].Serial).Oob.Trust);
        var plain = new List<(Uri[] Resources, string Token)>();
        foreach (var device in devices)
        {
            var oob = directory.FindEntry(device.Serial).Oob;
            plain.Add(([.. resources.Select(r => new Uri(oob.Url, r))], await bare.LoginAsync(oob.Url, oob.Monitor, stop)));
        }

        // Both sides read as many devices at once, and of a device as many resources at once, after its root.
        Task BareAsync() => Parallel.ForEachAsync(plain, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (device, token) =>
        {
            await bare.GetAsync(device.Resources[0], device.Token, token);
            await Parallel.ForEachAsync(
                device.Resources.Skip(1), new ParallelOptions { MaxDegreeOfParallelism = new RedfishLimits().PollParallel, CancellationToken = token }, async (uri, inner) => await bare.GetAsync(uri, device.Token, inner));
        });

        Task DriverAsync() => Parallel.ForEachAsync(
            devices, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (device, token) => await PollAsync(links.LinkTo(device.Serial), token));

        for (var round = 0; round < WarmUps; round++)
        {
            await BareAsync();
            await DriverAsync();
        }

        var gets = (double)devices.Count * resources.Count;
        var (plainCosts, costs, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var meter = new Meter();
            await BareAsync();
            plainCosts.Add(meter.ProcessorSeconds * 1e6 / gets);
            meter = new Meter();
            await DriverAsync();
            costs.Add(meter.ProcessorSeconds * 1e6 / gets);
            ratios.Add(costs[^1] / plainCosts[^1]);
        }

        report.Figure("bare HttpClient and JSON: CPU per GET", Report.Median(plainCosts), "us");
        report.Figure("driver: CPU per GET", Report.Median(costs), "us");
        report.Figure("driver: CPU per device and poll", Report.Median(costs) * resources.Count / 1000, "ms");
        report.AtMost("CPU per GET, driver over bare", Report.Median(ratios), 2, "times");
    }

    private static async Task SteadyAsync(Report report, OobPollPlan plan, List<IOutOfBandLink> links, CancellationToken stop)
    {
        var ticker = new Ticker<HealthPoll>(links.Count, plan.Interval, target => new ValueTask<HealthPoll>(PollAsync(links[target], stop)), _ => false);
        await ticker.RunAsync(plan.Interval, Late, null, stop);
        GC.Collect();
        var meter = new Meter();
        var result = await ticker.RunAsync(plan.Steady, Late, null, stop);
        var name = $"{links.Count} devices every {plan.Interval.TotalSeconds:0} s for {plan.Steady.TotalSeconds:0} s";
        report.Figure($"{name}: polls", result.Done, "");
        report.Figure($"{name}: on time", result.OnTimePercent, "%");
        report.Figure($"{name}: processor use", 100 * meter.ProcessorSeconds / meter.Seconds, "% of one");
        report.Figure($"{name}: allocated per poll", meter.Allocated / 1024.0 / Math.Max(1, result.Done), "KB");
        report.AtMost($"{name}: Gen2 collections", meter.SecondGeneration, 0, "");
        report.Figure($"{name}: memory of the polling process", Environment.WorkingSet / 1e6, "MB");
    }

    private static async Task<HealthPoll> PollAsync(IOutOfBandLink link, CancellationToken stop)
    {
        var poll = await link.PollAsync(stop);
        return poll.Reach != OobReach.Down ? poll : throw new InvalidOperationException($"A poll failed: {poll.Detail}");
    }
}
