using PaymentHsm.Domain;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Overdue;

/// <summary>What is stuck, what soon will be, and the targeted way out of each (R88).</summary>
public interface IOverdueDesk
{
    /// <summary>What is past its deadline or past three quarters of its time, read afresh; the oldest deadline first.</summary>
    Task<IReadOnlyList<OverdueItem>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Uses the way out of an item that is past its deadline. Engineering; audited.</summary>
    Task<Outcome<string>> EscapeAsync(Actor actor, string kind, string id, CancellationToken cancellationToken);
}

/// <summary>The last look of the sweep: for counts, which need not be of this second.</summary>
public interface IOverdueBoard
{
    /// <summary>What was stuck or soon stuck, the oldest deadline first.</summary>
    IReadOnlyList<OverdueItem> Current { get; }

    /// <summary>Raised after each look that changed something.</summary>
    event Action? Changed;
}
