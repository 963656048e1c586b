namespace PaymentHsm.Domain.Fleet;

/// <summary>
/// Looks at the readings together: redundancy, causes, and the health of the device. One cause carries one alert (R50, R51); what it explains is
/// unknown, or known and silent.
/// </summary>
internal static class HealthCauses
{
    private static readonly string[] Supplies = [ReadingName.PowerPsu1, ReadingName.PowerPsu2];
    private static readonly string[] HostLinks = [ReadingName.LinkHost1, ReadingName.LinkHost2];
    private static readonly string[] Links = [.. HostLinks, ReadingName.LinkMgmt];

    /// <summary>Gives every reading its shown health and why, and the device its overall health.</summary>
    public static HealthJudgement Explain(
        IReadOnlyDictionary<string, JudgedReading> confirmed, IReadOnlyDictionary<string, JudgedReading> previous, DateTimeOffset at)
    {
        var oobDown = IsDown(confirmed[ReadingName.Oob]);
        var switchDown = confirmed[ReadingName.Upstream].Confirmed == Health.Critical;
        var state = confirmed.ToDictionary(
            p => p.Key,
            p => Shown(p.Value, previous.GetValueOrDefault(p.Key), Judge(p.Key, confirmed, oobDown, switchDown), at),
            StringComparer.Ordinal);

        var needsConfirmation = state.Values.Any(r => r.Suspect is not null);
        string[] alerts = [.. ReadingName.All.Where(n => state[n].Shown.Health is Health.Warning or Health.Critical && !(switchDown && Links.Contains(n)))];
        return new HealthJudgement(state, Overall(state, oobDown && switchDown), needsConfirmation, alerts);
    }

    /// <summary>Down means no answer at all, not merely a critical word about it.</summary>
    private static bool IsDown(JudgedReading oob) => oob.Confirmed == Health.Critical;

    private static (Health Health, string? Why) Judge(string name, IReadOnlyDictionary<string, JudgedReading> all, bool oobDown, bool switchDown)
    {
        var own = all[name];
        if (oobDown && name == ReadingName.Tamper && own.Confirmed == Health.Critical)
        {
            return (Health.Critical, own.ConfirmedWhy);
        }

        if (oobDown && ReadingName.ThroughOob.Contains(name))
        {
            return (Health.Unknown, switchDown ? "OOB controller down behind the rack switch" : "OOB controller down");
        }

        return name switch
        {
            ReadingName.Oob when oobDown && switchDown => (Health.Unknown, $"Unknown because the rack switch is down. {own.ConfirmedWhy}"),
            _ when own.Confirmed != Health.Critical => (own.Confirmed, own.ConfirmedWhy),
            _ when Supplies.Contains(name) => AllCritical(all, Supplies)
                ? (Health.Critical, "Both power supplies are lost.")
                : (Health.Warning, $"{own.ConfirmedWhy} Redundancy is gone."),
            _ when Links.Contains(name) => AllCritical(all, HostLinks)
                ? (Health.Critical, $"{own.ConfirmedWhy} Both host links are down: no service.")
                : (Health.Warning, switchDown ? $"{own.ConfirmedWhy} The rack switch is down." : own.ConfirmedWhy),
            _ => (own.Confirmed, own.ConfirmedWhy),
        };
    }

    private static bool AllCritical(IReadOnlyDictionary<string, JudgedReading> all, string[] names) => names.All(n => all[n].Confirmed == Health.Critical);

    /// <summary>The shown health dates from the sample that began it, or from this poll when a neighbour changed it.</summary>
    private static JudgedReading Shown(JudgedReading reading, JudgedReading? previous, (Health Health, string? Why) judged, DateTimeOffset at)
    {
        var before = previous?.Shown;
        var since = before?.Health == judged.Health ? before.Since
            : before is null ? reading.ConfirmedSince
            : reading.ConfirmedSince > before.Since ? reading.ConfirmedSince
            : HealthRules.Later(at, before.Since);
        return reading with { Shown = reading.Shown with { Health = judged.Health, Since = since, Why = judged.Why } };
    }

    /// <summary>
    /// Worst of what is known; critical outranks not knowing. Behind a dead switch the device itself is not known and the switch carries the alert.
    /// A reading that cannot be read keeps the device from being OK.
    /// </summary>
    internal static Health Overall(IReadOnlyDictionary<string, JudgedReading> state, bool behindDeadSwitch = false)
    {
        if (state[ReadingName.Tamper].Shown.Health == Health.Critical)
        {
            return Health.Critical;
        }

        if (behindDeadSwitch)
        {
            return Health.Unknown;
        }

        if (state.Values.Any(r => r.Shown.Health == Health.Critical))
        {
            return Health.Critical;
        }

        var unknown = ReadingName.ThroughOob.Count(n => state[n].Shown.Health == Health.Unknown);
        if (unknown == ReadingName.ThroughOob.Count || state[ReadingName.Oob].Shown.Health == Health.Unknown)
        {
            return Health.Unknown;
        }

        return unknown > 0 || state.Values.Any(r => r.Shown.Health == Health.Warning) ? Health.Warning : Health.Ok;
    }
}
