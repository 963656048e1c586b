using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>The ways out of quarantine for one device (D23 to D25, R52): each open, or closed by its rule. Pure; the guards themselves decide.</summary>
public static class QuarantineExits
{
    /// <summary>Longest note of a repair.</summary>
    public const int LongestNote = 1000;

    /// <summary>Every way out, in the order in which they are preferred.</summary>
    /// <param name="device">The device.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="resourceGone">No customer's resource refers to the device.</param>
    /// <param name="now">Present time (UTC).</param>
    /// <param name="options">Clocks.</param>
    public static IReadOnlyList<QuarantineExit> Of(DeviceRecord device, Actor viewer, bool resourceGone, DateTimeOffset now, LifecycleOptions options)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(viewer);
        return
        [
            new(QuarantineExitKind.Repair, "D23", Closed(device, HsmEvent.RepairSignedOff, DeviceFacts.None with { EngineerSignatures = 1 }, now, options) ?? Engineer(viewer, "D23"),
                "An engineer signs the repair off; the device is commissioned anew and must pass its baseline."),
            new(QuarantineExitKind.ReclaimAgain, "D24", ReclaimAgainRules.Device(device, resourceGone, null, now, options) ?? ReclaimAgainRules.MayAsk(viewer),
                "Two engineers sign for a fresh Reclaim; only a new read that says Released without customer content lets it out, to be verified like any release (R80). It is asked for on a ticket."),
            new(QuarantineExitKind.Destruction, "D25", Closed(device, HsmEvent.OrderDestruction, DeviceFacts.None with { ResourceGone = resourceGone, RunbookVersion = "any", EngineerSignatures = 2 }, now, options) ?? TicketRules.MayWrite(viewer),
                "Two engineers order it under a pinned runbook; two people at the rack carry it out. It begins with a ticket."),
            new(QuarantineExitKind.LiftHold, "R52", device.Hold ? Engineer(viewer, "R52") : DeviceGuards.No("R52", $"{device.Serial} is not on hold."),
                "An engineer reviews the incident; the latch must be read as re-armed and the serial as right."),
        ];
    }

    /// <summary>Why the repair may not be signed off like this; null when it may (D23, I7). The device must be looked at again when it is moved.</summary>
    public static Refusal? Repair(DeviceRecord device, Actor by, string? note, DateTimeOffset now, LifecycleOptions options)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(by);
        return Engineer(by, "D23")
            ?? Closed(device, HsmEvent.RepairSignedOff, DeviceFacts.None with { EngineerSignatures = 1 }, now, options)
            ?? (string.IsNullOrWhiteSpace(note) ? new Refusal("D23", RefusalKind.BadInput, "The repair note is missing.", "Write what was found and what was done.")
                : note.Length > LongestNote ? new Refusal("D23", RefusalKind.BadInput, $"The note has {note.Length} characters; {LongestNote} is the most.")
                : null);
    }

    private static Refusal? Closed(DeviceRecord device, HsmEvent trigger, DeviceFacts facts, DateTimeOffset now, LifecycleOptions options) =>
        HsmLifecycle.Table.Next(device.State, trigger) is StepResult<HsmState, HsmEvent>.Refused(var why) ? why : DeviceGuards.Check(trigger, device, facts, now, options);

    private static Refusal? Engineer(Actor viewer, string rule) =>
        viewer.Role == Role.Engineering ? null : new Refusal(rule, RefusalKind.NotThisPerson, $"This is an engineer's to sign; {viewer.Id} is {viewer.Role}.", "Ask an engineer.");
}

/// <summary>One way out of quarantine.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Rule">The row of the table behind it.</param>
/// <param name="Closed">Why it is not open; null when it is.</param>
/// <param name="Explained">What it takes.</param>
public sealed record QuarantineExit(QuarantineExitKind Kind, string Rule, Refusal? Closed, string Explained);

/// <summary>The ways out of quarantine.</summary>
public enum QuarantineExitKind
{
    /// <summary>D23: repaired, to commissioning.</summary>
    Repair,

    /// <summary>D24: a later Reclaim, to verification.</summary>
    ReclaimAgain,

    /// <summary>D25: to destruction.</summary>
    Destruction,

    /// <summary>R52: the review after a tamper ends the hold.</summary>
    LiftHold,
}
