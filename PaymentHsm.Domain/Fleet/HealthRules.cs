namespace PaymentHsm.Domain.Fleet;

/// <summary>
/// Judges polls (R45-R51). Pure: previous state, a poll and the time in; new state out. A changed health needs consecutive samples (R49), tamper
/// is the one exception; what cannot be read is unknown and keeps its last value with its age (R50); one cause carries one alert (R51).
/// </summary>
public static class HealthRules
{
    /// <summary>The state of a device that was never polled.</summary>
    public static IReadOnlyDictionary<string, JudgedReading> Unread(DateTimeOffset now) =>
        ReadingName.All.ToDictionary(n => n, n => JudgedReading.Unread(n, now), StringComparer.Ordinal);

    /// <summary>Judges one poll. Readings that <paramref name="previous"/> lacks count as never read; names that are no reading are ignored.</summary>
    public static HealthJudgement Judge(
        IReadOnlyDictionary<string, JudgedReading> previous, HealthPoll poll, DateTimeOffset now, HealthOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(poll);
        options ??= HealthOptions.Default;
        var at = poll.At < now ? poll.At : now;
        var samples = poll.Samples.GroupBy(s => s.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);

        var confirmed = ReadingName.All.Select(name =>
        {
            var before = previous.GetValueOrDefault(name) ?? JudgedReading.Unread(name, now);
            return name == ReadingName.Oob
                ? OobReading.Confirm(before, poll, at, options)
                : Confirm(before, samples.GetValueOrDefault(name), poll.Reach, at, options);
        }).ToDictionary(r => r.Shown.Name, StringComparer.Ordinal);

        return HealthCauses.Explain(confirmed, previous, at);
    }

    private static JudgedReading Confirm(JudgedReading before, Sample? sample, OobReach reach, DateTimeOffset at, HealthOptions options)
    {
        var name = before.Shown.Name;
        if (reach == OobReach.Down && ReadingName.ThroughOob.Contains(name))
        {
            // Not evidence about this reading: the controller itself is silent. It turns unknown when that is confirmed.
            return before with { Suspect = null, SuspectCount = 0 };
        }

        var judged = SampleJudgement.Of(name, sample, before.Confirmed, options);
        if (judged.Health == Health.Unknown)
        {
            // The latch outlives every sample that does not say otherwise.
            return name == ReadingName.Tamper && before.Confirmed == Health.Critical
                ? before with { Suspect = null, SuspectCount = 0 }
                : before.At(Health.Unknown, judged.Why, at);
        }

        var seen = before with
        {
            Shown = before.Shown with { Value = sample!.Value, Unit = sample.Unit, Source = sample.Source, ObservedAt = Later(at, before.Shown.ObservedAt) },
        };
        var atOnce = before.NeverRead || (name == ReadingName.Tamper && judged.Health == Health.Critical);
        return seen.Weigh(judged, at, atOnce ? 1 : options.SamplesToConfirm);
    }

    /// <summary>Counts a sample for or against the confirmed health, and changes that when <paramref name="needed"/> samples in a row agree.</summary>
    internal static JudgedReading Weigh(this JudgedReading reading, SampleJudgement judged, DateTimeOffset at, int needed)
    {
        if (judged.Health == reading.Confirmed)
        {
            return reading with { ConfirmedWhy = judged.Why, Suspect = null, SuspectCount = 0 };
        }

        var again = reading.Suspect == judged.Health;
        var since = again ? reading.SuspectSince : at;
        var count = again ? reading.SuspectCount + 1 : 1;
        return count >= needed
            ? reading.At(judged.Health, judged.Why, since)
            : reading with { Suspect = judged.Health, SuspectSince = since, SuspectCount = count };
    }

    /// <summary>The reading with a confirmed health; <see cref="JudgedReading.ConfirmedSince"/> moves only when the health changes, and never back.</summary>
    internal static JudgedReading At(this JudgedReading reading, Health health, string? why, DateTimeOffset since) => reading with
    {
        Confirmed = health,
        ConfirmedSince = health == reading.Confirmed ? reading.ConfirmedSince : Later(since, reading.ConfirmedSince),
        ConfirmedWhy = why,
        Suspect = null,
        SuspectCount = 0,
    };

    internal static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
