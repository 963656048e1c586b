using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Notifications;

/// <summary>What a person was told. Nobody sees another's list.</summary>
public interface INoticeList
{
    /// <summary>The reader's notices, newest first.</summary>
    Task<NoticePage> PageAsync(Actor reader, NoticeFilter filter, CancellationToken cancellationToken);

    /// <summary>How many the reader has not read, and how many of them are critical.</summary>
    Task<UnreadNotices> UnreadAsync(Actor reader, CancellationToken cancellationToken);

    /// <summary>Marks some of the reader's notices as read, or all when <paramref name="ids"/> is null.</summary>
    Task MarkReadAsync(Actor reader, IReadOnlyCollection<long>? ids, CancellationToken cancellationToken);

    /// <summary>One item at once and one for every change of the reader's list from now on, until the token is cancelled.</summary>
    IAsyncEnumerable<bool> FollowAsync(Actor reader, CancellationToken cancellationToken);
}

/// <summary>What the page of notices asks for.</summary>
public sealed record NoticeFilter(bool UnreadOnly = false, bool CriticalOnly = false, int Skip = 0, int Take = 50);

/// <summary>One page of notices and how many there are in all.</summary>
public sealed record NoticePage(int Total, IReadOnlyList<NoticeView> Rows);

/// <summary>A notice as its reader sees it.</summary>
/// <param name="ReadAt">When the reader marked it; null while unread.</param>
public sealed record NoticeView(
    long Id, DateTimeOffset At, NoticeLevel Level, string Kind, string Title, string Text, string Link, string? Ticket, string? Serial, DateTimeOffset? ReadAt);

/// <summary>What the bell shows.</summary>
public sealed record UnreadNotices(int Total, int Critical);
