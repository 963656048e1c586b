using PaymentHsm.Domain.Notifications;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Notifications;

/// <inheritdoc cref="INotifier"/>
internal sealed class Notifier(Ledger ledger, NoticeWriter notices) : INotifier
{
    public Task TellAsync(Notice notice, CancellationToken cancellationToken) => ledger.WriteAsync<bool>(
        async db =>
        {
            await notices.AddAsync(db, notice, cancellationToken);
            return (true, []);
        },
        cancellationToken);
}
