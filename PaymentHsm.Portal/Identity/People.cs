using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Identity;

/// <summary>
/// Who there is: with the Development sign-in its personas, otherwise the people who have acted in a role before, as the audit log knows them. The
/// directory itself is not asked: it knows who could sign in, not who works here.
/// </summary>
internal sealed class People(IPortalDbs dbs, PortalSettings settings) : IPeople
{
    public async Task<IReadOnlyList<Actor>> WithRoleAsync(Role role, CancellationToken cancellationToken)
    {
        if (settings.Identity.Provider == IdentityProvider.Development)
        {
            return [.. Personas.All.Where(p => p.Role == role)];
        }

        await using var db = dbs.Open();
        var ids = await db.Audit.AsNoTracking().Where(a => a.Role == role && a.Actor != Actor.Portal.Id).Select(a => a.Actor).Distinct().OrderBy(a => a).ToListAsync(cancellationToken);
        return [.. ids.Select(id => new Actor(id, role))];
    }
}
