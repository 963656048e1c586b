using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Notifications;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Persistence;
using PaymentHsm.Portal.Persistence.Rows;
using PaymentHsm.Portal.Settings;
using Polly;
using Polly.Retry;

namespace PaymentHsm.Portal.Notifications;

/// <summary>
/// Takes stored notices to their readers and out of the portal. First each notice gets its readers and its deliveries in one transaction, then deliveries
/// are sent; what stands in the store decides, so that a process that dies anywhere loses nothing and at most sends one thing twice under the same number.
/// </summary>
internal sealed class NoticeDispatcher(
    IPortalDbs dbs, Ledger ledger, NamedChanges<Notice> changes, IEnumerable<IDeliverySender> senders, NotificationSettings settings, TimeProvider clock, ILogger<NoticeDispatcher> log) : BackgroundService
{
    private const int AtOnce = 50;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Dictionary<DeliveryChannel, IDeliverySender> _senders = senders.ToDictionary(s => s.Channel);

    /// <summary>A hiccup is not worth a row of its own: two more tries at once, then the delivery waits its turn.</summary>
    private readonly ResiliencePipeline _hiccups = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DeliveryException>(),
            MaxRetryAttempts = 2,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(300),
            UseJitter = true,
        })
        .Build();

    /// <summary>Gives every new notice its readers and deliveries.</summary>
    internal async Task DispatchAsync(CancellationToken cancellationToken)
    {
        if (!await AnyNewAsync(cancellationToken))
        {
            return;
        }

        var told = await ledger.WriteAsync<IReadOnlyList<string>>(
            async db =>
            {
                var notices = await db.Notices.Where(n => !n.Dispatched).OrderBy(n => n.Id).Take(AtOnce).ToListAsync(cancellationToken);
                foreach (var notice in notices)
                {
                    Spread(db, notice);
                }

                return ([.. notices.SelectMany(n => n.PeopleList()).Distinct()], []);
            },
            cancellationToken);
        foreach (var person in told)
        {
            changes.Publish(person);
        }
    }

    /// <summary>Tries every delivery whose turn it is.</summary>
    internal async Task SendAsync(CancellationToken cancellationToken)
    {
        foreach (var delivery in await DueAsync(cancellationToken))
        {
            if (_senders.TryGetValue(delivery.Channel, out var sender))
            {
                await TryAsync(delivery, sender, cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await DispatchAsync(stoppingToken);
                await SendAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The store may be away for a while; nothing is lost, the next look goes on.
                log.DispatchFailed(e);
            }
        }
    }

    private async Task<bool> AnyNewAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        return await db.Notices.AnyAsync(n => !n.Dispatched, cancellationToken);
    }

    private async Task<IReadOnlyList<DeliveryRow>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var now = clock.GetUtcNow();
        return await db.Deliveries.AsNoTracking().Where(d => d.State == DeliveryState.Waiting && d.NotBefore <= now).OrderBy(d => d.NotBefore).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private void Spread(PortalDb db, NoticeRow notice)
    {
        var people = notice.PeopleList();
        db.NoticeReaders.AddRange(people.Select(p => new NoticeReaderRow { NoticeId = notice.Id, Person = p }));
        var body = NoticeBody.Write(notice, settings.PortalUrl);
        foreach (var sender in _senders.Values)
        {
            db.Deliveries.AddRange(sender.TargetsFor(people).Select(target => new DeliveryRow { NoticeId = notice.Id, Channel = sender.Channel, Target = target, Body = body, NotBefore = notice.At }));
        }

        notice.Dispatched = true;
    }

    private async Task TryAsync(DeliveryRow delivery, IDeliverySender sender, CancellationToken cancellationToken)
    {
        string? fault = null;
        try
        {
            await _hiccups.ExecuteAsync(async stop => await sender.SendAsync(delivery, stop), cancellationToken);
        }
        catch (DeliveryException e)
        {
            fault = e.Message;
            log.DeliveryFailed(delivery.Channel, delivery.Id, delivery.Tries + 1, e);
        }

        await ledger.WriteAsync<bool>(
            async db =>
            {
                var row = await db.Deliveries.FirstAsync(d => d.Id == delivery.Id, cancellationToken);
                Close(row, fault, clock.GetUtcNow());
                if (row.State != DeliveryState.GivenUp)
                {
                    return (true, []);
                }

                var notice = await db.Notices.AsNoTracking().FirstAsync(n => n.Id == row.NoticeId, cancellationToken);
                return (true, [new AuditNote(
                    Actor.Portal, "notice.undelivered", $"{row.Channel} of notice {row.NoticeId} ({notice.Kind}) given up after {row.Tries} tries: {fault}",
                    HsmSerial.TryParse(notice.Serial, out var serial) ? serial : null, notice.Ticket)]);
            },
            cancellationToken);
    }

    private void Close(DeliveryRow row, string? fault, DateTimeOffset now)
    {
        row.Tries++;
        row.LastFault = fault;
        row.State = fault is null ? DeliveryState.Sent : row.Tries >= settings.Delivery.Tries ? DeliveryState.GivenUp : DeliveryState.Waiting;
        row.EndedAt = row.State == DeliveryState.Waiting ? null : now;
        row.NotBefore = now + Pause(row.Tries, settings.Delivery);
    }

    /// <summary>The pause after so many failures: each twice the one before, up to the longest.</summary>
    internal static TimeSpan Pause(int tries, DeliverySettings settings)
    {
        var pause = settings.FirstPause * Math.Pow(2, Math.Min(Math.Max(0, tries - 1), 30));
        return pause < settings.LongestPause ? pause : settings.LongestPause;
    }
}
