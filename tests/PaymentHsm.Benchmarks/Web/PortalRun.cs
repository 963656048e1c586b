using System.Diagnostics;
using System.Text.Json;
using PaymentHsm.Benchmarks.Reporting;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Benchmarks.Web;

/// <summary>
/// The portal in a process of its own, over a simulated fleet in others, as a program and a browser see it from outside: what is measured includes the client and
/// loopback, so the server's part is smaller. The fleet is polled meanwhile, at a rate that leaves the machine room.
/// </summary>
internal static class PortalRun
{
    private const string Provider = "providers/Microsoft.HardwareSecurityModules/dedicatedHSMs";
    private const string Version = "api-version=2021-11-30";
    private const double ArmGoal = 50;
    private const double GridGoal = 300;
    private const int AtOnce = 4;
    private static readonly TimeSpan SetUpLimit = TimeSpan.FromMinutes(30);

    public static async Task<int> RunAsync(Report report, PortalPlan plan, CancellationToken stop)
    {
        report.Begin("portal");
        using var data = new ScratchDirectory();
        using var fleetData = new ScratchDirectory();
        var meter = new Stopwatch();
        meter.Start();
        await using var simulator = await SimulatorProcess.StartAsync(fleetData.Path, plan.Devices, TimeSpan.FromSeconds(1), stop, processes: 0);
        var settings = new Dictionary<string, string> { ["Simulator:Enabled"] = "false", ["Fleet:Source"] = simulator.Control.ToString(), ["Polling:Interval"] = "00:01:00" };
        if (plan.GridOnly)
        {
            // One connection to each device: ten thousand fit into the file handles of most machines. Polled seldom, because both ends share its processors.
            (settings["Fleet:Seed"], settings["Polling:Connections"], settings["Polling:Interval"]) = ("false", "1", "00:10:00");
        }

        await using var portal = await PortalProcess.StartAsync(data.Path, settings, stop);
        report.Figure($"{plan.Devices} devices: fleet and portal up", meter.Elapsed.TotalSeconds, "s");
        if (plan.GridOnly)
        {
            await portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok&take=1", d => d.GetProperty("total").GetInt32() == plan.Devices, stop, SetUpLimit);
            report.Figure($"{plan.Devices} devices taken up", meter.Elapsed.TotalSeconds, "s");
        }
        else
        {
            var resources = await SettledAsync(portal, stop);
            report.Figure($"{plan.Devices} devices taken up, {resources.Count} of them allocated", meter.Elapsed.TotalSeconds, "s");
            await MeasureArmAsync(report, portal, resources, plan.Requests, stop);
        }

        using var support = portal.Client("support1");
        foreach (var (what, query) in new[]
        {
            ("first page", "take=50"), ("filter", "lifecycle=Allocated&health=Ok&take=50"), ("text", "text=contoso&take=50"), ("sort", "sortBy=customer&descending=true&take=50"), ("far page", $"skip={plan.Devices - 50}&take=50"),
        })
        {
            await MeasureAsync(report, $"{plan.Devices} devices: grid, {what}", support, plan.Requests, GridGoal, _ => $"/api/v1/devices?{query}", stop);
        }

        report.Figure("memory of the portal", portal.ResidentBytes / 1e6, "MB");
        report.End();
        return report.ExitCode;
    }

    private static async Task MeasureArmAsync(Report report, PortalProcess portal, IReadOnlyList<string> resources, int requests, CancellationToken stop)
    {
        using var automation = portal.Client("automation1");
        var name = $"{resources.Count} resources";
        await MeasureAsync(report, $"{name}: ARM GET", automation, requests, ArmGoal, i => $"{resources[i % resources.Count]}?{Version}", stop);
        await MeasureAsync(report, $"{name}: ARM list of a subscription", automation, requests, ArmGoal, i => $"/subscriptions/{resources[i % resources.Count].Split('/')[2]}/{Provider}?{Version}", stop);
    }

    /// <summary>Waits until the sample customers have their devices; returns their resources.</summary>
    private static async Task<IReadOnlyList<string>> SettledAsync(PortalProcess portal, CancellationToken stop)
    {
        await portal.UntilAsync("/api/v1/devices?lifecycle=Allocated&take=1", d => d.GetProperty("total").GetInt32() > 0, stop, SetUpLimit);

        // The customers are served one after another: the last one has been when nothing is on its way any more.
        await portal.UntilAsync("/api/v1/operations?kind=Allocation&take=1", o => o.GetProperty("operations")[0].GetProperty("state").GetString() == "Finished" && IsOld(o.GetProperty("operations")[0]), stop, SetUpLimit);
        using var auditor = portal.Client("auditor1");
        var subscriptions = JsonDocument.Parse(await auditor.GetStringAsync("/api/v1/subscriptions", stop)).RootElement.GetProperty("subscriptions");
        var resources = new List<string>();
        foreach (var subscription in subscriptions.EnumerateArray())
        {
            var page = JsonDocument.Parse(await auditor.GetStringAsync($"/subscriptions/{subscription.GetProperty("id").GetString()}/{Provider}?{Version}", stop)).RootElement;
            resources.AddRange(page.GetProperty("value").EnumerateArray().Select(r => r.GetProperty("id").GetString()!));
        }

        return resources.Count > 0 ? resources : throw new InvalidOperationException("No sample customer got a device; the fleet is too small.");
    }

    /// <summary>Nothing was asked for since a good while.</summary>
    private static bool IsOld(JsonElement operation) => TimeProvider.System.GetUtcNow() - operation.GetProperty("requestedAt").GetDateTimeOffset() > TimeSpan.FromSeconds(20);

    private static async Task MeasureAsync(Report report, string name, HttpClient client, int requests, double goal, Func<int, string> path, CancellationToken stop)
    {
        async Task<double> AskAsync(int i)
        {
            var begun = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path(i), stop);
            await answer.Content.ReadAsByteArrayAsync(stop);
            answer.EnsureSuccessStatusCode();
            return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }

        for (var i = 0; i < Math.Min(requests, 200); i++)
        {
            await AskAsync(i);
        }

        var one = new List<double>(requests);
        for (var i = 0; i < requests; i++)
        {
            one.Add(await AskAsync(i));
        }

        var many = new double[requests];
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (i, _) => many[i] = await AskAsync(i));
        report.Figure($"{name}: median", Report.Median(one), "ms");
        report.AtMost($"{name}: 99 of 100 within", Percentile(one, 0.99), goal, "ms");
        report.Figure($"{name}, {AtOnce} at once: 99 of 100 within", Percentile(many, 0.99), "ms");
    }

    private static double Percentile(IEnumerable<double> figures, double part)
    {
        var sorted = figures.Order().ToArray();
        return sorted[(int)Math.Ceiling(part * sorted.Length) - 1];
    }
}
