namespace PaymentHsm.Domain.Fleet;

/// <summary>What the health rules make of one device after a poll.</summary>
/// <param name="State">All twelve readings with their memory; the next poll is judged against it.</param>
/// <param name="Overall">Health of the device.</param>
/// <param name="NeedsConfirmation">True while a change waits for its next sample: poll again soon instead of at the next interval.</param>
/// <param name="Alerts">Names of the readings that carry an alert: not OK, and not explained by another reading (R50, R51).</param>
public sealed record HealthJudgement(
    IReadOnlyDictionary<string, JudgedReading> State, Health Overall, bool NeedsConfirmation, IReadOnlyList<string> Alerts)
{
    /// <summary>The readings as tiles carry them.</summary>
    public IReadOnlyDictionary<string, Reading> Readings => State.ToDictionary(p => p.Key, p => p.Value.Shown, StringComparer.Ordinal);
}
