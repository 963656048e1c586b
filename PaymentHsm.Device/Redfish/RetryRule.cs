using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Redfish;

/// <summary>When to send a GET again (OOB-PROFILE 10). Pure.</summary>
internal static class RetryRule
{
    /// <summary>Most retries of one GET.</summary>
    public const int Most = 3;

    /// <summary>Most connects of one request that may have an effect.</summary>
    public const int MostConnects = 3;

    private static readonly TimeSpan BusyDefault = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BusyLeast = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyMost = TimeSpan.FromSeconds(60);

    /// <summary>The wait before the next try; null when there is none.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="retriesDone">Retries so far.</param>
    /// <param name="chance">Even chance in [0, 1): spreads waits by a fifth either way, so that a fleet does not knock in step.</param>
    public static TimeSpan? NextWait(RedfishException fault, int retriesDone, double chance)
    {
        if (retriesDone >= fault.GetRetries)
        {
            return null;
        }

        return fault.Fault == LinkFault.Busy
            ? BusyWait(fault.RetryAfter)
            : Spread(TimeSpan.FromSeconds(0.5 * Math.Pow(2, retriesDone)), chance);
    }

    /// <summary>The controller's wish, held between 1 and 60 s; 5 s when it named none.</summary>
    public static TimeSpan BusyWait(TimeSpan? asked) =>
        asked is { } wait ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks, BusyLeast.Ticks, BusyMost.Ticks)) : BusyDefault;

    /// <summary>The wait after a connect that failed before a byte was written.</summary>
    public static TimeSpan ConnectWait(int attempt, double chance) => Spread(TimeSpan.FromSeconds(0.5 * attempt), chance);

    /// <summary>A wait of 80 to 120 per cent.</summary>
    public static TimeSpan Spread(TimeSpan wait, double chance) => wait * (0.8 + (0.4 * chance));
}
