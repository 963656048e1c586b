namespace PaymentHsm.Portal.Overdue;

/// <summary>Looks every half minute: what is overdue and held by nobody goes where the tables say, so that no state can be stuck (I10); the rest is counted.</summary>
internal sealed class OverdueSweep(IEnumerable<IOverdueSource> sources, IOverdueDesk desk, TimeProvider clock, ILogger<OverdueSweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var source in sources)
            {
                await TryAsync(source.Kind, async () => await source.SweepAsync(stoppingToken), stoppingToken);
            }

            await TryAsync("all", async () => (await desk.ReadAsync(stoppingToken)).Count, stoppingToken);
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryAsync(string kind, Func<Task<int>> act, CancellationToken stopping)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // One source's fault must not keep the others from being looked at; the next look tries again.
            log.SweepFailed(kind, e);
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
    }
}
