using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Firmware;

/// <summary>What a wave needs to know of a device.</summary>
/// <param name="Record">Lifecycle and custody, as stored.</param>
/// <param name="Location">Where it is.</param>
/// <param name="Firmware">Version as last read; null while never read.</param>
/// <param name="Health">Judged health; Unknown when the last reading is stale.</param>
/// <param name="Busy">The operation that holds it, in words; null when none does.</param>
public sealed record PoolDevice(DeviceRecord Record, Location Location, string? Firmware, Health Health, string? Busy)
{
    /// <summary>Why the operator may not patch it now; null when it may (R40).</summary>
    public string? Closed =>
        Record.Custody != CustodyState.Operator ? $"custody is {Record.Custody}: the customer patches it"
        : Record.State != HsmState.Available ? $"it is {Record.State}"
        : Record.Hold ? "it is on hold"
        : null;
}
