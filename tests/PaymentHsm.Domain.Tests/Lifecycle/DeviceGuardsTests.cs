using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using static PaymentHsm.Domain.Tests.Lifecycle.TestFacts;

namespace PaymentHsm.Domain.Tests.Lifecycle;

/// <summary>Each guard with one thing taken away from perfect facts: the refusal must name the rule.</summary>
public sealed class DeviceGuardsTests
{
    private static readonly DateTimeOffset Later = Now.AddSeconds(30);

    /// <summary>Event, state, what is taken away, rule that must answer.</summary>
    private static readonly Dictionary<string, (HsmEvent Trigger, DeviceRecord Device, Func<DeviceFacts, DeviceFacts> Spoil, string Rule)> Cases = new()
    {
        ["another serial answers at commissioning"] = (HsmEvent.Commission, In(HsmState.Racked), f => f with { ReportedSerial = HsmSerial.Parse("B0000000001C") }, "D3"),
        ["baseline without a read"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { ReadAt = null }, "D4"),
        ["baseline with old facts"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { ReadAt = Now.AddMinutes(-2) }, "D4"),
        ["baseline with facts of tomorrow"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { ReadAt = Now.AddDays(1) }, "D4"),
        ["firmware not approved"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { Baseline = new(false, true, true) }, "D4"),
        ["licences incomplete"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { Baseline = new(true, false, true) }, "D4"),
        ["self-test failed"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { Baseline = new(true, true, false) }, "D4"),
        ["baseline not checked"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { Baseline = null }, "D4"),
        ["content unknown at commissioning"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { Sanitisation = Sanitisation.Unknown }, "I3"),
        ["no administrator access at commissioning"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { AdminAccess = AdminAccess.Unknown }, "D4"),
        ["tampered at commissioning"] = (HsmEvent.BaselinePassed, In(HsmState.Commissioning), f => f with { Tamper = TamperState.Medium }, "D4"),
        ["patching a customer's device"] = (HsmEvent.StartPatch, In(HsmState.Available) with { Custody = CustodyState.Customer }, f => f, "R40"),
        ["patching below the reserve"] = (HsmEvent.StartPatch, In(HsmState.Available), f => f with { ReserveKept = false }, "R44"),
        ["patched but off baseline"] = (HsmEvent.Patched, In(HsmState.Patching), f => f with { Baseline = new(false, true, true) }, "D7"),
        ["reserve with custody unknown"] = (HsmEvent.Reserve, In(HsmState.Available) with { Custody = CustodyState.Unknown }, f => f, "R30"),
        ["reserve while tampered"] = (HsmEvent.Reserve, In(HsmState.Available), f => f with { Tamper = TamperState.High }, "R23"),
        ["reserve with tamper unknown"] = (HsmEvent.Reserve, In(HsmState.Available), f => f with { Tamper = TamperState.Unknown }, "R23"),
        ["reserve dirty"] = (HsmEvent.Reserve, In(HsmState.Available) with { Sanitisation = Sanitisation.Dirty }, f => f, "R23"),
        ["reserve off baseline"] = (HsmEvent.Reserve, In(HsmState.Available), f => f with { Baseline = new(true, false, true) }, "R23"),
        ["reserve on stale telemetry"] = (HsmEvent.Reserve, In(HsmState.Available), f => f with { ReadAt = Now.AddMinutes(-5) }, "R23"),
        ["reserve with a warning"] = (HsmEvent.Reserve, In(HsmState.Available), f => f with { Health = Health.Warning }, "R23"),
        ["reserve with health unknown"] = (HsmEvent.Reserve, In(HsmState.Available), f => f with { Health = Health.Unknown }, "R23"),
        ["reserve over the quota"] = (HsmEvent.Reserve, In(HsmState.Available), f => f with { QuotaFree = false }, "R19"),
        ["reserve without an allocation"] = (HsmEvent.Reserve, In(HsmState.Available), f => f with { Allocation = null }, "D9"),
        ["hand over without licence"] = (HsmEvent.HandOver, In(HsmState.Reserved), f => f with { LicenceReadBack = false }, "D11"),
        ["hand over without network"] = (HsmEvent.HandOver, In(HsmState.Reserved), f => f with { NetworkConnected = false }, "D11"),
        ["hand over while tampered"] = (HsmEvent.HandOver, In(HsmState.Reserved), f => f with { Tamper = TamperState.Medium }, "R23"),
        ["no negative test"] = (HsmEvent.AccessDisabled, In(HsmState.HandingOver), f => f with { Login = null }, "R13"),
        ["negative test not carried out"] = (HsmEvent.AccessDisabled, In(HsmState.HandingOver), f => f with { Login = new(AdministratorLoginOutcome.NotTried, Later, "") }, "R13"),
        ["administrator let in"] = (HsmEvent.AccessDisabled, In(HsmState.HandingOver), f => f with { Login = new(AdministratorLoginOutcome.LetIn, Later, "201") }, "I1"),
        ["negative test of an earlier hand-over"] = (HsmEvent.AccessDisabled, In(HsmState.HandingOver), f => f with { Login = new(AdministratorLoginOutcome.Refused, Now.AddSeconds(-1), "401") }, "R13"),
        ["negative test of tomorrow"] = (HsmEvent.AccessDisabled, In(HsmState.HandingOver), f => f with { Login = new(AdministratorLoginOutcome.Refused, Now.AddDays(1), "401") }, "R13"),
        ["device says access is enabled"] = (HsmEvent.AccessDisabled, In(HsmState.HandingOver), f => f with { AdminAccess = AdminAccess.Enabled }, "I1"),
        ["restart without a ticket"] = (HsmEvent.Restart, In(HsmState.Allocated), f => f with { Ticket = " " }, "R53"),
        ["restart of a tampered device"] = (HsmEvent.Restart, In(HsmState.Allocated), f => f with { Tamper = TamperState.High }, "R52"),
        ["restart of both of a pair"] = (HsmEvent.Restart, In(HsmState.Allocated), f => f with { PairBusy = true }, "R67"),
        ["release without a deletion"] = (HsmEvent.ReleaseObserved, In(HsmState.Allocated), f => f with { ResourceDeleting = false }, "D15"),
        ["delete while commissioned"] = (HsmEvent.ReleaseObserved, In(HsmState.Allocated), f => f with { Commission = CommissionState.Commissioned }, "R70"),
        ["delete with commission state unknown"] = (HsmEvent.ReleaseObserved, In(HsmState.Allocated), f => f with { Commission = CommissionState.Unknown }, "R70"),
        ["delete on an old release read"] = (HsmEvent.ReleaseObserved, In(HsmState.Allocated), f => f with { ReadAt = Now.AddMinutes(-5) }, "R70"),
        ["released, but content still there"] = (HsmEvent.ReleaseObserved, In(HsmState.Allocated), f => f with { CustomerContentPresent = true }, "R70"),
        ["released, content not known"] = (HsmEvent.ReleaseObserved, In(HsmState.Allocated), f => f with { CustomerContentPresent = null }, "R70"),
        ["Reclaim without a deletion"] = (HsmEvent.StartReclaim, In(HsmState.Allocated), f => f with { ResourceDeleting = false }, "R73"),
        ["Reclaim without an approval"] = (HsmEvent.StartReclaim, In(HsmState.Allocated), f => f with { ApprovalConsumed = false }, "I5"),
        ["Reclaim acknowledged, not read back"] = (HsmEvent.ReclaimVerified, In(HsmState.Reclaiming), f => f with { Commission = CommissionState.Reclaiming }, "D17"),
        ["Reclaim read back from another unit"] = (HsmEvent.ReclaimVerified, In(HsmState.Reclaiming), f => f with { ReportedSerial = null }, "D17"),
        ["no R78 list"] = (HsmEvent.SanitisationVerified, In(HsmState.Released), f => f with { Erasure = null }, "R78"),
        ["LMK left behind"] = (HsmEvent.SanitisationVerified, In(HsmState.Released), f => f with { Erasure = f.Erasure! with { NoLmk = false } }, "R78"),
        ["administrator access not observed"] = (HsmEvent.SanitisationVerified, In(HsmState.Released), f => f with { AdminAccess = AdminAccess.Disabled }, "R29"),
        ["failed hardware to the pool"] = (HsmEvent.SanitisationVerified, In(HsmState.Released), f => f with { HardwareFailure = true }, "R79"),
        ["hardware failure not recorded"] = (HsmEvent.HardwareFailed, In(HsmState.Released), f => f with { HardwareFailure = false }, "R79"),
        ["rebaselined with tamper"] = (HsmEvent.Rebaselined, In(HsmState.Rebaselining), f => f with { Tamper = TamperState.Unknown }, "D21"),
        ["repair of a dirty unit"] = (HsmEvent.RepairSignedOff, Dirty with { Custody = CustodyState.Operator }, f => f, "I7"),
        ["repair of a unit not in custody"] = (HsmEvent.RepairSignedOff, Dirty, f => f, "I7"),
        ["repair of a failed customer unit"] = (HsmEvent.RepairSignedOff, CleanQuarantined with { HardwareFailed = true }, f => f, "R79"),
        ["repair nobody signed"] = (HsmEvent.RepairSignedOff, CleanQuarantined, f => f with { EngineerSignatures = 0 }, "D23"),
        ["late Reclaim signed by one"] = (HsmEvent.ReclaimedLater, Dirty, f => f with { EngineerSignatures = 1 }, "R80"),
        ["late Reclaim not read back"] = (HsmEvent.ReclaimedLater, Dirty, f => f with { Commission = CommissionState.EraseFailed }, "R80"),
        ["late Reclaim of a clean unit"] = (HsmEvent.ReclaimedLater, CleanQuarantined, f => f, "D24"),
        ["destruction while a resource exists"] = (HsmEvent.OrderDestruction, Dirty, f => f with { ResourceGone = false }, "D25"),
        ["destruction without a runbook"] = (HsmEvent.OrderDestruction, Dirty, f => f with { RunbookVersion = null }, "D25"),
        ["destruction signed by one"] = (HsmEvent.OrderDestruction, Dirty, f => f with { EngineerSignatures = 1 }, "D25"),
        ["cancelled by one"] = (HsmEvent.CancelDestruction, In(HsmState.PendingDestruction), f => f with { EngineerSignatures = 1 }, "D26"),
        ["another unit scanned"] = (HsmEvent.RemovalScanned, In(HsmState.PendingDestruction), f => f with { ScannedSerial = HsmSerial.Parse("B0000000001C") }, "D27"),
        ["one witness at removal"] = (HsmEvent.RemovalScanned, In(HsmState.PendingDestruction), f => f with { DatacenterSignatures = 1 }, "D27"),
        ["another disk"] = (HsmEvent.HddDestroyed, In(HsmState.DestructionStarted), f => f with { DiskSerialMatches = false }, "D28"),
        ["one witness at the disk"] = (HsmEvent.HddDestroyed, In(HsmState.DestructionStarted), f => f with { DatacenterSignatures = 1 }, "D28"),
        ["nothing scanned at the end"] = (HsmEvent.HsmDestroyed, In(HsmState.HddDestroyed), f => f with { ScannedSerial = null }, "D29"),
        ["retire a dirty unit"] = (HsmEvent.Retire, Dirty, f => f, "D31"),
        ["retire signed by one"] = (HsmEvent.Retire, In(HsmState.Available), f => f with { EngineerSignatures = 1 }, "D31"),
    };

    public static TheoryData<string> CaseNames() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Apply_OneThingMissing_IsRefusedByItsRuleAndChangesNothing(string name)
    {
        var (trigger, device, spoil, rule) = Cases[name];

        var why = Refused(device.Apply(trigger, spoil(For(trigger, Later)), Later));

        Assert.Equal(rule, why.RuleId);
        Assert.NotEmpty(why.Reason);
    }

    public static TheoryData<HsmState, HsmEvent> Frozen() => new()
    {
        { HsmState.Commissioning, HsmEvent.BaselinePassed },
        { HsmState.Available, HsmEvent.StartPatch },
        { HsmState.Available, HsmEvent.Reserve },
        { HsmState.Reserved, HsmEvent.HandOver },
        { HsmState.HandingOver, HsmEvent.AccessDisabled },
        { HsmState.Allocated, HsmEvent.Restart },
        { HsmState.Released, HsmEvent.SanitisationVerified },
        { HsmState.Rebaselining, HsmEvent.Rebaselined },
        { HsmState.Quarantined, HsmEvent.RepairSignedOff },
    };

    [Theory]
    [MemberData(nameof(Frozen))]
    public void R52_Apply_HeldDevice_IsFrozenUntilTheHoldIsLifted(HsmState state, HsmEvent trigger)
    {
        var held = Ready(state, trigger) with { Hold = true };

        Assert.Equal("R52", Refused(held.Apply(trigger, For(trigger, Later), Later)).RuleId);

        var lifted = Done(held.LiftHold(Perfect(Later), Later));
        Assert.IsType<Outcome<DeviceRecord>.Done>(lifted.Apply(trigger, For(trigger, Later), Later));
    }

    [Fact]
    public void R52_LiftHold_NeedsAReArmedLatchTheRightUnitAndAnEngineer()
    {
        var held = In(HsmState.Allocated) with { Hold = true };

        Assert.Equal("R52", Refused(held.LiftHold(Perfect(Later) with { Tamper = TamperState.Medium }, Later)).RuleId);
        Assert.Equal("R52", Refused(held.LiftHold(Perfect(Later) with { Tamper = TamperState.Unknown }, Later)).RuleId);
        Assert.Equal("R52", Refused(held.LiftHold(Perfect(Later) with { ReportedSerial = null }, Later)).RuleId);
        Assert.Equal(RefusalKind.NotThisPerson, Refused(held.LiftHold(Perfect(Later) with { EngineerSignatures = 0 }, Later)).Kind);
        Assert.Equal("R52", Refused((held with { Hold = false }).LiftHold(Perfect(Later), Later)).RuleId);
    }
}
