namespace PaymentHsm.Domain.Lifecycle;

/// <summary>A closed table of transitions, looked up by state and event.</summary>
/// <param name="noun">What moves, for refusals: <c>device</c>.</param>
/// <param name="rows">All rows; each pair of state and event occurs once.</param>
public sealed class TransitionTable<TState, TEvent>(string noun, IReadOnlyList<Transition<TState, TEvent>> rows)
    where TState : struct, Enum
    where TEvent : struct, Enum
{
    private readonly Dictionary<(TState?, TEvent), Transition<TState, TEvent>> _byKey = rows.ToDictionary(t => (t.From, t.Trigger));

    /// <summary>All rows, in the order of the reference.</summary>
    public IReadOnlyList<Transition<TState, TEvent>> Rows { get; } = rows;

    /// <summary>The row for <paramref name="trigger"/> in <paramref name="from"/>, or why there is none.</summary>
    /// <param name="from">Present state; null for a thing that does not exist.</param>
    /// <param name="trigger">What happened.</param>
    public StepResult<TState, TEvent> Next(TState? from, TEvent trigger) =>
        _byKey.TryGetValue((from, trigger), out var row)
            ? new StepResult<TState, TEvent>.Moved(row)
            : new StepResult<TState, TEvent>.Refused(NoSuchStep(from, trigger));

    /// <summary>The events that have a row in a state.</summary>
    public IReadOnlyList<TEvent> EventsIn(TState? from) => [.. Rows.Where(t => Equals(t.From, from)).Select(t => t.Trigger)];

    private Refusal NoSuchStep(TState? from, TEvent trigger)
    {
        var starts = Rows.Where(t => Equals(t.Trigger, trigger)).ToList();
        var place = from is { } state ? $"in {state}" : "before it exists";
        var possible = EventsIn(from);
        return new Refusal(
            starts.Count > 0 ? starts[0].Id : "I9",
            RefusalKind.NotInThisState,
            $"{trigger} is no step of a {noun} {place}; it starts from {string.Join(", ", starts.Select(t => t.From?.ToString() ?? "nothing"))}.",
            possible.Count > 0 ? $"Possible here: {string.Join(", ", possible)}." : $"Nothing follows: this is where a {noun} ends.");
    }
}
