using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Identity;

/// <summary>
/// The people who signed in, by the role that the directory gave them. The directory itself is not asked: whoever has never been here cannot be counted on to sign.
/// </summary>
internal sealed class SeenPeople(IPortalDbs dbs, Ledger ledger, TimeProvider clock) : IPeople
{
    /// <summary>Somebody who has not been seen for so long is no longer counted.</summary>
    private static readonly TimeSpan CountsFor = TimeSpan.FromDays(90);

    /// <summary>A day's sign-ins are one fact.</summary>
    private static readonly TimeSpan SeenAgainAfter = TimeSpan.FromHours(12);

    public async Task<IReadOnlyList<Actor>> WithRoleAsync(Role role, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var since = clock.GetUtcNow() - CountsFor;
        return [.. (await db.People.AsNoTracking().Where(p => p.Role == role && p.LastSeen >= since).OrderBy(p => p.Id).ToListAsync(cancellationToken)).Select(p => new Actor(p.Id, p.Role))];
    }

    /// <summary>Keeps that this person signed in, in this role.</summary>
    public Task SawAsync(Actor actor, CancellationToken cancellationToken) => ledger.WriteAsync<bool>(
        async db =>
        {
            var now = clock.GetUtcNow();
            var row = await db.People.FirstOrDefaultAsync(p => p.Id == actor.Id && p.Role == actor.Role, cancellationToken);
            if (row is null)
            {
                db.People.Add(new PersonRow { Id = actor.Id, Role = actor.Role, LastSeen = now });
                return (true, [new AuditNote(actor, "person.seen", $"{actor.Id} signed in as {actor.Role} for the first time")]);
            }

            if (now - row.LastSeen > SeenAgainAfter)
            {
                row.LastSeen = now;
            }

            return (true, []);
        },
        cancellationToken);
}
