namespace PaymentHsm.Domain.Lifecycle;

/// <summary>One row of a transition table: code, page and diagram are made from it.</summary>
/// <param name="Id">Row of the reference, for example <c>D12</c>; also the rule id of a refusal.</param>
/// <param name="From">State it leaves; null before the thing exists.</param>
/// <param name="Trigger">What happened.</param>
/// <param name="To">State it enters; null when the thing is gone.</param>
/// <param name="Actor">Who causes it.</param>
/// <param name="Guard">What must hold, in words; empty when nothing.</param>
/// <param name="Evidence">What it leaves on record.</param>
public sealed record Transition<TState, TEvent>(string Id, TState? From, TEvent Trigger, TState? To, string Actor, string Guard, string Evidence)
    where TState : struct, Enum
    where TEvent : struct, Enum;

/// <summary>Answer to "what follows": a row, or a refusal. Never silence.</summary>
public abstract record StepResult<TState, TEvent>
    where TState : struct, Enum
    where TEvent : struct, Enum
{
    private StepResult()
    {
    }

    /// <summary>The table has this step; its guard is still to be asked.</summary>
    public sealed record Moved(Transition<TState, TEvent> By) : StepResult<TState, TEvent>;

    /// <summary>The table has no such step.</summary>
    public sealed record Refused(Refusal Why) : StepResult<TState, TEvent>;
}
