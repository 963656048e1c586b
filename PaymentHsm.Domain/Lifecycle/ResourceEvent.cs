namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What can happen to a customer's resource (DOMAIN 2.2).</summary>
public enum ResourceEvent
{
    /// <summary>A1.</summary>
    Create,

    /// <summary>A2.</summary>
    QuotaFree,

    /// <summary>A2: more than the quota per stamp and region (R19).</summary>
    QuotaExceeded,

    /// <summary>A3: a device was reserved (D9).</summary>
    Reserved,

    /// <summary>A3.</summary>
    NoCapacity,

    /// <summary>A4: licence and configuration are set.</summary>
    Configured,

    /// <summary>A5: three network interfaces up and the device allocated (D12).</summary>
    Connected,

    /// <summary>A6: anything went wrong while creating.</summary>
    Error,

    /// <summary>A7 (R16).</summary>
    ChangeSku,

    /// <summary>A8.</summary>
    Delete,

    /// <summary>A9: the release check says no (R70).</summary>
    NotReleased,

    /// <summary>A10: the release check cannot be read.</summary>
    ReleaseUnknown,

    /// <summary>A11: released; verification has begun.</summary>
    Released,

    /// <summary>A12: force delete; the device was reclaimed or given up (R80).</summary>
    ReclaimEnded,

    /// <summary>A13: deletion goes on after a crash.</summary>
    Resume,
}
