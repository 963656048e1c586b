namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What can happen to a device (DOMAIN 2.1); the transition of each says who may cause it and what it leaves as evidence.</summary>
public enum HsmEvent
{
    /// <summary>D1: the unit arrived with an intact seal.</summary>
    Receive,

    /// <summary>D2: bolted in, two feeds and the OOB port mapped.</summary>
    Rack,

    /// <summary>D3: the OOB controller answers with the serial on the manifest.</summary>
    Commission,

    /// <summary>D4.</summary>
    BaselinePassed,

    /// <summary>D5.</summary>
    BaselineFailed,

    /// <summary>D6.</summary>
    StartPatch,

    /// <summary>D7.</summary>
    Patched,

    /// <summary>D8.</summary>
    PatchFailed,

    /// <summary>D9: taken for a customer's resource.</summary>
    Reserve,

    /// <summary>D10.</summary>
    CancelReservation,

    /// <summary>D11: the operator begins to give up access.</summary>
    HandOver,

    /// <summary>D12: the operator's administrator login was observed to be refused.</summary>
    AccessDisabled,

    /// <summary>D13.</summary>
    HandOverFailed,

    /// <summary>D14: a soft or hard reboot begins.</summary>
    Restart,

    /// <summary>D15: a delete check found that the customer had released the device.</summary>
    ReleaseObserved,

    /// <summary>D16: automation begins to Reclaim on behalf of the former customer.</summary>
    StartReclaim,

    /// <summary>D17.</summary>
    ReclaimVerified,

    /// <summary>D18.</summary>
    ReclaimFailed,

    /// <summary>D19: every point of the R78 list was read back.</summary>
    SanitisationVerified,

    /// <summary>D20.</summary>
    SanitisationMissed,

    /// <summary>D20b: the case says that the hardware failed; such a unit never goes back to the pool.</summary>
    HardwareFailed,

    /// <summary>D21.</summary>
    Rebaselined,

    /// <summary>D22.</summary>
    RebaselineFailed,

    /// <summary>D23: an engineer signed off the repair of a clean unit.</summary>
    RepairSignedOff,

    /// <summary>D24: a later Reclaim of a dirty unit was verified after all.</summary>
    ReclaimedLater,

    /// <summary>D25.</summary>
    OrderDestruction,

    /// <summary>D26.</summary>
    CancelDestruction,

    /// <summary>D27: the unit left the rack; there is no way back.</summary>
    RemovalScanned,

    /// <summary>D28.</summary>
    HddDestroyed,

    /// <summary>D29.</summary>
    HsmDestroyed,

    /// <summary>D30: a high tamper, or another serial number answered at the device's address.</summary>
    TamperOrMismatch,

    /// <summary>D31: a clean unit leaves service.</summary>
    Retire,
}
