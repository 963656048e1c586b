namespace PaymentHsm.Domain.People;

/// <summary>Who there is: needed to know whether a quorum can be reached, and whom to tell.</summary>
public interface IPeople
{
    /// <summary>The people (not programs) who hold a role, by id.</summary>
    Task<IReadOnlyList<Actor>> WithRoleAsync(Role role, CancellationToken cancellationToken);
}
