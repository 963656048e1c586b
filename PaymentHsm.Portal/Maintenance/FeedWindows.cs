using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Maintenance;

/// <summary>Keeps the windows that may matter in memory: every poll of every device asks for them.</summary>
internal sealed class FeedWindows(IPortalDbs dbs, TimeProvider clock, ILogger<FeedWindows> log) : BackgroundService, IFeedWindows
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(15);

    private volatile IReadOnlyList<FeedWindow> _current = [];

    public IReadOnlyList<FeedWindow> Current => _current;

    /// <summary>Reads the store: at the start, after each change on this node, and regularly for changes of other nodes.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var now = clock.GetUtcNow();
        var rows = await db.Maintenance.AsNoTracking().Where(m => m.EndsAt > now && m.CancelledAt == null).ToListAsync(cancellationToken);
        _current = [.. rows.Select(m => m.ToWindow()).OrderBy(w => w.StartsAt)];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // What was read last stands; a window that ends is seen by its own time.
                log.CalendarNotRead(ReadEvery, e);
            }

            await Task.Delay(ReadEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
