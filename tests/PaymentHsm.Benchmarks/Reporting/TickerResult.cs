namespace PaymentHsm.Benchmarks.Reporting;

/// <summary>What a ticker's run came to.</summary>
internal sealed class TickerResult
{
    private double _lateness;
    private long _began;

    /// <summary>Probes that were due.</summary>
    public long Due { get; private set; }

    /// <summary>Probes that began in time.</summary>
    public long OnTime { get; private set; }

    /// <summary>Probes that never began, because the one before was still under way.</summary>
    public long Skipped { get; private set; }

    /// <summary>Answers.</summary>
    public long Done { get; set; }

    /// <summary>Probes that failed.</summary>
    public long Failed { get; set; }

    public double OnTimePercent => 100.0 * OnTime / Due;

    /// <summary>Mean time in ms between due and begun.</summary>
    public double MeanLateness => _lateness / Math.Max(1, _began);

    public void Count(bool began, TimeSpan lateness, TimeSpan limit)
    {
        Due++;
        if (!began)
        {
            Skipped++;
            return;
        }

        _began++;
        _lateness += lateness.TotalMilliseconds;
        if (lateness <= limit)
        {
            OnTime++;
        }
    }
}
