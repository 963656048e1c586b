namespace PaymentHsm.Domain.Lifecycle;

/// <summary>Who acts next in a state.</summary>
public enum StateMark
{
    /// <summary>A person acts next; the state may last.</summary>
    Stable,

    /// <summary>The system acts next; the state has a deadline (I10).</summary>
    Passing,
}
