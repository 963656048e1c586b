using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Operations;

/// <summary>What is particular to one kind of operation that people ask for. <see cref="OperationDesk"/> finds it by its kind.</summary>
internal interface IOperationKindDesk
{
    OperationKind Kind { get; }

    /// <summary>
    /// Asks the rules, stores the new operation with its audit entry, and returns it. A refusal is returned as it is; the desk logs it. Nothing is half-done.
    /// </summary>
    Task<Outcome<RequestedOperation>> RequestAsync(Actor actor, Ticket ticket, OperationWish wish, CancellationToken cancellationToken);

    /// <summary>Why this person may not confirm it now; null when they may.</summary>
    Refusal? MayConfirm(Actor actor, Operation operation, DateTimeOffset now);

    /// <summary>The operation after the second person's yes; the rule was asked before.</summary>
    Operation Confirmed(Operation operation, Actor by, DateTimeOffset now);

    /// <summary>Why this person may not withdraw it now; null when they may.</summary>
    Refusal? MayWithdraw(Actor actor, Operation operation, DateTimeOffset now);

    /// <summary>The operation after it was withdrawn; the rule was asked before.</summary>
    Operation Withdrawn(Operation operation, Actor by, DateTimeOffset now);
}

/// <summary>What is asked for, in the requester's words.</summary>
/// <param name="Reason">Why.</param>
/// <param name="DocumentId">The customer's documented request, where the kind needs one.</param>
/// <param name="Details">What only some kinds need, by name; each kind says which it knows.</param>
public sealed record OperationWish(string? Reason, string? DocumentId = null, IReadOnlyDictionary<string, string>? Details = null)
{
    /// <summary>A detail without the blanks around it; null when it is not there or empty.</summary>
    public string? Detail(string name) => Details?.GetValueOrDefault(name)?.Trim() is { Length: > 0 } text ? text : null;
}

/// <summary>A new operation.</summary>
/// <param name="Operation">As stored.</param>
/// <param name="ApprovalId">The approval that it waits for; null for kinds without a quorum.</param>
public sealed record RequestedOperation(Operation Operation, string? ApprovalId = null);
