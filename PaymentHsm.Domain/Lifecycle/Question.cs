using PaymentHsm.Domain.Fleet;
using static PaymentHsm.Domain.Lifecycle.DeviceGuards;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>One guard being asked: the device, the facts and the time, and the questions that several guards share.</summary>
internal sealed record Question(DeviceRecord Device, DeviceFacts Facts, DateTimeOffset Now, LifecycleOptions Options)
{
    /// <summary>R52: a hold freezes the device until people have reviewed it.</summary>
    public Refusal? NotHeld() => Device.Hold
        ? No("R52", $"{Device.Serial} is on hold after a tamper or an identity mismatch.", "Review the incident, then lift the hold.")
        : null;

    /// <summary>Facts must be of now; a fact from the future is as bad as an old one.</summary>
    public Refusal? Fresh(string rule) => Facts.ReadAt switch
    {
        null => No(rule, $"{Device.Serial} was not read."),
        { } at when Now - at > Options.FactAge || at - Now > Options.FactAge => No(rule, $"{Device.Serial} was read at {at:O}; the facts must be fresh.", "Read the device again."),
        _ => null,
    };

    /// <summary>R30: custody that is not proven counts as the customer's.</summary>
    public Refusal? OperatorHasIt(string rule) => Device.Custody == CustodyState.Operator
        ? null
        : No(Device.Custody == CustodyState.Unknown ? "R30" : rule, $"{Device.Serial} is not in the operator's custody ({Device.Custody}).");

    public Refusal? Identity(string rule) =>
        Fresh(rule) ?? (Facts.ReportedSerial == Device.Serial ? null : No(rule, $"The device reports serial {Facts.ReportedSerial?.ToString() ?? "(none)"}, not {Device.Serial}.", "Stop; find out which unit this is."));

    public Refusal? Clean(string rule) => Device.Sanitisation == Sanitisation.VerifiedClean
        ? null
        : No(rule, $"{Device.Serial} is not verified clean ({Device.Sanitisation}).");

    public Refusal? Untampered(string rule) => Facts.Tamper == TamperState.None
        ? null
        : No(rule, $"Tamper of {Device.Serial} is {Facts.Tamper}; it must be read as none.");

    public Refusal? OnBaseline(string rule) => Facts.Baseline switch
    {
        null => No(rule, $"{Device.Serial} was not checked against the base image."),
        { Misses: { Count: > 0 } misses } => No(rule, $"{Device.Serial} is off baseline: {string.Join("; ", misses)}."),
        _ => null,
    };

    /// <summary>I3: what every way into the pool asks for. The record alone is not enough where facts can be read.</summary>
    public Refusal? UsableAgain(string rule) =>
        OperatorHasIt(rule) ?? Identity(rule) ?? Untampered(rule)
        ?? (Facts.Sanitisation == Sanitisation.VerifiedClean ? null : No("I3", $"{Device.Serial} is not verified clean ({Facts.Sanitisation})."))
        ?? OnBaseline(rule)
        ?? (Facts.AdminAccess == AdminAccess.Enabled ? null : No(rule, "Administrator access was not observed to work."));

    /// <summary>R70: only Released without customer content lets a deletion go on; whatever else is read, or not read, blocks it.</summary>
    public Refusal? ReleasedByRead(string rule) =>
        Identity(rule)
        ?? (Facts.Commission == CommissionState.Released ? null : No(rule, $"The device says {Facts.Commission}, not Released.", "The customer releases it in payShield Manager, then deletes again."))
        ?? (Facts.CustomerContentPresent == false ? null : No(rule, "The device does not say that customer content is gone."));

    public Refusal? Engineers(int needed, string rule) => Facts.EngineerSignatures >= needed
        ? null
        : new Refusal(rule, RefusalKind.NotThisPerson, $"Signed by {Facts.EngineerSignatures} engineers; {needed} are needed.");

    public Refusal? Witnesses(string rule) => Facts.DatacenterSignatures >= 2
        ? null
        : new Refusal(rule, RefusalKind.NotThisPerson, $"Signed by {Facts.DatacenterSignatures} people at the rack; two are needed (R81).");

    public Refusal? ScanAndWitnesses(string rule) => Facts.ScannedSerial == Device.Serial
        ? Witnesses(rule)
        : No(rule, $"Scanned {Facts.ScannedSerial?.ToString() ?? "nothing"}, ordered {Device.Serial}.", "Stop; this is another unit.");
}
