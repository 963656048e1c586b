using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What a transition does to the facts beside the lifecycle state. Asked only after the guard said yes.</summary>
internal static class DeviceEffects
{
    /// <summary>The device with custody, access and content as they are after <paramref name="trigger"/>.</summary>
    public static DeviceRecord Of(HsmEvent trigger, DeviceRecord device, DeviceFacts facts) => trigger switch
    {
        HsmEvent.BaselinePassed or HsmEvent.Rebaselined => device with { Sanitisation = Sanitisation.VerifiedClean, AdminAccess = AdminAccess.Enabled },
        HsmEvent.BaselineFailed => device with { Sanitisation = facts.Sanitisation == Sanitisation.Unknown ? device.Sanitisation : facts.Sanitisation },
        HsmEvent.Reserve => device with { Allocation = facts.Allocation },
        HsmEvent.CancelReservation => device with { Allocation = null },

        // From here until the negative test nobody knows whether access still works.
        HsmEvent.HandOver => device with { Custody = CustodyState.HandingOver, AdminAccess = AdminAccess.Unknown },

        // What is on the device is the customer's from now on; only a verified erasure makes it clean again.
        HsmEvent.AccessDisabled => device with { Custody = CustodyState.Customer, AdminAccess = AdminAccess.Disabled, Sanitisation = Sanitisation.Dirty },
        HsmEvent.HandOverFailed => HandOverFailed(device, facts),
        HsmEvent.ReleaseObserved or HsmEvent.ReclaimVerified or HsmEvent.ReclaimedLater =>
            device with { Custody = CustodyState.ComingBack, Sanitisation = Sanitisation.ReleasedUnverified },
        HsmEvent.StartReclaim => device with { Custody = CustodyState.ComingBack, Sanitisation = Sanitisation.Dirty },
        HsmEvent.ReclaimFailed => device with { Sanitisation = Sanitisation.Dirty, Allocation = null, HardwareFailed = device.HardwareFailed || facts.HardwareFailure },
        HsmEvent.SanitisationVerified =>
            device with { Custody = CustodyState.Operator, AdminAccess = AdminAccess.Enabled, Sanitisation = Sanitisation.VerifiedClean, Allocation = null },
        HsmEvent.SanitisationMissed => device with { Allocation = null, HardwareFailed = device.HardwareFailed || facts.HardwareFailure },

        // Erased or not, it stays out of the pool, and nobody gets in again (R79).
        HsmEvent.HardwareFailed when facts.Erasure is { Misses.Count: 0 } => device with { Sanitisation = Sanitisation.VerifiedClean, Allocation = null, HardwareFailed = true },
        HsmEvent.HardwareFailed => device with { Allocation = null, HardwareFailed = true },
        HsmEvent.TamperOrMismatch => device with { Hold = true, Allocation = device.State == HsmState.Reserved ? null : device.Allocation },
        _ => device,
    };

    /// <summary>
    /// No customer ever had it, but the operator may be locked out already. Only a login that was let in proves the opposite; without that proof the way
    /// back is the one of a customer's device: Reclaim and verification (R29, I2).
    /// </summary>
    private static DeviceRecord HandOverFailed(DeviceRecord device, DeviceFacts facts) =>
        facts.Login is { Outcome: AdministratorLoginOutcome.LetIn } login && login.At >= device.StateSince
            ? device with { Custody = CustodyState.Operator, AdminAccess = AdminAccess.Enabled, Allocation = null }
            : device with { Custody = CustodyState.ComingBack, Sanitisation = Sanitisation.ReleasedUnverified, Allocation = null };
}
