using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Operations;

/// <summary>What the signs of a restart add up to (R61, R62; OOB-PROFILE 9). Pure: the same trace always gives the same answer.</summary>
/// <param name="Signs">The four signs, seen or not.</param>
/// <param name="Outcome">The outcome once it is decided; null while it is worth waiting.</param>
/// <param name="Detail">The outcome in a sentence for people.</param>
public sealed record RestartJudgement(IReadOnlyList<RestartSign> Signs, OperationOutcome? Outcome, string Detail)
{
    /// <summary>Judges one reading of the device.</summary>
    /// <param name="operation">Our operation's id, which the device was given.</param>
    /// <param name="marks">Where the device stood before.</param>
    /// <param name="delivery">What is known about the delivery of the request.</param>
    /// <param name="trace">What the device shows now.</param>
    /// <param name="deadlineOver">True when waiting has ended and the outcome must be decided.</param>
    public static RestartJudgement Of(Guid operation, RestartMarks marks, RestartDelivery delivery, RestartTrace trace, bool deadlineOver)
    {
        ArgumentNullException.ThrowIfNull(marks);
        ArgumentNullException.ThrowIfNull(trace);
        var after = trace.Entries.Where(e => e.Id > marks.LastEntry).ToList();
        var completed = after.Where(e => e.Key == "RestartCompleted").ToList();
        var ours = completed.FirstOrDefault(e => e.Operation == operation);
        var bootNow = after.Max(e => e.BootId) ?? marks.BootId;
        var rose = bootNow > marks.BootId;
        var failed = after.FirstOrDefault(e => e.Key == "RestartFailed" && (e.Operation is null || e.Operation == operation));
        var back = trace.Ready && trace.LastReset > (marks.LastReset ?? DateTimeOffset.MinValue);

        RestartSign[] signs =
        [
            new("restart event", ours is not null, ours is null ? "no completed restart with this operation's id" : $"audit entry {ours.Id}: restart completed, boot {ours.BootId}, cause {(ours.Arguments is [.., var cause] ? cause : "not given")}"),
            new("boot counter", rose, marks.BootId is null ? "the device has none" : rose ? $"{marks.BootId} to {bootNow}" : $"{marks.BootId}, unchanged"),
            Bounce(after),
            new("system ready", back, back ? $"operating system runs; last reset {trace.LastReset:yyyy-MM-dd HH:mm:ss}Z by the device's clock" : trace.Ready ? "runs, no newer reset time" : "not ready"),
        ];
        var seen = signs.Count(s => s.Seen);

        RestartJudgement Decide(OperationOutcome outcome, string detail) => new(signs, outcome, detail);

        if (rose && bootNow - marks.BootId > 1)
        {
            return Decide(OperationOutcome.Contradictory, $"The boot counter went from {marks.BootId} to {bootNow}: more than one restart. An engineer reviews the raw entries before anything else is sent.");
        }

        if (ours is not null && trace.Ready && rose && seen >= 2 && !trace.LogHasGap)
        {
            return Decide(OperationOutcome.Verified, $"Boot counter {marks.BootId} to {bootNow}; {seen} of 4 signs agree, among them service audit entry {ours.Id}.");
        }

        if (ours is not null && trace.Ready && !rose && marks.BootId is not null)
        {
            return Decide(OperationOutcome.Contradictory, $"The log says that this restart completed, but the boot counter still stands at {marks.BootId}. One of the two is wrong.");
        }

        if (failed is not null)
        {
            return Decide(OperationOutcome.NotObserved, $"The controller accepted the request, but the device did not restart (audit entry {failed.Id}). The HSM may be hard-locked.");
        }

        if (!deadlineOver)
        {
            return new RestartJudgement(signs, null, $"Seen {seen} of 2 signs needed.");
        }

        if (rose || completed.Count > 0)
        {
            return Decide(OperationOutcome.Contradictory, ours is null
                ? $"The device restarted (boot counter {marks.BootId} to {bootNow}), but not by this request. Somebody else or the power did it."
                : "The restart is in the log, yet the device is not ready. An engineer looks before anything else is sent.");
        }

        var requested = after.Any(e => e.Key == "RestartRequested" && e.Operation == operation);
        if (delivery == RestartDelivery.Unknown && marks.HasAuditLog && !trace.LogHasGap && !requested)
        {
            return Decide(OperationOutcome.NotDelivered, $"The answer was lost, and the device's log up to entry {after.LastOrDefault()?.Id ?? marks.LastEntry} holds no such request. Sending again is safe.");
        }

        return Decide(OperationOutcome.NotObserved, marks.HasAuditLog && !trace.LogHasGap
            ? $"The request arrived; {seen} of 4 signs seen, two are needed. The HSM may be hard-locked. This is not proof that it did not restart."
            : $"{(back ? "A newer reset time was observed, but" : "Nothing was observed, and")} the device's audit log cannot prove it{(trace.LogHasGap ? " (entries were overwritten)" : "")}.");
    }

    private static string? Port(ServiceAuditEntry entry) => entry.Arguments is [var port, ..] ? port : null;

    private static RestartSign Bounce(IReadOnlyList<ServiceAuditEntry> entries)
    {
        foreach (var down in entries.Where(e => e.Key == "LinkDown"))
        {
            var port = Port(down);
            if (entries.FirstOrDefault(e => e.Key == "LinkUp" && e.Id > down.Id && Port(e) == port) is { } up)
            {
                return new RestartSign("link bounce", true, $"{port} down (entry {down.Id}) and up (entry {up.Id})");
            }
        }

        return new RestartSign("link bounce", false, "no port went down and up");
    }
}

/// <summary>One sign that speaks for a restart.</summary>
public sealed record RestartSign(string Name, bool Seen, string What);
