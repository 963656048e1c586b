using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>
/// Drives W4 from the release on: the device is read, verified clean and put on baseline; the resource goes as soon as the verification has an outcome. A
/// missed point quarantines the device and never brings the resource back: its customer has released it.
/// </summary>
internal sealed class DeletionDriver(
    IOperationStore store, IDeviceStore devices, IResourceStore resources, DeviceMoves moves, DeviceReader reader, ISanitisation sanitisation, LifecycleOptions options, TimeProvider clock) : IOperationDriver
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    public IReadOnlyList<OperationKind> Kinds { get; } = [OperationKind.Deletion];

    public async Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (operation.Steps.FirstOrDefault(s => s.State is StepState.Pending or StepState.Running) is not { } step)
        {
            var (outcome, detail) = Ending(operation);
            var closed = operation with { State = OperationState.Finished, Outcome = outcome, OutcomeDetail = detail, FinishedAt = clock.GetUtcNow() };
            return (await store.SaveAsync(closed, new AuditNote(Actor.Portal, "operation.ended", $"{outcome}: {detail}", operation.Serial, operation.Ticket, operation.Id), cancellationToken), null);
        }

        if (step.State == StepState.Pending)
        {
            return (await store.SaveAsync(operation.With(step.Start(clock.GetUtcNow())), null, cancellationToken), null);
        }

        try
        {
            var done = await PerformAsync(operation, step, cancellationToken);
            return done is null ? (operation, clock.GetUtcNow() + TryAgainAfter) : (await store.SaveAsync(done, null, cancellationToken), null);
        }
        catch (LinkException e)
        {
            return await OverdueAsync(operation, step, e.Message, cancellationToken) ? (null, null) : (operation, clock.GetUtcNow() + TryAgainAfter);
        }
    }

    /// <summary>The operation after the step; null when nothing could be decided yet.</summary>
    private async Task<Operation?> PerformAsync(Operation operation, OperationStep step, CancellationToken cancellationToken)
    {
        switch (step.Name)
        {
            case DeletionSteps.Release:
                return await ReleaseAsync(operation, step, cancellationToken);
            case DeletionSteps.Verify:
                return await AfterAsync(operation, step, await sanitisation.VerifyAsync(operation, cancellationToken), cancellationToken);
            case DeletionSteps.Detach:
                return await DetachAsync(operation, step, cancellationToken);
            default:
                return operation.Step(DeletionSteps.Verify).State == StepState.Done
                    ? await AfterAsync(operation, step, await sanitisation.RebaselineAsync(operation, cancellationToken), cancellationToken)
                    : operation.With(step.End(StepState.NotDone, clock.GetUtcNow(), new Evidence("left out", "the device is quarantined", clock.GetUtcNow())));
        }
    }

    private async Task<Operation?> ReleaseAsync(Operation operation, OperationStep step, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await devices.FindAsync(operation.Serial, cancellationToken) is not { } device)
        {
            return operation.With(step.End(StepState.NotDone, now, new Evidence("device", "no longer enrolled", now)));
        }

        if (device.Record.State != HsmState.Allocated)
        {
            return operation.With(step.End(StepState.Done, now, new Evidence("device", $"is {device.Record.State}", now)));
        }

        var facts = await reader.ReadCommissionAsync(operation.Serial, cancellationToken) with { ResourceDeleting = true };
        return await moves.ApplyAsync(device, HsmEvent.ReleaseObserved, facts, device.Customer, "The customer's release was read from the device", operation.Id, null, cancellationToken) switch
        {
            Outcome<StoredDevice>.Done => operation.With(step.End(StepState.Done, clock.GetUtcNow(), new Evidence("read", $"{facts.Commission}, customer content {(facts.CustomerContentPresent == false ? "gone" : "not known")}", facts.ReadAt!.Value))),
            Outcome<StoredDevice>.Refused(var why) => operation.With(step.End(StepState.NotDone, clock.GetUtcNow(), new Evidence("refused", why.ToString(), clock.GetUtcNow()))),
            _ => throw new InvalidOperationException("An outcome is either done or refused."),
        };
    }

    private async Task<Operation?> AfterAsync(Operation operation, OperationStep step, SanitisationResult result, CancellationToken cancellationToken) => result switch
    {
        SanitisationResult.Proven(var seen) => operation.With(step.End(StepState.Done, clock.GetUtcNow(), seen)),
        SanitisationResult.Missed(var reason, var seen) => operation.With(step.End(StepState.NotDone, clock.GetUtcNow(), [.. seen, new Evidence("missed", reason, clock.GetUtcNow())])),
        SanitisationResult.Unclear(var reason) => await OverdueAsync(operation, step, reason, cancellationToken)
            ? operation.With(step.End(StepState.NotDone, clock.GetUtcNow(), new Evidence("not read in time", reason, clock.GetUtcNow())))
            : null,
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    /// <summary>True when the device's state had its time: it was sent where the table says (I10).</summary>
    private async Task<bool> OverdueAsync(Operation operation, OperationStep step, string reason, CancellationToken cancellationToken)
    {
        if (await devices.FindAsync(operation.Serial, cancellationToken) is not { } device
            || device.Record.Deadline(options) is not { } deadline || clock.GetUtcNow() < deadline || HsmLifecycle.OverdueEvent(device.Record.State) is not { } trigger)
        {
            return false;
        }

        await moves.ApplyAsync(device, trigger, DeviceFacts.None, null, $"{step.Name} was not done in time: {reason}", operation.Id, null, cancellationToken);
        return true;
    }

    private async Task<Operation?> DetachAsync(Operation operation, OperationStep step, CancellationToken cancellationToken)
    {
        var progress = (OperationProgress.Deletion)operation.Progress;
        var clean = operation.Step(DeletionSteps.Verify).State == StepState.Done;
        if (operation.Step(DeletionSteps.Release).State != StepState.Done)
        {
            // Somebody took the release back between the check and now: the customer still has the device, and the resource is usable again.
            if (ResourceId.TryParse(progress.ResourceId, out var kept) && await resources.FindAsync(kept, cancellationToken) is { State: ResourceState.Deleting } stays)
            {
                var facts = new ResourceFacts { Custody = CustodyState.Customer };
                var message = $"Payment HSM '{kept.Name}' has not been released. Release it in payShield Manager, then retry the delete.";
                if (stays.Apply(ResourceEvent.NotReleased, facts, message, clock.GetUtcNow()) is Outcome<CustomerResource>.Done(var back))
                {
                    await resources.SaveAsync(back, new AuditNote(Actor.Portal, "resource.delete.blocked", message, operation.Serial, RuleId: "R70"), null, null, cancellationToken);
                }
            }

            return operation.With(step.End(StepState.NotDone, clock.GetUtcNow(), new Evidence("resource", "usable again; not released", clock.GetUtcNow())));
        }

        var digest = await sanitisation.SealAsync(
            operation, clean ? EvidenceKind.Sanitisation : EvidenceKind.NotSanitised,
            clean ? $"{operation.Serial} was released by {progress.Customer} and verified clean by a new read of the device." : $"{operation.Serial} was released by {progress.Customer}; its erasure could not be proven. The device is quarantined.",
            cancellationToken);
        if (ResourceId.TryParse(progress.ResourceId, out var id) && await resources.FindAsync(id, cancellationToken) is { } resource)
        {
            if (resource.Apply(ResourceEvent.Released, ResourceFacts.None, "Deleted.", clock.GetUtcNow()) is not Outcome<CustomerResource>.Done(var gone)
                || await resources.SaveAsync(gone, new AuditNote(Actor.Portal, "resource.deleted", $"{id} is gone", operation.Serial, null, operation.Id), null, digest, cancellationToken) is null)
            {
                return null;
            }
        }

        return operation.With(step.End(StepState.Done, clock.GetUtcNow(), new Evidence("bundle", digest, clock.GetUtcNow()), new Evidence("resource", "gone", clock.GetUtcNow())));
    }

    private static (OperationOutcome Outcome, string Detail) Ending(Operation operation)
    {
        string Missed(string step) => operation.Step(step).Evidence is [.., var last] ? last.Value : "no evidence";
        return operation.Step(DeletionSteps.Release).State != StepState.Done ? (OperationOutcome.Refused, $"Not released after all: {Missed(DeletionSteps.Release)}")
            : operation.Step(DeletionSteps.Verify).State != StepState.Done ? (OperationOutcome.NotObserved, $"The erasure was not proven; the device is quarantined. {Missed(DeletionSteps.Verify)}")
            : operation.Step(DeletionSteps.Rebaseline).State != StepState.Done ? (OperationOutcome.Verified, $"Verified clean; not back in the pool: quarantined. {Missed(DeletionSteps.Rebaseline)}")
            : (OperationOutcome.Verified, "Verified clean by new reads and back in the pool.");
    }
}
