using System.CommandLine;
using PaymentHsm.Benchmarks.Codec;
using PaymentHsm.Benchmarks.Hosts;
using PaymentHsm.Benchmarks.OutOfBand;
using PaymentHsm.Benchmarks.Reporting;
using PaymentHsm.Benchmarks.Targets;
using PaymentHsm.Benchmarks.Web;

namespace PaymentHsm.Benchmarks;

/// <summary>The command line.</summary>
internal static class BenchmarkCommands
{
    public static RootCommand Root()
    {
        var strict = new Option<bool>("--strict") { Description = "Exit code 1 when a goal is missed; without it only errors fail, because machines are noisy.", Recursive = true };
        return new RootCommand("Measures the device layer (frames, host links, out-of-band polls) and the portal (ARM API, fleet grid). Loopback only; what is asked runs in child processes. One line per figure, with its goal.")
        {
            strict,
            Codec(strict),
            HostLink(strict),
            OobPoll(strict),
            Portal(strict),
            HiddenTargets(),
        };
    }

    private static Command Codec(Option<bool> strict)
    {
        var command = new Command("codec", "Frames encoded and decoded per second, and bytes allocated per message (BenchmarkDotNet).");
        command.SetAction(parsed => CodecRun.Run(new Report(parsed.GetValue(strict))));
        return command;
    }

    private static Command HostLink(Option<bool> strict)
    {
        var seconds = Bounded("--seconds", "Length of each measured stretch in seconds.", 10, 1, 300);
        var targets = Bounded("--targets", "Targets polled once per second beside a bare socket ticker.", 1000, 10, 1000);
        var many = Bounded("--many", "Targets of the large run; each takes a file handle on both sides.", 10_000, 10, 15_000);
        var steady = Bounded("--steady", "Length in seconds of the run that may cause no Gen2 collection.", 60, 1, 600);
        var command = new Command("host-link", "Host-command round trips and polling, beside a bare socket ticker.") { seconds, targets, many, steady };
        command.SetAction((parsed, stop) => HostLinkRun.RunAsync(
            new Report(parsed.GetValue(strict)),
            new HostLinkPlan(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(targets), parsed.GetValue(many), TimeSpan.FromSeconds(parsed.GetValue(steady))),
            stop));
        return command;
    }

    private static Command OobPoll(Option<bool> strict)
    {
        var devices = Bounded("--devices", "Simulated devices.", 1000, 1, 2000);
        var interval = Bounded("--interval", "Seconds between two polls of a device.", 10, 1, 60);
        var steady = Bounded("--steady", "Length in seconds of the run that may cause no Gen2 collection.", 60, 1, 600);
        var command = new Command("oob-poll", "Full out-of-band health polls, beside a bare HttpClient that reads the same resources.") { devices, interval, steady };
        command.SetAction((parsed, stop) => OobPollRun.RunAsync(
            new Report(parsed.GetValue(strict)),
            new OobPollPlan(parsed.GetValue(devices), TimeSpan.FromSeconds(parsed.GetValue(interval)), TimeSpan.FromSeconds(parsed.GetValue(steady))),
            stop));
        return command;
    }

    private static Command Portal(Option<bool> strict)
    {
        var devices = Bounded("--devices", "Simulated devices; about a third of them get a customer's resource.", 3000, 24, 10_000);
        var requests = Bounded("--requests", "How often each question is asked.", 1000, 100, 100_000);
        var gridOnly = new Option<bool>("--grid-only") { Description = "Leave every device in the pool and ask the grid alone: the set-up of a large fleet is much shorter." };
        var command = new Command("portal", "Answers of the ARM API and of the fleet's grid, from outside.") { devices, requests, gridOnly };
        command.SetAction((parsed, stop) => PortalRun.RunAsync(new Report(parsed.GetValue(strict)), new PortalPlan(parsed.GetValue(devices), parsed.GetValue(requests), parsed.GetValue(gridOnly)), stop));
        return command;
    }

    private static Command HiddenTargets()
    {
        var ports = new Option<int>("--ports");
        var connections = new Option<int>("--connections");
        var host = new Command("host-targets") { ports, connections };
        host.Hidden = true;
        host.SetAction((parsed, stop) => HostTargets.RunAsync(parsed.GetValue(ports), parsed.GetValue(connections), stop));

        var devices = new Option<int>("--devices");
        var fleet = new Command("fleet-targets") { devices };
        fleet.SetAction((parsed, stop) => FleetTargets.RunAsync(parsed.GetValue(devices), stop));

        return new Command("targets", "What the other commands poll; started by them.") { Hidden = true, Subcommands = { host, fleet } };
    }

    private static Option<int> Bounded(string name, string what, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{what} {least} to {most}.", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
            {
                result.AddError($"{name} must be {least} to {most}.");
            }
        });
        return option;
    }
}
