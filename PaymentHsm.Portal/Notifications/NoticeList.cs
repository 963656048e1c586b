using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Notifications;

/// <inheritdoc cref="INoticeList"/>
internal sealed class NoticeList(IPortalDbs dbs, Ledger ledger, NamedChanges<Notice> changes, TimeProvider clock) : INoticeList
{
    public async Task<NoticePage> PageAsync(Actor reader, NoticeFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = db.NoticeReaders.AsNoTracking().Where(r => r.Person == reader.Id && (!filter.UnreadOnly || r.ReadAt == null))
            .Join(db.Notices.AsNoTracking(), r => r.NoticeId, n => n.Id, (r, n) => new { Reader = r, Notice = n })
            .Where(p => !filter.CriticalOnly || p.Notice.Level == NoticeLevel.Critical);
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(p => p.Notice.Id).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancellationToken);
        return new NoticePage(total, [.. page.Select(p => new NoticeView(
            p.Notice.Id, p.Notice.At, p.Notice.Level, p.Notice.Kind, p.Notice.Title, p.Notice.Text, p.Notice.Link, p.Notice.Ticket, p.Notice.Serial, p.Reader.ReadAt))]);
    }

    public async Task<UnreadNotices> UnreadAsync(Actor reader, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var unread = db.NoticeReaders.AsNoTracking().Where(r => r.Person == reader.Id && r.ReadAt == null);
        var critical = await unread.Join(db.Notices, r => r.NoticeId, n => n.Id, (r, n) => n.Level).CountAsync(l => l == NoticeLevel.Critical, cancellationToken);
        return new UnreadNotices(await unread.CountAsync(cancellationToken), critical);
    }

    public async Task MarkReadAsync(Actor reader, IReadOnlyCollection<long>? ids, CancellationToken cancellationToken)
    {
        await ledger.WriteAsync<bool>(
            async db =>
            {
                var now = clock.GetUtcNow();
                await foreach (var row in db.NoticeReaders.Where(r => r.Person == reader.Id && r.ReadAt == null && (ids == null || ids.Contains(r.NoticeId))).AsAsyncEnumerable().WithCancellation(cancellationToken))
                {
                    row.ReadAt = now;
                }

                return (true, []);
            },
            cancellationToken);
        changes.Publish(reader.Id);
    }

    public IAsyncEnumerable<bool> FollowAsync(Actor reader, CancellationToken cancellationToken) => changes.FollowAsync(reader.Id, cancellationToken);
}
