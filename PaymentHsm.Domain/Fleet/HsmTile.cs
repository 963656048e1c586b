using PaymentHsm.Domain.Lifecycle;

namespace PaymentHsm.Domain.Fleet;

/// <summary>Everything a live view shows of one device; immutable, replaced as a whole.</summary>
/// <param name="Serial">Which device.</param>
/// <param name="Location">Where it is.</param>
/// <param name="Lifecycle">Lifecycle state (DOMAIN 2.1).</param>
/// <param name="Custody">Who has it.</param>
/// <param name="Customer">The customer's name while a customer has it or is about to; else null.</param>
/// <param name="Health">Worst judged health of its readings.</param>
/// <param name="ObservedAt">When the device was last asked and answered (UTC). Age and staleness are computed from it by the reader.</param>
/// <param name="Readings">By <see cref="ReadingName"/>; all twelve are always present.</param>
/// <param name="StaleAfter">Age of <paramref name="ObservedAt"/> beyond which the tile is stale: three polling intervals (R50).</param>
/// <param name="Operation">The operation that holds the device's lock, if any.</param>
/// <param name="Firmware">HSM base firmware as last reported; null while never read.</param>
/// <param name="Model">Model as enrolled.</param>
/// <param name="ClockSkew">Device clock minus portal clock; null while never read.</param>
/// <param name="Maintenance">The window that explains its one lost supply (R48); null when none does.</param>
public sealed record HsmTile(
    HsmSerial Serial,
    Location Location,
    HsmState Lifecycle,
    CustodyState Custody,
    string? Customer,
    Health Health,
    DateTimeOffset ObservedAt,
    IReadOnlyDictionary<string, Reading> Readings,
    TimeSpan StaleAfter,
    Guid? Operation = null,
    string? Firmware = null,
    string Model = "payShield 10K",
    TimeSpan? ClockSkew = null,
    FeedWindow? Maintenance = null)
{
    /// <summary>Age that no tile reaches: what is destroyed is not asked any more, so it cannot grow stale.</summary>
    public static TimeSpan NeverStale { get; } = TimeSpan.FromDays(3_650_000);

    /// <summary>True when the device no longer exists: it is not polled, and its readings are history.</summary>
    public bool IsDestroyed => Lifecycle == HsmState.Destroyed;

    /// <summary>True when the last answer is too old to be called live.</summary>
    public bool IsStale(DateTimeOffset now) => !IsDestroyed && now - ObservedAt > StaleAfter;

    /// <summary>True while the tamper latch was last read as set: it outranks every other state.</summary>
    public bool IsTampered => !IsDestroyed && Readings.TryGetValue(ReadingName.Tamper, out var tamper) && tamper.Value.Word is "TamperingDetected";
}
