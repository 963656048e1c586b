using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Tests.Lifecycle;

/// <summary>Facts that satisfy every guard, and devices in every state; tests take one thing away at a time.</summary>
internal static class TestFacts
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static readonly HsmSerial Serial = HsmSerial.Parse("A4665271234F");

    public static DeviceFacts Perfect(DateTimeOffset at) => new()
    {
        ReadAt = at,
        ReportedSerial = Serial,
        Health = Health.Ok,
        Tamper = TamperState.None,
        Commission = CommissionState.Released,
        CustomerContentPresent = false,
        AdminAccess = AdminAccess.Enabled,
        Login = new AdministratorLogin(AdministratorLoginOutcome.Refused, at, "401"),
        Sanitisation = Sanitisation.VerifiedClean,
        Baseline = new BaselineCheck(true, true, true),
        Erasure = new ErasureProof(true, true, true, true, true, true),
        LicenceReadBack = true,
        NetworkConnected = true,
        QuotaFree = true,
        ReserveKept = true,
        Allocation = "alloc-7f3a",
        ResourceDeleting = true,
        ResourceGone = true,
        ApprovalConsumed = true,
        Ticket = "T-10482",
        EngineerSignatures = 2,
        DatacenterSignatures = 2,
        RunbookVersion = "RB-7",
        ScannedSerial = Serial,
        DiskSerialMatches = true,
        SiteChecksPassed = true,
    };

    /// <summary>Perfect facts for an event: a few events want what others must not see.</summary>
    public static DeviceFacts For(HsmEvent trigger, DateTimeOffset at) => trigger switch
    {
        HsmEvent.AccessDisabled => Perfect(at) with { AdminAccess = AdminAccess.Disabled, Commission = CommissionState.InCustody },
        HsmEvent.HardwareFailed => Perfect(at) with { HardwareFailure = true },
        _ => Perfect(at),
    };

    /// <summary>A device in a state with the facts that it would have there.</summary>
    public static DeviceRecord In(HsmState state) => state switch
    {
        HsmState.Received or HsmState.Racked or HsmState.Commissioning => new(Serial, state, CustodyState.Operator, AdminAccess.Unknown, Sanitisation.Unknown, Now, 7),
        HsmState.Available or HsmState.Patching or HsmState.Rebaselining => DeviceRecord.InPool(Serial, Now) with { State = state, Fence = 7 },
        HsmState.Reserved => DeviceRecord.InPool(Serial, Now) with { State = state, Fence = 7, Allocation = "alloc-7f3a" },
        HsmState.HandingOver => new(Serial, state, CustodyState.HandingOver, AdminAccess.Unknown, Sanitisation.VerifiedClean, Now, 7, "alloc-7f3a"),
        HsmState.Allocated => new(Serial, state, CustodyState.Customer, AdminAccess.Disabled, Sanitisation.VerifiedClean, Now, 7, "alloc-7f3a"),
        HsmState.Released => new(Serial, state, CustodyState.ComingBack, AdminAccess.Disabled, Sanitisation.ReleasedUnverified, Now, 7, "alloc-7f3a"),
        HsmState.Reclaiming => new(Serial, state, CustodyState.ComingBack, AdminAccess.Disabled, Sanitisation.Dirty, Now, 7, "alloc-7f3a"),
        HsmState.Quarantined => Dirty,
        _ => Dirty with { State = state },
    };

    /// <summary>A quarantined unit that may hold customer content.</summary>
    public static DeviceRecord Dirty { get; } = new(Serial, HsmState.Quarantined, CustodyState.ComingBack, AdminAccess.Disabled, Sanitisation.Dirty, Now, 7);

    /// <summary>A quarantined unit of the pool.</summary>
    public static DeviceRecord CleanQuarantined { get; } = DeviceRecord.InPool(Serial, Now) with { State = HsmState.Quarantined, Fence = 7 };

    /// <summary>The device that an event can happen to.</summary>
    public static DeviceRecord Ready(HsmState state, HsmEvent trigger) =>
        state == HsmState.Quarantined && trigger is (HsmEvent.RepairSignedOff or HsmEvent.Retire) ? CleanQuarantined : In(state);

    public static DeviceRecord Done(Outcome<DeviceRecord> outcome) => Assert.IsType<Outcome<DeviceRecord>.Done>(outcome).Value;

    public static Refusal Refused(Outcome<DeviceRecord> outcome) => Assert.IsType<Outcome<DeviceRecord>.Refused>(outcome).Why;
}
