namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Feeds, power supplies and what their loss does. There is no command for it on the out-of-band controller, on purpose (R63, R66).</summary>
internal static class Power
{
    /// <summary>A Reclaim without power waits this far in the future, until the power returns and says when it goes on.</summary>
    private static readonly TimeSpan Parked = TimeSpan.FromDays(365 * 1000);

    /// <summary>Sets the two feeds of the rack.</summary>
    public static void SetFeeds(Change change, bool a, bool b) =>
        Apply(change, change.State with { FeedA = a, FeedB = b }, ResetCause.PowerRestorePolicy);

    /// <summary>On-site staff pull both supplies and push them in again after half a restart's time.</summary>
    public static Verdict Cycle(Change change)
    {
        if (!change.State.Powered)
        {
            return new Verdict.Refused(409, "Base.1.19", "ActionNotSupported", "The device has no power.");
        }

        Apply(change, change.State with { SuppliesPulled = true }, ResetCause.PowerEvent);
        change.Plan(new AgendaItem(change.In(0.5), AgendaKind.SuppliesBack));
        return new Verdict.Accepted(null, null);
    }

    /// <summary>Both supplies are back in their bays.</summary>
    public static void SuppliesBack(Change change) =>
        Apply(change, change.State with { SuppliesPulled = false }, ResetCause.PowerEvent);

    private static void Apply(Change change, DeviceState next, string cause)
    {
        var before = change.State;
        change.State = next;
        if (before.Powered && !next.Powered)
        {
            Lose(change);
        }
        else if (!before.Powered && next.Powered)
        {
            Return(change, cause);
        }
    }

    /// <summary>A restart under way dies with the power; a Reclaim under way waits for it.</summary>
    private static void Lose(Change change)
    {
        foreach (var item in change.State.Agenda.Where(IsRestart).DistinctBy(i => i.TaskId))
        {
            SoftRestart.Fail(change, item);
        }

        change.State = change.State with
        {
            Run = RunState.Off,
            RunSince = change.At,
            HardLocked = false,
            FanTooFastSince = null,
            Agenda = [.. change.State.Agenda
                .Where(i => !IsRestart(i) && i.Kind != AgendaKind.BootDone)
                .Select(i => IsReclaim(i) && i.At < change.At + Parked ? i with { At = i.At + Parked } : i)
                .OrderBy(i => i.At)],
        };
    }

    private static void Return(Change change, string cause)
    {
        var booted = change.In(1);
        var shift = change.State.Agenda.FirstOrDefault(IsReclaim) is { } first ? change.In(1.1) - first.At : TimeSpan.Zero;
        change.State = change.State with
        {
            Run = RunState.Booting,
            RunSince = change.At,
            Agenda = [.. change.State.Agenda.Select(i => IsReclaim(i) ? i with { At = i.At + shift } : i).OrderBy(i => i.At)],
        };
        change.Plan(new AgendaItem(booted, AgendaKind.BootDone, Cause: cause));
    }

    private static bool IsRestart(AgendaItem item) => item.Kind is >= AgendaKind.RestartStart and <= AgendaKind.RestartFail or AgendaKind.UpdateInstalled or AgendaKind.UpdateFail;

    private static bool IsReclaim(AgendaItem item) => item.Kind is >= AgendaKind.ReclaimRelease and <= AgendaKind.ReclaimFail;
}
