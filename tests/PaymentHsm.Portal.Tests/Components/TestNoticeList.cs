using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Notifications;

namespace PaymentHsm.Portal.Tests.Components;

/// <summary>Holds what a test put in; marks as read.</summary>
internal sealed class TestNoticeList : INoticeList
{
    public List<NoticeView> Rows { get; } = [];

    public NoticeFilter? Asked { get; private set; }

    public Task<NoticePage> PageAsync(Actor reader, NoticeFilter filter, CancellationToken cancellationToken)
    {
        Asked = filter;
        return Task.FromResult(new NoticePage(Rows.Count, [.. Rows]));
    }

    public Task<UnreadNotices> UnreadAsync(Actor reader, CancellationToken cancellationToken) => Task.FromResult(new UnreadNotices(
        Rows.Count(r => r.ReadAt is null), Rows.Count(r => r.ReadAt is null && r.Level == Domain.Notifications.NoticeLevel.Critical)));

    public Task MarkReadAsync(Actor reader, IReadOnlyCollection<long>? ids, CancellationToken cancellationToken)
    {
        for (var at = 0; at < Rows.Count; at++)
        {
            if (ids?.Contains(Rows[at].Id) != false)
            {
                Rows[at] = Rows[at] with { ReadAt = PaymentHsm.Tests.TestTiles.Now };
            }
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<bool> FollowAsync(Actor reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return true;
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
