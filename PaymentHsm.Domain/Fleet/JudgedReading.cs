namespace PaymentHsm.Domain.Fleet;

/// <summary>A reading with what the health rules must remember between polls.</summary>
/// <param name="Shown">The judged reading as pages and clients see it.</param>
/// <param name="Confirmed">Its own health, confirmed by consecutive samples (R49), before redundancy and causes are looked at.</param>
/// <param name="ConfirmedSince">Time of the first sample that showed <paramref name="Confirmed"/>.</param>
/// <param name="ConfirmedWhy">Why it is not OK; null when it is.</param>
/// <param name="Suspect">Another health that the latest samples show, not confirmed yet; null when they agree.</param>
/// <param name="SuspectSince">Time of the first of those samples.</param>
/// <param name="SuspectCount">How many of them there were in a row.</param>
public sealed record JudgedReading(
    Reading Shown,
    Health Confirmed,
    DateTimeOffset ConfirmedSince,
    string? ConfirmedWhy,
    Health? Suspect = null,
    DateTimeOffset SuspectSince = default,
    int SuspectCount = 0)
{
    /// <summary>Observation time of a reading that was never read.</summary>
    public static readonly DateTimeOffset Never = DateTimeOffset.UnixEpoch;

    /// <summary>True while no value was ever read.</summary>
    public bool NeverRead => Shown.ObservedAt == Never;

    /// <summary>A reading before the first sample.</summary>
    public static JudgedReading Unread(string name, DateTimeOffset now)
    {
        const string why = "Not read yet.";
        var source = name switch { ReadingName.Oob => "Portal", ReadingName.Upstream => "Switch", _ => "OOB" };
        return new(new Reading(name, ReadingValue.None, null, Health.Unknown, Never, now, source, why), Health.Unknown, now, why);
    }
}
