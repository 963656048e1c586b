using System.Threading.Channels;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>
/// Moves customers' resources on (W1 as the customer sees it). It looks at what is stored of the resource, its device and its operation, and does the one step
/// that follows; so it goes on after any crash, and a step that is repeated changes nothing twice. It wakes up when an operation changes, and every second
/// while something is unsettled.
/// </summary>
internal sealed class ResourceKeeper(
    IResourceStore store, IOperationStore operations, IDeviceStore devices, IFleetFeed feed, IOperationRunner runner, SkuChanges skus, ReleaseCheck release,
    StoredChanges<Operation> operationChanges, LifecycleOptions options, TimeProvider clock, ILogger<ResourceKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>How long a placement waits for devices of the pool that were not read yet.</summary>
    private static readonly TimeSpan WaitForReading = TimeSpan.FromSeconds(60);

    /// <summary>When this process first looked for a device: right after a start the fleet is not taken up yet.</summary>
    private DateTimeOffset? _lookingSince;

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>A resource has something to do.</summary>
    public void Take(ResourceId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        _wake.Writer.TryWrite(true);
    }

    /// <summary>Goes on with a SKU change now instead of at the next look.</summary>
    public Task<CustomerResource?> ChangeSkuAsync(CustomerResource resource, CancellationToken cancellationToken) => skus.GoOnAsync(resource, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var following = FollowAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var unsettled = 0;
            try
            {
                unsettled = await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A full disk or a bug in one resource must not stop the others for ever: all of it may be repeated.
                unsettled = 1;
                log.ResourcesFailed(e);
            }

            await WaitAsync(unsettled > 0, stoppingToken);
        }

        await following;
    }

    /// <summary>Moves everything on by the step that follows. Returns how many resources were not settled before it.</summary>
    internal async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var unsettled = await store.UnsettledAsync(cancellationToken);
        foreach (var resource in unsettled)
        {
            await MoveOnAsync(resource, cancellationToken);
        }

        return unsettled.Count;
    }

    private async Task WaitAsync(bool unsettled, CancellationToken stopping)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var woken = _wake.Reader.ReadAsync(pause.Token).AsTask();
        await Task.WhenAny(woken, unsettled ? Task.Delay(Tick, clock, pause.Token) : Task.Delay(Timeout.InfiniteTimeSpan, clock, pause.Token)).ConfigureAwait(false);
        await pause.CancelAsync();
        await ((Task)woken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var changed in operationChanges.AllAsync(stopping))
            {
                if (changed.Kind is OperationKind.Allocation or OperationKind.Deletion or OperationKind.ForceDelete)
                {
                    _wake.Writer.TryWrite(true);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task MoveOnAsync(CustomerResource resource, CancellationToken cancellationToken)
    {
        try
        {
            Task task = resource switch
            {
                { PendingSku: not null } => skus.GoOnAsync(resource, cancellationToken),
                { State: ResourceState.CheckingQuota } => CheckQuotaAsync(resource, cancellationToken),
                { State: ResourceState.Allocating, Operation: null } => PlaceAsync(resource, cancellationToken),
                { State: ResourceState.Deleting } => ResumeDeletionAsync(resource, cancellationToken),
                _ => FollowAllocationAsync(resource, cancellationToken),
            };
            await task;
        }
        catch (LinkException e)
        {
            log.ResourceWaits(resource.Id.ToString(), e.Message);
        }
    }

    private Task<CustomerResource?> CheckQuotaAsync(CustomerResource resource, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var free = feed.Current.Tiles.Values.Where(t => t.Location.Region == resource.Location && Placement.IsFit(t, now)).GroupBy(t => t.Location.Stamp).ToDictionary(g => g.Key, g => g.Count());
        return store.DecideQuotaAsync(
            resource.Id,
            (current, siblings) =>
            {
                var (stamp, reason) = Placement.WithQuota(current, siblings, free);
                return stamp is null
                    ? (Failed(current, ResourceEvent.QuotaExceeded, "QuotaExceeded", reason), Note(current, "resource.failed", $"QuotaExceeded: {reason}", "R19"))
                    : (Moved(current, ResourceEvent.QuotaFree, ResourceFacts.None, $"Allocating in {current.Location}/{stamp}.") with { Stamp = stamp }, Note(current, "resource.quota", reason));
            },
            cancellationToken);
    }

    private async Task PlaceAsync(CustomerResource resource, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var fleet = feed.Current.Tiles.Values.ToList();
        foreach (var serial in Placement.Candidates(resource, fleet, now))
        {
            var begins = AllocationSteps.Request(Guid.CreateVersion7(now), serial, resource, $"{resource.Id.Name} was created", Actor.Portal.Id, now);
            var placed = resource with { Serial = serial, Operation = begins.Id };
            if (await store.SaveAsync(placed, new AuditNote(Actor.Portal, "operation.requested", $"Allocation of {serial} to {resource.Id}", serial, null, begins.Id), begins, null, cancellationToken) is not null)
            {
                await runner.DriveAsync(begins);
                return;
            }

            if (await store.FindAsync(resource.Id, cancellationToken) is not { } current || current.Version != resource.Version)
            {
                return;
            }
        }

        _lookingSince ??= now;
        if (!await MayTurnOutFitAsync(resource, now, cancellationToken) || (now - resource.StateSince > WaitForReading && now - _lookingSince > WaitForReading))
        {
            var message = $"There is no free payment HSM in {resource.Location}/{resource.Stamp}. Use the other stamp or another region, or retry later; delete this resource first.";
            await SaveAsync(resource, Failed(resource, ResourceEvent.NoCapacity, "NoCapacity", message), "resource.failed", $"NoCapacity: {message}", cancellationToken);
        }
    }

    /// <summary>
    /// True while a device of the stamp is on its way into the pool, was not read since the start, or was judged by one slow or failed poll: it may turn out fit in a moment. The store says
    /// which devices there are; after a start the picture fills up one by one.
    /// </summary>
    private async Task<bool> MayTurnOutFitAsync(CustomerResource resource, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tiles = feed.Current.Tiles;
        bool NotSeenWell(HsmSerial serial) => !tiles.TryGetValue(serial, out var tile) || (tile is { Operation: null, IsTampered: false } && (tile.IsStale(now) || tile.Health != Health.Ok));
        var stamp = (await devices.AllAsync(cancellationToken)).Where(d => d.Enrolled.Location.Region == resource.Location && d.Enrolled.Location.Stamp == resource.Stamp).ToList();
        return stamp.Count == 0 || stamp.Any(d => !d.Record.Hold && !resource.Tried.Contains(d.Record.Serial)
            && (d.Record.State is HsmState.Received or HsmState.Racked or HsmState.Commissioning || (d.Record.State == HsmState.Available && NotSeenWell(d.Record.Serial))));
    }

    /// <summary>A3 to A6: what the allocation has proven, one move at a time.</summary>
    private async Task FollowAllocationAsync(CustomerResource resource, CancellationToken cancellationToken)
    {
        if (await operations.FindAsync(resource.Operation ?? Guid.Empty, cancellationToken) is not { Progress: OperationProgress.HandOver } allocation || resource.Serial is not { } serial)
        {
            await FailAsync(resource, "AllocationFailed", "The allocation is lost; delete the resource and create it again.", cancellationToken);
            return;
        }

        if (allocation is { State: OperationState.Finished, Outcome: not OperationOutcome.Verified })
        {
            await AllocationFailedAsync(resource, allocation, serial, cancellationToken);
            return;
        }

        var device = await devices.FindAsync(serial, cancellationToken);
        bool Proven(AllocationStep step) => allocation.Step(step.ToString()).State == StepState.Done;
        var facts = new ResourceFacts
        {
            Device = Proven(AllocationStep.Reserve) && resource.State == ResourceState.Allocating ? HsmState.Reserved : device?.Record.State,
            Custody = device?.Record.Custody,
            LicenceReadBack = Proven(AllocationStep.Licence),
            InterfacesUp = Proven(AllocationStep.Connect) ? 3 : 0,
        };
        var next = resource.State switch
        {
            ResourceState.Allocating when Proven(AllocationStep.Reserve) => Moved(resource, ResourceEvent.Reserved, facts, $"Provisioning: setting the licence of {resource.Sku}."),
            ResourceState.Provisioning when Proven(AllocationStep.Licence) => Moved(resource, ResourceEvent.Configured, facts, "Connecting: network interfaces, then the operator's access is given up."),
            ResourceState.Connecting when allocation.Outcome == OperationOutcome.Verified => Moved(resource, ResourceEvent.Connected, facts, "Ready for use."),
            _ => null,
        };
        if (next is not null)
        {
            await SaveAsync(resource, next, $"resource.{next.State.ToString().ToLowerInvariant()}", next.StatusMessage, cancellationToken);
            Take(resource.Id);
        }
        else if (resource.Deadline(options) is { } deadline && clock.GetUtcNow() > deadline + TimeSpan.FromMinutes(1) && allocation.State == OperationState.Finished)
        {
            await FailAsync(resource, "AllocationFailed", $"{resource.State} was not done in time.", cancellationToken);
        }
    }

    /// <summary>A device that could not be reserved costs nothing: the next one is tried. Later failures end the resource (A6).</summary>
    private async Task AllocationFailedAsync(CustomerResource resource, Operation allocation, HsmSerial serial, CancellationToken cancellationToken)
    {
        var reason = allocation.OutcomeDetail ?? "The allocation failed.";
        if (resource.State == ResourceState.Allocating && allocation.Outcome == OperationOutcome.Cancelled)
        {
            var again = resource with { Serial = null, Operation = null, Tried = [.. resource.Tried, serial] };
            await SaveAsync(resource, again, "resource.device.refused", $"{serial}: {reason}", cancellationToken);
            Take(resource.Id);
            return;
        }

        await FailAsync(resource, "AllocationFailed", $"The allocation failed: {reason} Delete the resource and create it again.", cancellationToken);
    }

    private async Task ResumeDeletionAsync(CustomerResource resource, CancellationToken cancellationToken)
    {
        var work = resource.Operation is { } id ? await operations.FindAsync(id, cancellationToken) : null;
        if (work is { Kind: OperationKind.Deletion or OperationKind.ForceDelete, State: not OperationState.Finished })
        {
            return;
        }

        if (clock.GetUtcNow() - resource.StateSince > TimeSpan.FromSeconds(30))
        {
            // A13: whoever asked is gone, or died in between; the release check decides alone now.
            await release.CheckAsync(resource, cancellationToken);
        }
    }

    private Task FailAsync(CustomerResource resource, string code, string message, CancellationToken cancellationToken) =>
        SaveAsync(resource, Failed(resource, ResourceEvent.Error, code, message), "resource.failed", $"{code}: {message}", cancellationToken);

    private async Task SaveAsync(CustomerResource before, CustomerResource after, string action, string detail, CancellationToken cancellationToken) =>
        await store.SaveAsync(after with { Version = before.Version }, Note(before, action, detail, after.Fault is null ? null : "A6"), null, null, cancellationToken);

    private CustomerResource Failed(CustomerResource resource, ResourceEvent trigger, string code, string message) =>
        Moved(resource, trigger, ResourceFacts.None, message) with { Fault = new ResourceFault(code, message), Serial = null };

    private CustomerResource Moved(CustomerResource resource, ResourceEvent trigger, ResourceFacts facts, string message) => resource.Apply(trigger, facts, message, clock.GetUtcNow()) switch
    {
        Outcome<CustomerResource>.Done(var moved) => moved,
        Outcome<CustomerResource>.Refused(var why) => throw new InvalidOperationException($"{resource.Id} cannot take {trigger}: {why}"),
        _ => throw new InvalidOperationException("An outcome is either done or refused."),
    };

    private static AuditNote Note(CustomerResource resource, string action, string detail, string? rule = null) =>
        new(Actor.Portal, action, $"{resource.Id.Name}: {detail}", resource.Serial, null, resource.Operation, rule);
}
