using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Operations;

/// <summary>What the signs of a power cycle by hand add up to (OOB-PROFILE 9, hard reboot watch). Pure: the same trace always gives the same answer.</summary>
/// <param name="Signs">The signs, seen or not.</param>
/// <param name="Outcome">The outcome once it is decided; null while it is worth waiting.</param>
/// <param name="Detail">The outcome in a sentence for people.</param>
public sealed record PowerCycleJudgement(IReadOnlyList<RestartSign> Signs, OperationOutcome? Outcome, string Detail)
{
    /// <summary>Proposed when the rung did not help (W3 step 7 to W5).</summary>
    public const string NextRung = "Propose a force delete on the ticket.";

    private static readonly string[] PowerCauses = ["PowerEvent", "PowerRestorePolicy", "PowerButtonPress"];

    /// <summary>Judges what was watched and one reading of the device's log.</summary>
    /// <param name="watch">What was seen while the cords were pulled.</param>
    /// <param name="trace">What the device shows now; null when it could not be read.</param>
    /// <param name="tamper">Tamper latch as last read.</param>
    /// <param name="deadlineOver">True when waiting has ended and the outcome must be decided.</param>
    public static PowerCycleJudgement Of(OperationProgress.PowerCycle watch, RestartTrace? trace, TamperState tamper, bool deadlineOver)
    {
        ArgumentNullException.ThrowIfNull(watch);
        var marks = watch.Marks;
        var after = marks is null || trace is null ? [] : trace.Entries.Where(e => e.Id > marks.LastEntry).ToList();
        var boots = after.Where(e => e.Key == "RestartCompleted" && e.BootId > (marks?.BootId ?? 0)).ToList();
        var byPower = boots.FirstOrDefault(IsByPower);
        var requested = after.FirstOrDefault(e => e.Key == "RestartRequested");
        var bootNow = boots.Count == 0 ? marks?.BootId : boots.Max(e => e.BootId);
        var back = trace is { Ready: true } && trace.LastReset > (marks?.LastReset ?? DateTimeOffset.MaxValue);

        RestartSign[] signs =
        [
            new("power input", watch.PowerLostAt is not null && watch.PowerBackAt is not null, Span("lost", watch.PowerLostAt, watch.PowerBackAt, "no loss of input was read")),
            new("out-of-band controller", watch.OobLostAt is not null && watch.OobBackAt is not null, Span("silent", watch.OobLostAt, watch.OobBackAt, "it answered all the time")),
            new("boot counter", byPower is not null, Boot(marks, byPower, bootNow)),
            new("system ready", back, trace is null ? "not read" : back ? $"operating system runs; last reset {trace.LastReset:yyyy-MM-dd HH:mm:ss}Z by the device's clock" : trace.Ready ? "runs, no newer reset time" : "not ready"),
            new("tamper", tamper == TamperState.None, tamper switch { TamperState.None => "none after the cycle", TamperState.Unknown => "not read", _ => "latched" }),
        ];
        var seen = signs.Take(4).Count(s => s.Seen);

        PowerCycleJudgement Decide(OperationOutcome outcome, string detail) => new(signs, outcome, detail);

        if (tamper is TamperState.Medium or TamperState.High)
        {
            return Decide(OperationOutcome.Contradictory, "A tamper is latched since the power cycle: an incident. The device is on hold until an engineer has reviewed it; keys may need loading again.");
        }

        if (requested is not null)
        {
            return Decide(OperationOutcome.Contradictory, $"A restart was requested over the OOB controller while the order was open (entry {requested.Id}); what the cords did cannot be told apart.");
        }

        if (boots.Count > 1)
        {
            return Decide(OperationOutcome.Contradictory, $"The boot counter went from {marks!.BootId} to {bootNow}: more than one boot. An engineer reviews the raw entries.");
        }

        if (boots.Count == 1 && byPower is null)
        {
            return Decide(OperationOutcome.Contradictory, $"The device booted ({Cause(boots[0])}), but not because its power came back.");
        }

        if (byPower is not null && trace!.Ready && seen >= 2 && !trace.LogHasGap && tamper == TamperState.None)
        {
            return Decide(OperationOutcome.Verified, $"Boot counter {marks!.BootId} to {bootNow}, cause {Cause(byPower)} (audit entry {byPower.Id}); {seen} of 4 signs agree, tamper none.");
        }

        if (!deadlineOver)
        {
            return new PowerCycleJudgement(signs, null, $"Seen {seen} of 2 signs needed.");
        }

        if (trace is null)
        {
            return Decide(OperationOutcome.NotObserved, $"The device could not be read until the deadline. {NextRung}");
        }

        if (marks is null)
        {
            return Decide(OperationOutcome.NotObserved, $"The device could not be read before the power cycle, so a new boot cannot be told from an old one; {(trace.Ready ? "it runs now" : "it is not ready")}. {(trace.Ready ? "Ask the customer whether service is back." : NextRung)}");
        }

        if (byPower is not null)
        {
            return Decide(OperationOutcome.NotObserved, $"The device booted after its power came back, but {(tamper == TamperState.Unknown ? "its tamper latch could not be read" : trace.LogHasGap ? "entries of its log were overwritten" : "it is not ready")}. {NextRung}");
        }

        return watch.OobLostAt is null && watch.PowerLostAt is null && !trace.LogHasGap
            ? Decide(OperationOutcome.Contradictory, "The order says that both cords were out, but the device lost no power and did not boot. The cords of another unit may have been pulled: look at its neighbours.")
            : Decide(OperationOutcome.NotObserved, $"Power went and came back, but no boot followed; {seen} of 4 signs seen. {NextRung}");
    }

    private static bool IsByPower(ServiceAuditEntry entry) => entry.Arguments is [.., var cause] && PowerCauses.Contains(cause);

    private static string Cause(ServiceAuditEntry entry) => entry.Arguments is [.., var cause] ? cause : "no cause given";

    private static string Boot(RestartMarks? marks, ServiceAuditEntry? byPower, long? now) => (marks, byPower) switch
    {
        (null, _) => "where it stood before is not known",
        (_, { } entry) => $"{marks.BootId} to {now}, {Cause(entry)} (audit entry {entry.Id})",
        _ when now > marks.BootId => $"{marks.BootId} to {now}, not by power",
        _ => $"{marks.BootId?.ToString() ?? "none"}, unchanged",
    };

    private static string Span(string word, DateTimeOffset? from, DateTimeOffset? until, string never) => (from, until) switch
    {
        ({ } a, { } b) => $"{word} {a:HH:mm:ss}Z, back {b:HH:mm:ss}Z",
        ({ } a, null) => $"{word} since {a:HH:mm:ss}Z",
        _ => never,
    };
}
