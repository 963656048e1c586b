using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Identity;

/// <summary>The people of the Development sign-in.</summary>
internal sealed class PersonaPeople : IPeople
{
    public Task<IReadOnlyList<Actor>> WithRoleAsync(Role role, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Actor>>([.. Personas.All.Where(p => p.Role == role)]);
}
