namespace PaymentHsm.Portal.WorkOrders;

/// <summary>The one question that a viewer is asked.</summary>
internal enum WorkScreen
{
    /// <summary>Nothing to do for this viewer: what was done, and by whom.</summary>
    Overview,
    Take,
    Go,
    Scan,
    WaitForSecond,
    Second,
    Cords,
    Watch,
    Destroy,
    Certify,
    Swap,
    Stop,
    Ended,
}
