using Orleans.Concurrency;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Live;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Settings;

namespace PaymentHsm.Portal.Grains;

/// <inheritdoc cref="IHsmGrain"/>
/// <remarks>
/// Reentrant, because a poll may hang for seconds while an operation goes on; what it changes in memory is replaced as a whole, what it stores is guarded.
/// </remarks>
[Reentrant]
internal sealed class HsmGrain(
    IDeviceStore devices, IHealthStore healths, IOperationStore operations, IFleetEnrolment enrolment, IOutOfBandLinks links, OperationDrivers drivers,
    FleetFeed feed, FleetPoller poller, IFeedWindows windows, PollingSettings polling, TimeProvider clock, ILogger<HsmGrain> log) : Grain, IHsmGrain
{
    /// <summary>Unchanged readings are stored this often, so that a restart shows ages that are nearly true.</summary>
    private static readonly TimeSpan StoreUnchangedAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseUntilRead = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, TaskCompletionSource> _driven = [];
    private HsmSerial _serial;
    private StoredDevice? _device;
    private IReadOnlyDictionary<string, JudgedReading> _readings = new Dictionary<string, JudgedReading>();
    private Health _health = Health.Unknown;
    private DateTimeOffset _observedAt;
    private string? _firmware;
    private TimeSpan? _clockSkew;
    private DateTimeOffset _storedAt;
    private Guid? _operation;
    private FeedWindow? _window;
    private bool _shown;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _serial = HsmSerial.Parse(this.GetPrimaryKeyString());
        _device = await devices.FindAsync(_serial, cancellationToken);
        var known = await healths.FindAsync(_serial, cancellationToken);
        _readings = known?.Readings ?? HealthRules.Unread(clock.GetUtcNow());
        _observedAt = known?.ObservedAt ?? JudgedReading.Never;
        _firmware = known?.Firmware;
        _storedAt = _observedAt;
        _health = known is null ? Health.Unknown : Worst(_readings.Values.Select(r => r.Shown.Health));
    }

    public async Task StartAsync()
    {
        _device = await devices.FindAsync(_serial, CancellationToken.None);
        if (await operations.HoldingAsync(_serial, CancellationToken.None) is { } holding)
        {
            await DriveAsync(holding.Id);
        }

        Publish();
        if (!IsDestroyed)
        {
            poller.Watch(_serial);
        }
    }

    public async Task<bool> PollAsync()
    {
        if (IsDestroyed)
        {
            // A poll that was on its way when the unit was destroyed.
            return false;
        }

        var poll = await links.LinkTo(_serial).PollAsync(CancellationToken.None);
        var now = clock.GetUtcNow();
        var (judgement, window) = Judge(poll, now);
        var changed = judgement.Overall != _health || judgement.Alerts.Count > 0 && !SameHealth(_readings, judgement.State);
        (_readings, _health, _window) = (judgement.State, judgement.Overall, window);
        _firmware = poll.Firmware ?? _firmware;
        _clockSkew = poll.ClockSkew ?? _clockSkew;
        if (poll.Reach != OobReach.Down)
        {
            _observedAt = poll.At;
        }

        Publish();
        if (changed || now - _storedAt > StoreUnchangedAfter)
        {
            _storedAt = now;
            await healths.SaveAsync(_serial, new LastKnown(_observedAt, _firmware, _readings), CancellationToken.None);
        }

        return judgement.NeedsConfirmation;
    }

    public async Task RefreshAsync()
    {
        var device = await devices.FindAsync(_serial, CancellationToken.None);
        if (device != _device || !_shown)
        {
            _device = device;
            Publish();
        }

        if (IsDestroyed)
        {
            poller.Forget(_serial);
        }
    }

    public Task DriveAsync(Guid operation)
    {
        if (_driven.TryGetValue(operation, out var wake))
        {
            wake.TrySetResult();
        }
        else
        {
            _driven[operation] = NewWake();
            _ = RunAsync(operation);
        }

        return Task.CompletedTask;
    }

    /// <summary>Drives an operation until it has ended. The next act always comes from what is stored.</summary>
    private async Task RunAsync(Guid id)
    {
        try
        {
            Operation? operation = null;
            while (true)
            {
                DateTimeOffset? until = null;
                try
                {
                    var current = operation ?? await operations.FindAsync(id, CancellationToken.None);
                    if (current is null || current.State == OperationState.Finished)
                    {
                        log.OperationEnded(id, _serial, current?.Outcome?.ToString());
                        return;
                    }

                    SetOperation(id);

                    // A device whose address is not known yet is not one that does not answer: a step would take it for that.
                    (operation, until) = enrolment.IsRead ? await drivers.StepAsync(current, CancellationToken.None) : (null, clock.GetUtcNow() + PauseUntilRead);
                    await RefreshAsync();
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // A bug or a full disk must not lose the operation: what is stored decides how it goes on.
                    log.DriveFailed(id, _serial, PauseAfterFailure, e);
                    (operation, until) = (null, clock.GetUtcNow() + PauseAfterFailure);
                }

                if (until is { } time && await SleepAsync(id, time))
                {
                    operation = null;
                }
            }
        }
        finally
        {
            _driven.Remove(id);
            SetOperation(null);
        }
    }

    /// <summary>Waits until the time has come; true when something woke it earlier, so that what is stored must be read again.</summary>
    private async Task<bool> SleepAsync(Guid id, DateTimeOffset until)
    {
        var wake = _driven[id];
        var rest = until - clock.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(Task.Delay(rest, clock, stop.Token), wake.Task);
            await stop.CancelAsync();
        }

        if (!wake.Task.IsCompleted)
        {
            return false;
        }

        _driven[id] = NewWake();
        return true;
    }

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void SetOperation(Guid? operation)
    {
        if (_operation != operation)
        {
            _operation = operation;
            Publish();
        }
    }

    /// <summary>Nobody asks what no longer exists.</summary>
    private bool IsDestroyed => _device is { Record.State: HsmState.Destroyed };

    private void Publish()
    {
        if (_device is not { } device)
        {
            return;
        }

        _shown = true;
        feed.Publish(new HsmTile(
            _serial, device.Enrolled.Location, device.Record.State, device.Record.Custody, device.Customer, _health, _observedAt,
            _readings.ToDictionary(r => r.Key, r => r.Value.Shown, StringComparer.Ordinal), IsDestroyed ? HsmTile.NeverStale : polling.Interval * 3, _operation, _firmware, device.Enrolled.Model, _clockSkew, _window));
    }

    /// <summary>What the poll says, less the one signal that a maintenance window plans (R48).</summary>
    private (HealthJudgement Judgement, FeedWindow? Window) Judge(HealthPoll poll, DateTimeOffset now)
    {
        var judged = HealthRules.Judge(_readings, poll, now);
        return _device is { } device ? FeedMaintenance.Apply(judged, device.Enrolled.Location, windows.Current, now) : (judged, null);
    }

    private static bool SameHealth(IReadOnlyDictionary<string, JudgedReading> before, IReadOnlyDictionary<string, JudgedReading> after) =>
        after.All(r => before.TryGetValue(r.Key, out var b) && b.Shown.Health == r.Value.Shown.Health);

    private static Health Worst(IEnumerable<Health> healths)
    {
        var known = healths.ToList();
        return known.Contains(Health.Critical) ? Health.Critical : known.Contains(Health.Warning) ? Health.Warning : known.TrueForAll(h => h == Health.Unknown) ? Health.Unknown : Health.Ok;
    }
}
