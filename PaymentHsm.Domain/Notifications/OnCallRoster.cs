using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Notifications;

/// <summary>Who is on call, by role; a role that is not in it has nobody on call, and then everybody of the role is told.</summary>
public sealed record OnCallRoster(IReadOnlyDictionary<Role, IReadOnlyList<string>> People)
{
    /// <summary>Those of <paramref name="holders"/> who are told.</summary>
    public IEnumerable<string> Of(Role role, IEnumerable<Actor> holders)
    {
        ArgumentNullException.ThrowIfNull(holders);
        return People.GetValueOrDefault(role) is { Count: > 0 } onCall ? onCall : holders.Select(h => h.Id);
    }
}
