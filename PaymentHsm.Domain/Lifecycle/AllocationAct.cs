namespace PaymentHsm.Domain.Lifecycle;

/// <summary>What the driver of an allocation does next.</summary>
public abstract record AllocationAct
{
    private AllocationAct()
    {
    }

    /// <summary>Store the intent, then perform this step.</summary>
    public sealed record Perform(AllocationStep Step) : AllocationAct;

    /// <summary>Undo what was done, in the order given, and send the device there.</summary>
    /// <param name="Undo">Steps to take back, last one first.</param>
    /// <param name="Target">Where the device goes.</param>
    /// <param name="Reason">Why, for the resource's status message.</param>
    public sealed record Compensate(IReadOnlyList<AllocationStep> Undo, CompensationTarget Target, string Reason) : AllocationAct;

    /// <summary>The customer has the device.</summary>
    public sealed record Finished : AllocationAct;
}

/// <summary>Where a device goes when its allocation fails.</summary>
public enum CompensationTarget
{
    /// <summary>No device was taken.</summary>
    None,

    /// <summary>D10: the operator's access was never given up.</summary>
    Pool,

    /// <summary>D13: access was given up, or may have been.</summary>
    Quarantine,
}
