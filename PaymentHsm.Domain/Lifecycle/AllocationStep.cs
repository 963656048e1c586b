namespace PaymentHsm.Domain.Lifecycle;

/// <summary>The steps of giving a device to a customer, in order (W1).</summary>
public enum AllocationStep
{
    /// <summary>W1 step 3: take a device of the pool (D9).</summary>
    Reserve,

    /// <summary>W1 step 4: set the SKU's licence and read it back.</summary>
    Licence,

    /// <summary>W1 step 5: three interfaces up in the customer's subnet.</summary>
    Connect,

    /// <summary>W1 step 6: give up access (D11); the operator's last act on the device.</summary>
    HandOver,

    /// <summary>W1 step 6: an administrator login must be refused (R13).</summary>
    NegativeTest,

    /// <summary>W1 step 7: custody passes, the allocation record opens (D12).</summary>
    Flip,
}
