using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence.Rows;

namespace PaymentHsm.Portal.Persistence;

/// <summary>
/// Puts a notice into the change that it is about: both become durable together, and whatever happens to the process afterwards the notice is told.
/// </summary>
internal sealed class NoticeWriter(IPeople people, OnCallRoster roster, TimeProvider clock)
{
    /// <summary>Adds the notice to a change of <see cref="Ledger.WriteAsync"/>. Does nothing when it was told before or when there is nobody to tell.</summary>
    public async Task AddAsync(PortalDb db, Notice notice, CancellationToken cancellationToken)
    {
        if (db.Notices.Local.Any(n => n.Key == notice.Key) || await db.Notices.AnyAsync(n => n.Key == notice.Key, cancellationToken))
        {
            return;
        }

        var onCall = notice.To.OnCall is { } role ? roster.Of(role, await people.WithRoleAsync(role, cancellationToken)) : [];
        if (notice.To.Resolve(onCall) is { Count: > 0 } told)
        {
            db.Notices.Add(NoticeRow.Of(notice, told, clock.GetUtcNow()));
        }
    }
}
