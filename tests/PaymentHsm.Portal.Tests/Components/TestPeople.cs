using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Identity;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>The personas.</summary>
internal sealed class TestPeople : IPeople
{
    public Task<IReadOnlyList<Actor>> WithRoleAsync(Role role, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Actor>>([.. Personas.All.Where(p => p.Role == role)]);
}
