using PaymentHsm.Domain.Notifications;

namespace PaymentHsm.Portal.Notifications;

/// <summary>
/// Tells people something. Where the notice belongs to a change of the store, add it to that change with <see cref="Persistence.NoticeWriter"/> instead,
/// so that neither is there without the other.
/// </summary>
internal interface INotifier
{
    /// <summary>Returns when the notice is stored; it is told and sent out afterwards, also when the process dies in between. The same key is told once.</summary>
    Task TellAsync(Notice notice, CancellationToken cancellationToken);
}
