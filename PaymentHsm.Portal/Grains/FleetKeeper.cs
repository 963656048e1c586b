using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Lifecycle;

namespace PaymentHsm.Portal.Grains;

/// <summary>
/// Keeps every enrolled device taken up: shows at the start what is stored, reads the enrolment source then and every minute, takes new devices in, and starts
/// their grains, which go on with what was interrupted. Until the source is read nothing goes on: a device without an address is not one that does not answer.
/// </summary>
internal sealed class FleetKeeper(
    IFleetEnrolment enrolment, IDeviceStore devices, Intake intake, IntakeBoard board, FleetSeeder seeder, IGrainFactory grains, TimeProvider clock, ILogger<FleetKeeper> log) : BackgroundService
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstReadLimit = TimeSpan.FromSeconds(10);

    private readonly HashSet<HsmSerial> _started = [];
    private bool _shown;

    /// <summary>The source is read before anybody is served, so that a device nobody knows yet is not taken for one that does not answer. A source that is down holds up nobody for long.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(FirstReadLimit);
        try
        {
            await enrolment.ReadAsync(limit.Token);
        }
        catch (Exception e) when (e is LinkException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The loop reads again at once and says what is wrong.
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = ReadEvery;
            try
            {
                await ShowAsync(stoppingToken);
                await seeder.PrepareAsync(stoppingToken);
                await TakeUpAsync(await enrolment.ReadAsync(stoppingToken), stoppingToken);
                await seeder.SeedAsync(stoppingToken);
            }
            catch (LinkException e)
            {
                pause = PauseAfterFailure;
                log.EnrolmentFailed(e.Message, pause);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A full disk or a bug must not stop the keeping of the fleet: everything it does may be repeated.
                pause = PauseAfterFailure;
                log.KeepingFailed(pause, e);
            }

            await board.PauseAsync(pause, clock, stoppingToken);
        }
    }

    /// <summary>What is stored is shown with its age (R50), so that nobody looks at an empty fleet while the enrolment source is down.</summary>
    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        if (_shown)
        {
            return;
        }

        await Parallel.ForEachAsync(await devices.AllAsync(cancellationToken), cancellationToken, async (device, _) => await grains.GetGrain<IHsmGrain>(device.Record.Serial.ToString()).RefreshAsync());
        _shown = true;
    }

    private async Task TakeUpAsync(IReadOnlyList<EnrolledDevice> enrolled, CancellationToken cancellationToken)
    {
        var known = (await devices.AllAsync(cancellationToken)).ToDictionary(d => d.Record.Serial);
        var fresh = 0;
        board.Read(enrolled);
        foreach (var device in enrolled)
        {
            if (!known.TryGetValue(device.Serial, out var stored))
            {
                if (!await intake.ReceiveAsync(device, cancellationToken))
                {
                    continue;
                }

                fresh++;
            }
            else if (stored.Enrolled != device)
            {
                await devices.RelocateAsync(device, cancellationToken);
            }

            if (!_started.Contains(device.Serial))
            {
                await grains.GetGrain<IHsmGrain>(device.Serial.ToString()).StartAsync();
                _started.Add(device.Serial);
            }
        }

        if (fresh > 0)
        {
            log.FleetEnrolled(enrolled.Count, fresh);
        }

        await Parallel.ForEachAsync(enrolled.Where(d => _started.Contains(d.Serial)), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (device, _) => await CommissionAsync(device.Serial, cancellationToken));
    }

    private async Task CommissionAsync(HsmSerial serial, CancellationToken cancellationToken)
    {
        try
        {
            var why = await intake.CommissionAsync(serial, cancellationToken);
            board.Waits(serial, why?.ToString());
            if (why is not null)
            {
                log.NotCommissioned(serial, why.ToString());
            }
        }
        catch (LinkException e)
        {
            // It stays where it stands; the next reading of the enrolment source goes on with it.
            board.Waits(serial, e.Message);
            log.NotCommissioned(serial, e.Message);
        }

        await grains.GetGrain<IHsmGrain>(serial.ToString()).RefreshAsync();
    }
}
