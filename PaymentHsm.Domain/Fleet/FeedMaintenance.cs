namespace PaymentHsm.Domain.Fleet;

/// <summary>
/// R48: hides exactly the planned signal. One supply without input, on the feed of an open window, lost while the window was open, and the other supply in
/// order: that is maintenance and no alert. Anything else stays what it is, and so does the same signal before and after the window.
/// </summary>
public static class FeedMaintenance
{
    /// <summary>The judgement as pages and alerts see it, and the window that explains it; null when none does.</summary>
    public static (HealthJudgement Judgement, FeedWindow? Window) Apply(HealthJudgement judged, Location place, IReadOnlyList<FeedWindow> windows, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(judged);
        ArgumentNullException.ThrowIfNull(windows);
        var window = windows.FirstOrDefault(w => w.IsOpen(now) && w.Covers(place) && IsPlanned(judged, w));
        if (window is null)
        {
            return (judged, null);
        }

        var state = judged.State.ToDictionary(StringComparer.Ordinal);
        var own = state[window.Reading];
        state[window.Reading] = own with
        {
            Shown = own.Shown with { Health = Health.Ok, Why = $"Maintenance {window.Number}: feed {window.Feed} is off as planned until {window.EndsAt:yyyy-MM-dd HH:mm}Z." },
        };
        return (judged with { State = state, Overall = HealthCauses.Overall(state), Alerts = [.. judged.Alerts.Where(a => a != window.Reading)] }, window);
    }

    private static bool IsPlanned(HealthJudgement judged, FeedWindow window)
    {
        var other = window.Feed == Feed.A ? ReadingName.PowerPsu2 : ReadingName.PowerPsu1;
        return judged.State.TryGetValue(window.Reading, out var own) && judged.State.TryGetValue(other, out var rest)
            && own is { Confirmed: Health.Critical, Shown.Health: Health.Warning } && own.ConfirmedSince >= window.StartsAt
            && rest.Shown.Health == Health.Ok;
    }
}
