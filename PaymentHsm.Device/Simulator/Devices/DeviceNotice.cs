namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Something to tell a listener at once.</summary>
internal abstract record DeviceNotice
{
    /// <summary>A new audit entry.</summary>
    public sealed record Entry(AuditEntry Value) : DeviceNotice;

    /// <summary>The health of a part changed without an audit entry.</summary>
    /// <param name="LastEntry">Highest audit id so far.</param>
    /// <param name="At">When.</param>
    /// <param name="Origin">Path of the part.</param>
    /// <param name="Health">Its health now.</param>
    public sealed record Status(long LastEntry, DateTimeOffset At, string Origin, string Health) : DeviceNotice;

    /// <summary>The out-of-band controller restarts or lost power: every stream and session of it ends.</summary>
    public sealed record Gone : DeviceNotice;
}
