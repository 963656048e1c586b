using PaymentHsm.Domain;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Overdue;

/// <summary>A feature's own things with deadlines. Each feature registers one; the list, the count and the sweep follow by themselves.</summary>
public interface IOverdueSource
{
    /// <summary>Kind of all items of this source.</summary>
    string Kind { get; }

    /// <summary>Everything that has a deadline now, in time or not.</summary>
    Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Uses the way out of one item; whether the actor may is decided before. It looks at what is stored once more, writes the change together with its audit
    /// entry, and says in a sentence what was done.
    /// </summary>
    Task<Outcome<string>> EscapeAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        Task.FromResult<Outcome<string>>(new Refusal("R88", RefusalKind.NotInThisState, "There is no way out from here.", "Its own page says what can be done."));

    /// <summary>What the portal does by itself about things past their deadline; returns how many it moved.</summary>
    Task<int> SweepAsync(CancellationToken cancellationToken) => Task.FromResult(0);
}
