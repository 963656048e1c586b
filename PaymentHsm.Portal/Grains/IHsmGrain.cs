namespace PaymentHsm.Portal.Grains;

/// <summary>The one writer of a device, keyed by its serial.</summary>
internal interface IHsmGrain : IGrainWithStringKey
{
    /// <summary>Takes the device up: loads what is stored, goes on with what was interrupted, and registers for polling on this node.</summary>
    Task StartAsync();

    /// <summary>Reads the device's health once and publishes it. True when a change waits for its next sample and should be read again soon.</summary>
    Task<bool> PollAsync();

    /// <summary>Publishes what is stored of the device, without asking it: after somebody else moved it, or before its address is known.</summary>
    Task RefreshAsync();

    /// <summary>Begins to drive an operation, or wakes up the one that is being driven.</summary>
    Task DriveAsync(Guid operation);
}
