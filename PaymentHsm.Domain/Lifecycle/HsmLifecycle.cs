using static PaymentHsm.Domain.Lifecycle.HsmEvent;
using static PaymentHsm.Domain.Lifecycle.HsmState;
using Row = PaymentHsm.Domain.Lifecycle.Transition<PaymentHsm.Domain.Lifecycle.HsmState, PaymentHsm.Domain.Lifecycle.HsmEvent>;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>The lifecycle of a physical device as a table (DOMAIN 2.1). Guards are in <see cref="DeviceGuards"/>, effects in <see cref="DeviceRecord"/>.</summary>
public static class HsmLifecycle
{
    private const string Auto = "automation";
    private const string Eng = "Engineering";
    private const string Eng2 = "Engineering, two";
    private const string Dc = "Datacenter";
    private const string Dc2 = "Datacenter, two";

    /// <summary>All transitions.</summary>
    public static TransitionTable<HsmState, HsmEvent> Table { get; } = new("device",
    [
        new("D1", null, Receive, Received, Dc, "serial on the manifest; seal intact", "manifest, seal number, photo hash, two names"),
        new("D2", Received, Rack, Racked, Dc, "slot free; two feeds and the OOB port mapped", "slot scan, feeds A and B, switch ports"),
        new("D3", Racked, Commission, Commissioning, Auto, "OOB identity equals the serial; model known", "OOB inventory"),
        new("D4", Commissioning, BaselinePassed, Available, Auto, "baseline passed; verified clean; administrator access works; no tamper", "baseline report"),
        new("D5", Commissioning, BaselineFailed, Quarantined, Auto, "", "failed checks"),
        new("D6", Available, StartPatch, Patching, Eng, "operator's custody; pool reserve kept", "wave id, versions from and to"),
        new("D7", Patching, Patched, Available, Auto, "version, licence and self-test read back", "before and after, image digest"),
        new("D8", Patching, PatchFailed, Quarantined, Auto, "", "step log"),
        new("D9", Available, Reserve, Reserved, Auto, "health OK and fresh; clean; on baseline; no tamper; quota free (R23)", "resource id, fence"),
        new("D10", Reserved, CancelReservation, Available, Auto, "", "reason"),
        new("D11", Reserved, HandOver, HandingOver, Auto, "licence read back; network connected; no tamper", "licence read-back"),
        new("D12", HandingOver, AccessDisabled, Allocated, Auto, "an administrator login was tried in this state and refused (R13)", "the refusal and its time"),
        new("D13", HandingOver, HandOverFailed, Quarantined, Auto, "", "last step"),
        new("D14", Allocated, Restart, Allocated, Eng, "ticket; no tamper under review; the pair's other device is not being worked on", "operation"),
        new("D15", Allocated, ReleaseObserved, Released, Auto, "delete asked for; fresh read says Released without customer content", "OOB read"),
        new("D16", Allocated, StartReclaim, Reclaiming, Auto, "resource is being deleted; one approval consumed, its digest matches (I5)", "flag id, plan digest"),
        new("D17", Reclaiming, ReclaimVerified, Released, Auto, "fresh read says Released without customer content; the acknowledgement alone proves nothing", "command id, acknowledgement, read"),
        new("D18", Reclaiming, ReclaimFailed, Quarantined, Auto, "", "attempts"),
        new("D19", Released, SanitisationVerified, Rebaselining, Auto, "every point of the R78 list; no failed hardware; no hold", "sanitisation bundle"),
        new("D20", Released, SanitisationMissed, Quarantined, Auto, "", "failing probe"),
        new("D20b", Released, HardwareFailed, Quarantined, Eng, "finding recorded on the case, even if Reclaim worked (R79)", "finding and bundle"),
        new("D21", Rebaselining, Rebaselined, Available, Auto, "base image and licence read back; verified clean; administrator access works; no tamper", "baseline report"),
        new("D22", Rebaselining, RebaselineFailed, Quarantined, Auto, "", "failed checks"),
        new("D23", Quarantined, RepairSignedOff, Commissioning, Eng, "verified clean; operator's custody; not a failed unit of a customer; no hold", "repair note"),
        new("D24", Quarantined, ReclaimedLater, Released, Eng2, "not verified clean; not a failed unit of a customer; no hold; fresh read says Released; two engineers (R80)", "new bundle"),
        new("D25", Quarantined, OrderDestruction, PendingDestruction, Eng2, "resource gone or never existed; runbook version pinned; two engineers", "order and quorum"),
        new("D26", PendingDestruction, CancelDestruction, Quarantined, Eng2, "nothing removed from the rack; two engineers", "reason"),
        new("D27", PendingDestruction, RemovalScanned, DestructionStarted, Dc2, "scanned serial equals the order's; two people", "scans, seals"),
        new("D28", DestructionStarted, HsmEvent.HddDestroyed, HsmState.HddDestroyed, Dc2, "disk serial equals the order's; two witnesses", "method, photo hash, two names"),
        new("D29", HsmState.HddDestroyed, HsmDestroyed, Destroyed, Dc2, "scanned serial equals the order's; two witnesses", "certificate, signed bundle"),
        .. Enum.GetValues<HsmState>().Where(s => s != Destroyed).Select(s =>
            new Row("D30", s, TamperOrMismatch, Frozen(s), Auto, "", "raw event")),
        new("D31", Available, Retire, PendingDestruction, Eng2, "verified clean; two engineers", "reason"),
        new("D31", Quarantined, Retire, PendingDestruction, Eng2, "verified clean; two engineers", "reason"),
    ]);

    /// <summary>Who acts next in a state. The states on the way to destruction wait for people at the rack.</summary>
    public static StateMark MarkOf(HsmState state) => state is Commissioning or Patching or Reserved or HandingOver or Reclaiming or Released or Rebaselining
        ? StateMark.Passing
        : StateMark.Stable;

    /// <summary>What the system does when a passing state is overdue; null for a stable state. These steps have no guard, so that no state can be stuck.</summary>
    public static HsmEvent? OverdueEvent(HsmState state) => state switch
    {
        Commissioning => BaselineFailed,
        Patching => PatchFailed,
        Reserved => CancelReservation,
        HandingOver => HandOverFailed,
        Reclaiming => ReclaimFailed,
        Released => SanitisationMissed,
        Rebaselining => RebaselineFailed,
        _ => null,
    };

    /// <summary>
    /// Where a device stands after D30. What the operator could still put to use goes to quarantine. A customer's device, one under way between the
    /// two, and one on its way to destruction keep their state and get a hold: quarantine there would undo a step that has no way back.
    /// </summary>
    private static HsmState Frozen(HsmState state) =>
        state is Received or Racked or Commissioning or Available or Patching or Reserved or Rebaselining ? Quarantined : state;
}
