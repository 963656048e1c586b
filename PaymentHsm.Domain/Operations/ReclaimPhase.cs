namespace PaymentHsm.Domain.Operations;

/// <summary>How far a Reclaim is (OOB-PROFILE 9). Stored before each act.</summary>
public enum ReclaimPhase
{
    /// <summary>Nothing was sent, or the device itself said that nothing arrived.</summary>
    Planned,

    /// <summary>A request is going out, or was when the portal died: its fate is not known.</summary>
    Sending,

    /// <summary>The device accepted it.</summary>
    Accepted,

    /// <summary>The device is at work.</summary>
    Running,

    /// <summary>A request may have arrived: look up, never send again before the device says that it did not.</summary>
    Unknown,

    /// <summary>The device says that it is done; what it shows is being read.</summary>
    ReadingBack,

    /// <summary>Read back: nothing of the customer is left.</summary>
    Erased,

    /// <summary>Not proven to be erased.</summary>
    Failed,
}
