namespace PaymentHsm.Portal.Approvals;

/// <summary>Runs the two clocks of approval requests: expiry, and arming after the cooling-off.</summary>
internal sealed class ApprovalClock(ApprovalDesk desk, TimeProvider clock, ILogger<ApprovalClock> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await desk.SweepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A full disk must not stop the clocks; every reader looks at them too, so nothing is used too late meanwhile.
                log.SweepFailed(Beat, e);
            }

            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
