namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Lifecycle of a physical device (DOMAIN 2.1). Custody, health, tamper and the like are facts beside it, never merged into it.</summary>
public enum HsmState
{
    Received,
    Racked,
    Commissioning,
    Available,
    Patching,
    Reserved,
    HandingOver,
    Allocated,
    Released,
    Reclaiming,
    Rebaselining,
    Quarantined,
    PendingDestruction,
    DestructionStarted,
    HddDestroyed,
    Destroyed,
}
