namespace PaymentHsm.Domain.Fleet;

/// <summary>Who has the device (DOMAIN 2.1). Unknown counts as the customer's (R30).</summary>
public enum CustodyState
{
    Unknown,
    Operator,
    HandingOver,
    Customer,
    ComingBack,
}

/// <summary>Whether the operator's administrator account on the device works, as last read or tried.</summary>
public enum AdminAccess
{
    Unknown,
    Enabled,
    Disabled,
}

/// <summary>What is known about customer content on the device (R78).</summary>
public enum Sanitisation
{
    Unknown,
    VerifiedClean,
    Dirty,
    ReleasedUnverified,
}

/// <summary>Tamper latch. It stays until a person re-arms it on site.</summary>
public enum TamperState
{
    Unknown,
    None,
    Medium,
    High,
}

/// <summary>Commission state as the device itself reports it (OOB-PROFILE 5).</summary>
public enum CommissionState
{
    Unknown,
    Released,
    InCustody,
    Commissioned,
    Releasing,
    Reclaiming,
    EraseFailed,
}
