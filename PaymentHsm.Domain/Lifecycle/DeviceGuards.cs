using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>The guards of the device's transitions: pure questions, answered by a refusal or by null. The rows without a guard are the ways out.</summary>
public static class DeviceGuards
{
    /// <summary>Why <paramref name="trigger"/> may not happen to <paramref name="device"/> now; null when it may.</summary>
    public static Refusal? Check(HsmEvent trigger, DeviceRecord device, DeviceFacts facts, DateTimeOffset now, LifecycleOptions options)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(options);
        var ask = new Question(device, facts, now, options);
        return trigger switch
        {
            HsmEvent.Receive or HsmEvent.Rack => facts.SiteChecksPassed ? null : No(trigger == HsmEvent.Receive ? "D1" : "D2", "The site's checks are not recorded as passed.", "Record seal, slot, feeds and ports first."),
            HsmEvent.Commission => ask.Identity("D3"),
            HsmEvent.BaselinePassed => ask.NotHeld() ?? ask.UsableAgain("D4"),
            HsmEvent.StartPatch => ask.NotHeld() ?? ask.OperatorHasIt("R40") ?? (facts.ReserveKept ? null : No("R44", "The stamp's free pool would drop below its reserve.", "Wait for devices to come back, or make the wave smaller.")),
            HsmEvent.Patched => ask.UsableAgain("D7"),
            HsmEvent.Reserve => ask.NotHeld() ?? Reserve(ask),
            HsmEvent.HandOver => ask.NotHeld() ?? HandOver(ask),
            HsmEvent.AccessDisabled => ask.NotHeld() ?? AccessDisabled(ask),
            HsmEvent.Restart => ask.NotHeld() ?? Restart(ask),
            HsmEvent.ReleaseObserved => facts.ResourceDeleting ? ask.ReleasedByRead("R70") : No("D15", "The resource is not being deleted; a release is looked at only then.", "The customer deletes the resource."),
            HsmEvent.StartReclaim => StartReclaim(ask),
            HsmEvent.ReclaimVerified => ask.ReleasedByRead("D17"),
            HsmEvent.SanitisationVerified => ask.NotHeld() ?? SanitisationVerified(ask),
            HsmEvent.HardwareFailed => facts.HardwareFailure ? null : No("R79", "The case records no hardware failure.", "Record the finding first."),
            HsmEvent.Rebaselined => ask.NotHeld() ?? ask.UsableAgain("D21"),
            HsmEvent.RepairSignedOff => ask.NotHeld() ?? RepairSignedOff(ask),
            HsmEvent.ReclaimedLater => ReclaimedLater(ask),
            HsmEvent.OrderDestruction => OrderDestruction(ask),
            HsmEvent.CancelDestruction => ask.Engineers(2, "D26"),
            HsmEvent.RemovalScanned or HsmEvent.HsmDestroyed => ask.ScanAndWitnesses(trigger == HsmEvent.RemovalScanned ? "D27" : "D29"),
            HsmEvent.HddDestroyed => facts.DiskSerialMatches ? ask.Witnesses("D28") : No("D28", "The disk's serial does not match the order.", "Stop; the order goes on hold."),
            HsmEvent.Retire => ask.Clean("D31") ?? ask.Engineers(2, "D31"),
            _ => null,
        };
    }

    /// <summary>R23: a device that is not surely fit is never given to a customer.</summary>
    private static Refusal? Reserve(Question ask)
    {
        var (device, facts) = (ask.Device, ask.Facts);
        return ask.OperatorHasIt("R23") ?? ask.Fresh("R23") ?? ask.Clean("R23") ?? ask.Untampered("R23")
            ?? (facts.Health == Health.Ok ? null : No("R23", $"{device.Serial} is {facts.Health}; only a device whose health is OK and fresh is given to a customer."))
            ?? ask.OnBaseline("R23")
            ?? (facts.QuotaFree ? null : No("R19", "The subscription has its quota of devices in this stamp.", "Choose the other stamp, or delete one."))
            ?? (string.IsNullOrEmpty(facts.Allocation) ? No("D9", "The allocation has no id yet.") : null);
    }

    private static Refusal? HandOver(Question ask) =>
        ask.OperatorHasIt("D11") ?? ask.Fresh("D11") ?? ask.Untampered("R23") ?? ask.Clean("I3")
        ?? (ask.Facts.LicenceReadBack ? null : No("D11", "The licence of the SKU was not read back from the device."))
        ?? (ask.Facts.NetworkConnected ? null : No("D11", "The customer's network is not connected."));

    /// <summary>R13, I1: only an observed refusal proves it, and only one that came after the hand-over began.</summary>
    private static Refusal? AccessDisabled(Question ask) => ask.Facts.Login switch
    {
        null or { Outcome: AdministratorLoginOutcome.NotTried } => No("R13", "No administrator login was tried; that access is disabled must be observed, not assumed."),
        { Outcome: AdministratorLoginOutcome.LetIn } => No("I1", "The operator's administrator was let in; the device is not the customer's yet."),
        var login when login.At < ask.Device.StateSince => No("R13", "The refused login is older than the hand-over; it proves nothing about it.", "Try again now."),
        var login when login.At > ask.Now + ask.Options.FactAge => No("R13", "The refused login lies in the future."),
        _ when ask.Facts.AdminAccess == AdminAccess.Enabled => No("I1", "The device says that administrator access is enabled."),
        _ => ask.Untampered("R23"),
    };

    private static Refusal? Restart(Question ask) =>
        string.IsNullOrWhiteSpace(ask.Facts.Ticket) ? No("R53", "A restart needs a ticket.", "Open one.")
        : ask.Facts.Tamper is TamperState.Medium or TamperState.High ? No("R52", "A tamper is latched; the device is frozen until it is reviewed.", "Review the incident, then lift the hold.")
        : ask.Facts.PairBusy ? No("R67", "The same customer's other device in this region is being worked on.", "Wait until that has ended.")
        : null;

    private static Refusal? StartReclaim(Question ask) =>
        !ask.Facts.ResourceDeleting ? No("R73", "The resource is not being deleted; the flag alone deletes nothing.", "Delete the resource.")
        : !ask.Facts.ApprovalConsumed ? No("I5", "No approval was consumed for this Reclaim.", "Ask for a force delete.")
        : null;

    private static Refusal? SanitisationVerified(Question ask)
    {
        if (ask.Device.HardwareFailed || ask.Facts.HardwareFailure)
        {
            return No("R79", "A failed unit of a customer goes to destruction, even if it was erased.", "Record the hardware failure (D20b).");
        }

        return ask.Fresh("R78") ?? ask.Identity("R78") ?? (ask.Facts.Erasure switch
        {
            null => No("R78", "The R78 list was not read back."),
            { Misses: { Count: > 0 } misses } => No("R78", $"Not proven: {string.Join("; ", misses)}.", "Quarantine the device."),
            _ => null,
        }) ?? (ask.Facts.AdminAccess == AdminAccess.Enabled ? null : No("R29", "Administrator access was not observed to work again; that is the proof of erasure."));
    }

    private static Refusal? RepairSignedOff(Question ask) =>
        ask.Device.HardwareFailed ? No("R79", "A failed unit of a customer goes to destruction, not to the pool.")
        : ask.OperatorHasIt("I7") ?? ask.Clean("I7") ?? ask.Engineers(1, "D23");

    private static Refusal? ReclaimedLater(Question ask) =>
        ask.Device is { Sanitisation: Sanitisation.VerifiedClean, Custody: CustodyState.Operator } ? No("D24", "The device is verified clean; there is nothing to Reclaim.")
        : ask.Device.HardwareFailed ? No("R79", "A failed unit of a customer goes to destruction, not to the pool.")
        : ask.NotHeld() ?? ask.ReleasedByRead("R80") ?? ask.Engineers(2, "R80");

    private static Refusal? OrderDestruction(Question ask) =>
        !ask.Facts.ResourceGone ? No("D25", "A resource still refers to the device.", "Finish the deletion first.")
        : string.IsNullOrWhiteSpace(ask.Facts.RunbookVersion) ? No("D25", "The order names no runbook version.")
        : ask.Engineers(2, "D25");

    internal static Refusal No(string rule, string reason, string? instead = null) => new(rule, RefusalKind.NotInThisState, reason, instead);
}
