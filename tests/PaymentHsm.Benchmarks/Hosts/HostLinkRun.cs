using System.Globalization;
using System.Net.Sockets;
using PaymentHsm.Benchmarks.Reporting;
using PaymentHsm.Benchmarks.Targets;
using PaymentHsm.Device.HostCommands;
using PaymentHsm.Device.HostCommands.Messages;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Benchmarks.Hosts;

/// <summary>Host-command round trips and polling.</summary>
internal static class HostLinkRun
{
    private const int Rounds = 3;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>A probe is on time when it begins within a tenth of its interval.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(Report report, HostLinkPlan plan, CancellationToken stop)
    {
        report.Begin("host-link");

        // First: the memory of the process is then that of these links, not of what ran before.
        await ManyAsync(report, plan, stop);
        await using (var targets = await StartAsync(plan.Targets, 64, stop))
        {
            var ports = Ports(targets);
            await using var links = await TargetLinks.OpenAsync(ports, plan.Targets, stop);
            await RoundTripsAsync(report, "one connection, one at a time", links.Links[..1], 1, plan.Stretch, stop);
            await RoundTripsAsync(report, "one connection, 32 in flight", links.Links[..1], 32, plan.Stretch, stop);
            await RoundTripsAsync(report, $"{plan.Targets} connections, one at a time each", links.Links, 1, plan.Stretch, stop);
            using (var bare = await BareSockets.OpenAsync(ports, plan.Targets, stop))
            {
                await CompareAsync(report, plan, links.Links, bare, stop);
            }

            await SteadyAsync(report, plan, links.Links, stop);
            await targets.TellAsync("dead");
            await WithDeadAsync(report, plan, links.Links, stop);
        }

        report.End();
        return report.ExitCode;
    }

    private static async Task RoundTripsAsync(Report report, string name, IReadOnlyList<HostLink> links, int inFlight, TimeSpan length, CancellationToken stop)
    {
        await LoopAsync(links, inFlight, WarmUp, stop);
        var meter = new Meter();
        var done = await LoopAsync(links, inFlight, length, stop);
        report.Figure($"{name}: round trips per second", done / meter.Seconds, "1/s");
        report.Figure($"{name}: round trips per processor second", done / meter.ProcessorSeconds, "1/CPU-s");
    }

    private static async Task<long> LoopAsync(IReadOnlyList<HostLink> links, int inFlight, TimeSpan length, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(length);
        async Task<long> OneAsync(HostLink link)
        {
            var done = 0L;
            while (!end.IsCancellationRequested)
            {
                await link.DiagnosticsAsync(stop);
                done++;
            }

            return done;
        }

        // Each on the pool: a loop whose answers are there at once would never give way to the next.
        var loops = links.SelectMany(link => Enumerable.Range(0, inFlight).Select(_ => Task.Run(() => OneAsync(link), stop)));
        var counts = (await Task.WhenAll(loops)).Sum();
        stop.ThrowIfCancellationRequested();
        return counts;
    }

    private static async Task CompareAsync(Report report, HostLinkPlan plan, List<HostLink> links, BareSockets bare, CancellationToken stop)
    {
        var driver = Links(links);
        var plain = new Ticker<int>(plan.Targets, Second, bare.ProbeAsync, IsFailure);
        await driver.RunAsync(WarmUp, Late, null, stop);
        await plain.RunAsync(WarmUp, Late, null, stop);
        var (ratios, costs, plainCosts) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var plainCost = await CostAsync(plain, plan.Stretch, stop);
            var cost = await CostAsync(driver, plan.Stretch, stop);
            plainCosts.Add(plainCost);
            costs.Add(cost);
            ratios.Add(cost / plainCost);
        }

        report.Figure($"{plan.Targets} targets at 1/s, bare sockets: CPU per probe", Report.Median(plainCosts), "us");
        report.Figure($"{plan.Targets} targets at 1/s, driver: CPU per probe", Report.Median(costs), "us");
        report.AtMost($"{plan.Targets} targets at 1/s: CPU per probe, driver over bare", Report.Median(ratios), 2, "times");
    }

    private static async Task<double> CostAsync<T>(Ticker<T> ticker, TimeSpan length, CancellationToken stop)
    {
        var meter = new Meter();
        var result = await ticker.RunAsync(length, Late, null, stop);
        return result.Failed == 0 && result.Done > 0
            ? meter.ProcessorSeconds / result.Done * 1e6
            : throw new InvalidOperationException($"{result.Failed} probes failed, {result.Done} were answered.");
    }

    private static async Task SteadyAsync(Report report, HostLinkPlan plan, List<HostLink> links, CancellationToken stop)
    {
        var driver = Links(links);
        GC.Collect();
        var meter = new Meter();
        var result = await driver.RunAsync(plan.Steady, Late, null, stop);
        report.Figure($"{plan.Targets} targets for {plan.Steady.TotalSeconds:0} s: bytes allocated per probe", (double)meter.Allocated / result.Done, "B");
        report.AtMost($"{plan.Targets} targets for {plan.Steady.TotalSeconds:0} s: Gen2 collections", meter.SecondGeneration, 0, "");
    }

    private static async Task WithDeadAsync(Report report, HostLinkPlan plan, List<HostLink> links, CancellationToken stop)
    {
        var driver = Links(links);
        await driver.RunAsync(WarmUp, Late, null, stop);
        var result = await driver.RunAsync(plan.Stretch * 2, Late, target => !HostTargets.Dies(target), stop);
        report.Figure("a tenth of the targets dead: probes that failed", result.Failed, "");
        report.AtMost("a tenth of the targets dead: slip of the others' schedule", 100 - result.OnTimePercent, 5, "%");
        report.Figure("a tenth of the targets dead: mean lateness of the others", result.MeanLateness, "ms");
    }

    private static async Task ManyAsync(Report report, HostLinkPlan plan, CancellationToken stop)
    {
        // One port for each ten targets: a listening socket apiece would take twice the file handles.
        await using var targets = await StartAsync(Math.Max(1, plan.Many / 10), 64, stop);
        await using var links = await TargetLinks.OpenAsync(Ports(targets), plan.Many, stop);
        var driver = Links(links.Links);
        await driver.RunAsync(WarmUp, Late, null, stop);
        var meter = new Meter();
        var result = await driver.RunAsync(plan.Stretch * 2, Late, null, stop);
        report.AtLeast($"{plan.Many} targets at 1/s: on time", result.OnTimePercent, 99.9, "%");
        report.Figure($"{plan.Many} targets at 1/s: mean lateness", result.MeanLateness, "ms");
        report.Figure($"{plan.Many} targets at 1/s: probes skipped or failed", result.Skipped + result.Failed, "");
        report.Figure($"{plan.Many} targets at 1/s: processor use", 100 * meter.ProcessorSeconds / meter.Seconds, "% of one");
        report.AtMost($"{plan.Many} targets at 1/s: memory of the polling process", Environment.WorkingSet / 1e6, 250, "MB");
    }

    private static Ticker<HostAnswer<DiagnosticsAnswer>> Links(List<HostLink> links) =>
        new(links.Count, Second, target => links[target].DiagnosticsAsync(CancellationToken.None), IsFailure);

    // A link that is closed at the end of a run says so by a custody exception to whoever still waits for a connection.
    private static bool IsFailure(Exception failure) => failure is LinkException or CustodyException or IOException or SocketException;

    private static Task<TargetProcess> StartAsync(int ports, int connections, CancellationToken stop) =>
        TargetProcess.StartAsync(["host-targets", "--ports", $"{ports}", "--connections", $"{connections}"], stop);

    private static int[] Ports(TargetProcess targets) => [.. targets.Announcement.Split(',').Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
}
