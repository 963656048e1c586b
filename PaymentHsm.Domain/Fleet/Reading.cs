namespace PaymentHsm.Domain.Fleet;

/// <summary>One judged reading of one device: what was seen, when, by whom, and what it means (R50).</summary>
/// <param name="Name">One of <see cref="ReadingName"/>.</param>
/// <param name="Value">Last value seen; kept when the reading turns unknown, so that a person sees the last good one with its age.</param>
/// <param name="Unit">UCUM-like unit (<c>Cel</c>, <c>%</c>, <c>V</c>, <c>ms</c>), null for words.</param>
/// <param name="Health">Judged health, after hysteresis (R49).</param>
/// <param name="ObservedAt">When <paramref name="Value"/> was read from the device (UTC).</param>
/// <param name="Since">Since when the health is what it is (UTC).</param>
/// <param name="Source">Who said so: <c>OOB</c>, <c>Portal</c>, <c>Switch</c>.</param>
/// <param name="Why">Why the reading is not OK or not known, in words; null when OK.</param>
public sealed record Reading(
    string Name,
    ReadingValue Value,
    string? Unit,
    Health Health,
    DateTimeOffset ObservedAt,
    DateTimeOffset Since,
    string Source,
    string? Why = null);
