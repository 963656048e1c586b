namespace PaymentHsm.Domain.Fleet;

/// <summary>Keeps the last known readings of each device, so that after a restart the portal shows what it knew, as old as it is.</summary>
public interface IHealthStore
{
    /// <summary>The last known readings; null when none were ever stored.</summary>
    Task<LastKnown?> FindAsync(HsmSerial serial, CancellationToken cancellationToken);

    /// <summary>Replaces the last known readings. Loses nothing that matters when it is late or fails.</summary>
    Task SaveAsync(HsmSerial serial, LastKnown known, CancellationToken cancellationToken);
}

/// <summary>The last known readings of a device.</summary>
/// <param name="ObservedAt">When the device last answered.</param>
/// <param name="Firmware">Base firmware as last reported.</param>
/// <param name="Readings">Judged readings by name.</param>
public sealed record LastKnown(DateTimeOffset ObservedAt, string? Firmware, IReadOnlyDictionary<string, JudgedReading> Readings);
