using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Lifecycle;

namespace PaymentHsm.Portal.Operations;

/// <summary>
/// Drives a force delete (W5 steps 7 to 9): one Reclaim, read back; then the resource goes, whatever came of it, and the device goes back to the pool or into quarantine (R80).
/// A Reclaim again (D24) is driven the same way, out of quarantine and without a resource.
/// </summary>
internal sealed class ForceDeleteDriver(
    IOperationStore store, IDeviceStore devices, IResourceStore resources, DeviceMoves moves, DeviceReader reader, ISanitisation sanitisation, IOutOfBandLinks links, IApprovalDesk approvals, ReclaimAgainAction again,
    ForceDeleteOptions options, LifecycleOptions lifecycle, TimeProvider clock) : IOperationDriver
{
    public IReadOnlyList<OperationKind> Kinds { get; } = [OperationKind.ForceDelete, OperationKind.ReclaimAgain];

    public async Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken) =>
        ForceDelete.Next(operation, clock.GetUtcNow()) switch
        {
            ReclaimAct.Wait wait => (operation, wait.Until),
            ReclaimAct.Ended => (await store.FindAsync(operation.Id, cancellationToken), null),

            // Not begun: the approval was taken back or has run out at this moment, and ends the operation itself.
            ReclaimAct.Begin => await again.BeginAsync(operation, cancellationToken) is { } begun ? (begun, null) : (operation, clock.GetUtcNow() + options.SendAgainAfter),
            var act => (await ActAsync(operation, act, cancellationToken), null),
        };

    /// <summary>One act. Returns the operation as it now is, or null when somebody else changed it and it has to be read again.</summary>
    private Task<Operation?> ActAsync(Operation operation, ReclaimAct act, CancellationToken cancellationToken) => act switch
    {
        ReclaimAct.Check => CheckAsync(operation, cancellationToken),
        ReclaimAct.Send => SendAsync(operation, cancellationToken),
        ReclaimAct.LookUp => LookUpAsync(operation, cancellationToken),
        ReclaimAct.Follow => FollowAsync(operation, cancellationToken),
        ReclaimAct.ReadBack => ReadBackAsync(operation, cancellationToken),
        ReclaimAct.Verify => VerifyAsync(operation, cancellationToken),
        ReclaimAct.Detach => DetachAsync(operation, EvidenceKind.Sanitisation, cancellationToken),
        ReclaimAct.GiveUp => GiveUpAsync(operation, cancellationToken),
        ReclaimAct.Rebaseline => RebaselineAsync(operation, cancellationToken),
        _ => SaveAsync(operation, ForceDelete.Closed(operation, clock.GetUtcNow()), cancellationToken),
    };

    private async Task<Operation?> CheckAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (await ReclaimingAsync(operation, cancellationToken) is { } no)
        {
            return await SaveAsync(operation, ForceDelete.NotAllowed(operation, no, clock.GetUtcNow()), cancellationToken);
        }

        Operation after;
        try
        {
            var link = links.LinkTo(operation.Serial);
            var read = await link.ReadCommissionAsync(cancellationToken);
            var record = await link.FindOperationAsync(operation.Id, cancellationToken);
            after = ForceDelete.CheckedFirst(operation, read, record, await LastEntryAsync(link, cancellationToken), options, clock.GetUtcNow());
        }
        catch (LinkException e)
        {
            after = ForceDelete.CheckFailed(operation, e.Fault, e.Message, options, clock.GetUtcNow());
        }

        return await SaveAsync(operation, after, cancellationToken);
    }

    /// <summary>D16: the store says that the customer's content is being erased before anything is sent. Null when it does; else the rule that stands against it.</summary>
    private async Task<Refusal?> ReclaimingAsync(Operation operation, CancellationToken cancellationToken)
    {
        var progress = (OperationProgress.Reclaim)operation.Progress;
        if (await devices.FindAsync(operation.Serial, cancellationToken) is not { } device)
        {
            return new Refusal("R45", RefusalKind.NotFound, $"{operation.Serial} is no longer enrolled.");
        }

        if (operation.Kind == OperationKind.ReclaimAgain)
        {
            // It stays in quarantine until it was read as released.
            return ReclaimAgainRules.Device(device.Record, true, null, clock.GetUtcNow(), lifecycle);
        }

        if (device.Record.State == HsmState.Reclaiming && device.Record.Allocation == progress.AllocationId)
        {
            return null;
        }

        var deleting = ResourceId.TryParse(progress.ResourceId, out var id) && await resources.FindAsync(id, cancellationToken) is { State: ResourceState.Deleting } resource && resource.Operation == operation.Id;
        var consumed = operation.Approval is { } approval && await approvals.FindAsync(approval, cancellationToken) is { State: ApprovalState.Consumed };
        var facts = new DeviceFacts { ResourceDeleting = deleting, ApprovalConsumed = consumed, Ticket = operation.Ticket };
        return await moves.ApplyAsync(device, HsmEvent.StartReclaim, facts, device.Customer, $"Reclaim under {operation.Approval} begins", operation.Id, null, cancellationToken) is Outcome<StoredDevice>.Refused(var why) ? why : null;
    }

    private static async Task<long?> LastEntryAsync(IOutOfBandLink link, CancellationToken cancellationToken)
    {
        try
        {
            return (await link.ReadRestartMarksAsync(cancellationToken)).LastEntry;
        }
        catch (LinkException)
        {
            // Without the mark the whole log is read later; it must not keep the erasure from beginning.
            return null;
        }
    }

    private async Task<Operation?> SendAsync(Operation operation, CancellationToken cancellationToken)
    {
        var minted = await MintAsync(operation, cancellationToken);
        if (minted is Outcome<ReclaimAuthority>.Refused(var why))
        {
            return await SaveAsync(operation, ForceDelete.NotAllowed(operation, why, clock.GetUtcNow()), cancellationToken);
        }

        var authority = ((Outcome<ReclaimAuthority>.Done)minted).Value;
        var intended = ForceDelete.SendIntended(operation, clock.GetUtcNow());
        var sends = ((OperationProgress.Reclaim)intended.Progress).Sends;
        if (await store.SaveAsync(intended, Note(operation, "device.reclaim.sending", $"OOB Reclaim {operation.Id} of {authority.Allocation} under {authority.Approval}, send {sends}"), cancellationToken) is not { } stored)
        {
            return null;
        }

        var sent = await links.LinkTo(operation.Serial).SendReclaimAsync(authority, cancellationToken);
        return await store.SaveAsync(ForceDelete.Sent(stored, sent, options, clock.GetUtcNow()), Note(operation, "device.reclaim.answered", $"{sent.Delivery}: {sent.Answer}"), cancellationToken);
    }

    private async Task<Outcome<ReclaimAuthority>> MintAsync(Operation operation, CancellationToken cancellationToken) =>
        operation.Approval is { } id && await approvals.FindAsync(id, cancellationToken) is { } approval && await devices.FindAsync(operation.Serial, cancellationToken) is { } device
            ? ReclaimAuthority.Mint(approval, operation.Id, device.Record, approvals.OptionsOf(approval.Binding.Action))
            : new Refusal("I5", RefusalKind.NotInThisState, $"{operation.ShortName} has no approval, or {operation.Serial} is no longer enrolled.");

    private Task<Operation?> LookUpAsync(Operation operation, CancellationToken cancellationToken) => ReadAsync(
        operation,
        async link =>
        {
            var record = await link.FindOperationAsync(operation.Id, cancellationToken);
            return ForceDelete.LookedUp(operation, record, await link.ReadCommissionAsync(cancellationToken), options, clock.GetUtcNow());
        },
        cancellationToken);

    private Task<Operation?> FollowAsync(Operation operation, CancellationToken cancellationToken) => ReadAsync(
        operation, async link => ForceDelete.Followed(operation, await link.FindOperationAsync(operation.Id, cancellationToken), options, clock.GetUtcNow()), cancellationToken);

    private Task<Operation?> ReadBackAsync(Operation operation, CancellationToken cancellationToken) => ReadAsync(
        operation,
        async link =>
        {
            var read = await link.ReadCommissionAsync(cancellationToken);
            var log = await link.ReadAuditAsync(((OperationProgress.Reclaim)operation.Progress).LastEntry ?? 0, cancellationToken);
            return ForceDelete.ReadBackDone(operation, read, log, options, clock.GetUtcNow());
        },
        cancellationToken);

    private async Task<Operation?> ReadAsync(Operation operation, Func<IOutOfBandLink, Task<Operation>> read, CancellationToken cancellationToken)
    {
        Operation after;
        try
        {
            after = await read(links.LinkTo(operation.Serial));
        }
        catch (LinkException e)
        {
            after = ForceDelete.ReadFailed(operation, e.Message, options, clock.GetUtcNow());
        }

        return await SaveAsync(operation, after, cancellationToken);
    }

    private async Task<Operation?> VerifyAsync(Operation operation, CancellationToken cancellationToken)
    {
        var step = operation.Step(ForceDelete.VerifyStep);
        if (clock.GetUtcNow() - step.StartedAt > lifecycle.Released)
        {
            var why = $"The verification was not done in time. {(step.Evidence is [.., var last] ? last.Value : "")}";
            await OverdueAsync(operation, why, cancellationToken);
            return await SaveAsync(operation, ForceDelete.VerifyEnded(operation, false, [], why, clock.GetUtcNow()), cancellationToken);
        }

        if (await ReleasedAsync(operation, cancellationToken) is { } notYet)
        {
            return await SaveAsync(operation, ForceDelete.StepWaits(operation, ForceDelete.VerifyStep, notYet, options, clock.GetUtcNow()), cancellationToken);
        }

        return await sanitisation.VerifyAsync(operation, cancellationToken) switch
        {
            SanitisationResult.Proven proven => await SaveAsync(operation, ForceDelete.VerifyEnded(operation, true, proven.Seen, null, clock.GetUtcNow()), cancellationToken),
            SanitisationResult.Missed missed => await SaveAsync(operation, ForceDelete.VerifyEnded(operation, false, missed.Seen, missed.Reason, clock.GetUtcNow()), cancellationToken),
            SanitisationResult.Unclear unclear => await SaveAsync(operation, ForceDelete.StepWaits(operation, ForceDelete.VerifyStep, unclear.Reason, options, clock.GetUtcNow()), cancellationToken),
            _ => throw new InvalidOperationException("A verification is proven, missed or unclear."),
        };
    }

    /// <summary>D17 or D24, by a read of its own. Null when the device has become Released; else why it has not.</summary>
    private async Task<string?> ReleasedAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (await devices.FindAsync(operation.Serial, cancellationToken) is not { } device || ReleasedBy(operation, device.Record) is not { } trigger)
        {
            return null;
        }

        try
        {
            var facts = await reader.ReadCommissionAsync(operation.Serial, cancellationToken) with { EngineerSignatures = await SignaturesAsync(operation, cancellationToken) };
            return await moves.ApplyAsync(device, trigger, facts, device.Customer, $"Reclaim {operation.Id} read back", operation.Id, null, cancellationToken) is Outcome<StoredDevice>.Refused(var why) ? why.ToString() : null;
        }
        catch (LinkException e)
        {
            return e.Message;
        }
    }

    /// <summary>What makes the device Released now; null when it was, and has gone on from there.</summary>
    private static HsmEvent? ReleasedBy(Operation operation, DeviceRecord device) => device.State switch
    {
        HsmState.Reclaiming => HsmEvent.ReclaimVerified,

        // Back in quarantine since the verification began: it was Released, and missed a point (D20).
        HsmState.Quarantined when operation.Kind == OperationKind.ReclaimAgain && device.StateSince < operation.Step(ForceDelete.VerifyStep).StartedAt => HsmEvent.ReclaimedLater,
        _ => null,
    };

    /// <summary>Engineers who signed the approval that the operation used.</summary>
    private async Task<int> SignaturesAsync(Operation operation, CancellationToken cancellationToken) =>
        operation.Approval is { } id && await approvals.FindAsync(id, cancellationToken) is { State: ApprovalState.Consumed } approval
            ? approval.Decisions.Where(d => d.Kind == DecisionKind.Approve).Select(d => d.By.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count()
            : 0;

    /// <summary>The step of the state machine for a state that is overdue (I10); it has no guard, so that nothing is stuck.</summary>
    private async Task OverdueAsync(Operation operation, string why, CancellationToken cancellationToken)
    {
        if (await devices.FindAsync(operation.Serial, cancellationToken) is { } device && HsmLifecycle.OverdueEvent(device.Record.State) is { } trigger)
        {
            await moves.ApplyAsync(device, trigger, Finding(operation), null, why, operation.Id, null, cancellationToken);
        }
    }

    /// <summary>R79: what the signed request says of the hardware goes with the device into quarantine, however the erasure ended.</summary>
    private static DeviceFacts Finding(Operation operation) => DeviceFacts.None with { HardwareFailure = ((OperationProgress.Reclaim)operation.Progress).HardwareFinding is not null };

    private async Task<Operation?> GiveUpAsync(Operation operation, CancellationToken cancellationToken)
    {
        var begun = operation.Step(ForceDelete.EndStep(operation)).State == StepState.Pending ? await store.SaveAsync(ForceDelete.GivenUp(operation, clock.GetUtcNow()), null, cancellationToken) : operation;
        if (begun is null)
        {
            return null;
        }

        // D18, once: a repeat after a crash finds it done. A Reclaim again leaves the device in quarantine.
        if (await devices.FindAsync(operation.Serial, cancellationToken) is { Record.State: HsmState.Reclaiming } device)
        {
            var why = ((OperationProgress.Reclaim)operation.Progress).Why ?? "";
            await moves.ApplyAsync(device, HsmEvent.ReclaimFailed, Finding(operation), null, $"Not sanitised: {why}", operation.Id, null, cancellationToken);
        }

        return await DetachAsync(begun, EvidenceKind.NotSanitised, cancellationToken);
    }

    /// <summary>A12: the bundle is sealed from what is stored, then the resource goes, if there is one, and its allocation is closed over it. Every part may be repeated.</summary>
    private async Task<Operation?> DetachAsync(Operation operation, EvidenceKind kind, CancellationToken cancellationToken)
    {
        var progress = (OperationProgress.Reclaim)operation.Progress;
        var proven = kind == EvidenceKind.Sanitisation && operation.Step(ForceDelete.VerifyStep).State == StepState.Done;
        var digest = await sanitisation.SealAsync(
            operation,
            proven ? EvidenceKind.Sanitisation : EvidenceKind.NotSanitised,
            Statement(operation, progress, proven),
            cancellationToken);
        if (ResourceId.TryParse(progress.ResourceId, out var id) && await resources.FindAsync(id, cancellationToken) is { State: ResourceState.Deleting } resource && resource.Operation == operation.Id)
        {
            var device = await devices.FindAsync(operation.Serial, cancellationToken);
            var facts = new ResourceFacts { ApprovalConsumed = true, Device = device?.Record.State, Custody = device?.Record.Custody };
            switch (resource.Apply(ResourceEvent.ReclaimEnded, facts, proven ? "Deleted; the device was erased." : "Deleted; that the device was erased could not be proven.", clock.GetUtcNow()))
            {
                case Outcome<CustomerResource>.Refused(var why):
                    return await SaveAsync(operation, ForceDelete.StepWaits(operation, ForceDelete.DetachStep, why.ToString(), options, clock.GetUtcNow()), cancellationToken);
                case Outcome<CustomerResource>.Done(var gone):
                    var note = new AuditNote(Actor.Portal, "resource.deleted", $"{id} is gone; {(proven ? "erased and proven" : "not sanitised")}, bundle {digest}", operation.Serial, operation.Ticket, operation.Id);
                    if (await resources.SaveAsync(gone, note, null, digest, cancellationToken) is null)
                    {
                        return null;
                    }

                    break;
            }
        }

        return await SaveAsync(operation, ForceDelete.Detached(operation, digest, clock.GetUtcNow()), cancellationToken);
    }

    private static string Statement(Operation operation, OperationProgress.Reclaim progress, bool proven) => (operation.Kind, proven) switch
    {
        (OperationKind.ReclaimAgain, true) when progress.Sends == 0 =>
            $"{operation.Serial}, which {progress.Customer} had held, was in quarantine, was read as released without another Reclaim, and was verified clean by new reads of the device under {operation.Approval}.",
        (OperationKind.ReclaimAgain, true) => $"{operation.Serial}, which {progress.Customer} had held, was in quarantine, was reclaimed again under {operation.Approval}, and was verified clean by new reads of the device.",
        (_, true) => $"{operation.Serial} was erased on behalf of {progress.Customer} under {operation.Approval} and verified clean by new reads of the device.",
        _ => $"Not sanitised: no erasure of {operation.Serial}, which {progress.Customer} held, could be proven under {operation.Approval}. The device is quarantined and must be treated as holding customer content.",
    };

    private async Task<Operation?> RebaselineAsync(Operation operation, CancellationToken cancellationToken)
    {
        var step = operation.Step(ForceDelete.RebaselineStep);
        if (clock.GetUtcNow() - step.StartedAt > lifecycle.Rebaselining)
        {
            var why = $"The baseline was not reached in time. {(step.Evidence is [.., var last] ? last.Value : "")}";
            await OverdueAsync(operation, why, cancellationToken);
            return await SaveAsync(operation, ForceDelete.RebaselineEnded(operation, false, [], why, clock.GetUtcNow()), cancellationToken);
        }

        return await sanitisation.RebaselineAsync(operation, cancellationToken) switch
        {
            SanitisationResult.Proven proven => await SaveAsync(operation, ForceDelete.RebaselineEnded(operation, true, proven.Seen, null, clock.GetUtcNow()), cancellationToken),
            SanitisationResult.Missed missed => await SaveAsync(operation, ForceDelete.RebaselineEnded(operation, false, missed.Seen, missed.Reason, clock.GetUtcNow()), cancellationToken),
            SanitisationResult.Unclear unclear => await SaveAsync(operation, ForceDelete.StepWaits(operation, ForceDelete.RebaselineStep, unclear.Reason, options, clock.GetUtcNow()), cancellationToken),
            _ => throw new InvalidOperationException("A baseline is proven, missed or unclear."),
        };
    }

    /// <summary>Stores a change that is worth it; when only the waiting time moved, memory is enough.</summary>
    private async Task<Operation?> SaveAsync(Operation before, Operation after, CancellationToken cancellationToken)
    {
        if (after.State == OperationState.Finished)
        {
            return await store.SaveAsync(after, Note(after, after.Outcome == OperationOutcome.ErasedAndProven ? "operation.erasedAndProven" : "operation.notErased", after.OutcomeDetail ?? ""), cancellationToken);
        }

        var (was, now) = ((OperationProgress.Reclaim)before.Progress, (OperationProgress.Reclaim)after.Progress);
        var failed = now.Phase == ReclaimPhase.Failed && was.Phase != ReclaimPhase.Failed;
        var erased = now.Phase == ReclaimPhase.Erased && was.Phase != ReclaimPhase.Erased;
        return Same(before, after) && was with { NotBefore = null, LookUps = 0 } == now with { NotBefore = null, LookUps = 0 }
            ? after
            : await store.SaveAsync(after, failed ? Note(after, after.Kind == OperationKind.ReclaimAgain ? QuarantineCauses.StillDirty : "device.reclaim.failed", now.Why ?? "") : erased ? Note(after, "device.reclaim.readback", "The device was read back as erased.") : null, cancellationToken);
    }

    private static bool Same(Operation before, Operation after) =>
        before.State == after.State && before.Steps.Zip(after.Steps).All(p => p.First.State == p.Second.State && p.First.Evidence.SequenceEqual(p.Second.Evidence));

    private static AuditNote Note(Operation operation, string action, string detail) =>
        new(Actor.Portal, action, detail, operation.Serial, operation.Ticket, operation.Id);
}
