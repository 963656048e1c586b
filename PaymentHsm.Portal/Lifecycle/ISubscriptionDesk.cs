using PaymentHsm.Domain;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>Which subscriptions may create payment HSMs (R20, W11). Registering a feature is not enough: support checks the business case and somebody else approves.</summary>
public interface ISubscriptionDesk
{
    /// <summary>All subscriptions that ever asked, approved ones last.</summary>
    Task<IReadOnlyList<CustomerSubscription>> AllAsync(CancellationToken cancellationToken);

    /// <summary>One subscription; null when it never asked.</summary>
    Task<CustomerSubscription?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Records that a customer asks for the service. Support or Engineering.</summary>
    /// <param name="id">Subscription id.</param>
    /// <param name="customer">The customer's name.</param>
    /// <param name="caseReference">Reference of the approved business case.</param>
    Task<Outcome<CustomerSubscription>> RequestAsync(Actor actor, string? id, string? customer, string? caseReference, CancellationToken cancellationToken);

    /// <summary>Approves it. Engineering, and not who recorded it (R10).</summary>
    Task<Outcome<CustomerSubscription>> ApproveAsync(Actor actor, Guid id, CancellationToken cancellationToken);
}

/// <summary>A customer's subscription.</summary>
/// <param name="ApprovedAt">Null while nobody approved it: it cannot create anything.</param>
public sealed record CustomerSubscription(Guid Id, string Customer, string Case, string RequestedBy, DateTimeOffset RequestedAt, string? ApprovedBy, DateTimeOffset? ApprovedAt)
{
    public bool IsApproved => ApprovedAt is not null;
}
