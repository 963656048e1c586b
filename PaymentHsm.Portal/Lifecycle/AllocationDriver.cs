using System.Security.Cryptography;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Lifecycle;

/// <summary>
/// Drives W1 on one device: reserve, licence, connect, hand over, prove that access is gone, flip custody. Every step may be repeated: each looks first
/// whether it has happened already, and the device is given the same operation id each time.
/// </summary>
internal sealed class AllocationDriver(IOperationStore store, IDeviceStore devices, DeviceMoves moves, DeviceReader reader, IOutOfBandLinks links, IFleetFeed feed, TimeProvider clock) : IOperationDriver
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>When this process first drove an allocation.</summary>
    private DateTimeOffset? _firstLook;

    public IReadOnlyList<OperationKind> Kinds { get; } = [OperationKind.Allocation];

    public async Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken)
    {
        var progress = ((OperationProgress.HandOver)operation.Progress).Progress;
        switch (Allocation.Next(progress))
        {
            case AllocationAct.Perform(AllocationStep.Reserve) when NotReadYet(operation):
                return (operation, clock.GetUtcNow() + TryAgainAfter);
            case AllocationAct.Perform(var step):
                return await PerformAsync(operation, step, cancellationToken);
            case AllocationAct.Compensate(_, var target, var reason):
                return (await CompensateAsync(operation, target, reason, cancellationToken), null);
            default:
                var closed = AllocationSteps.Close(operation, OperationOutcome.Verified, "Handed over: the operator's administrator login was refused, then custody passed.", clock.GetUtcNow());
                return (await store.SaveAsync(closed, Note(operation, "operation.verified", closed.OutcomeDetail!), cancellationToken), null);
        }
    }

    /// <summary>Right after a start the device's health is not known; that is no reason to refuse it. After two minutes it is one.</summary>
    private bool NotReadYet(Operation operation)
    {
        var now = clock.GetUtcNow();
        _firstLook ??= now;
        return now - _firstLook < TimeSpan.FromMinutes(2) && !(feed.Current.Tiles.TryGetValue(operation.Serial, out var tile) && !tile.IsStale(now) && tile.Health != Health.Unknown);
    }

    private async Task<(Operation? Operation, DateTimeOffset? Until)> PerformAsync(Operation operation, AllocationStep step, CancellationToken cancellationToken)
    {
        var visible = operation.Step(step.ToString());
        var begun = visible.State == StepState.Pending ? await store.SaveAsync(operation.With(visible.Start(clock.GetUtcNow())), null, cancellationToken) : operation;
        if (begun is null)
        {
            return (null, null);
        }

        var result = await TryAsync(begun, step, cancellationToken);
        var after = AllocationSteps.After(begun with { Progress = result.Progress ?? begun.Progress }, result.Outcome, result.Evidence, clock.GetUtcNow());
        var stored = await store.SaveAsync(after, result.Outcome is AllocationStepOutcome.Proven ? null : Note(operation, $"allocation.{step.ToString().ToLowerInvariant()}", result.Outcome.ToString()), cancellationToken);
        return (stored, result.Outcome is AllocationStepOutcome.Unclear ? clock.GetUtcNow() + TryAgainAfter : null);
    }

    private async Task<StepResult> TryAsync(Operation operation, AllocationStep step, CancellationToken cancellationToken)
    {
        try
        {
            if (await devices.FindAsync(operation.Serial, cancellationToken) is not { } device)
            {
                return new StepResult(new AllocationStepOutcome.Denied("The device is no longer enrolled."));
            }

            var plan = (OperationProgress.HandOver)operation.Progress;
            return step switch
            {
                AllocationStep.Reserve => await ReserveAsync(operation, plan, device, cancellationToken),
                AllocationStep.Licence => await LicenceAsync(operation, plan, cancellationToken),
                AllocationStep.Connect => await ConnectAsync(plan, device, cancellationToken),
                AllocationStep.HandOver => await HandOverAsync(operation, plan, device, cancellationToken),
                AllocationStep.NegativeTest => await NegativeTestAsync(plan, device, cancellationToken),
                _ => await FlipAsync(operation, plan, device, cancellationToken),
            };
        }
        catch (LinkException e)
        {
            return new StepResult(e.IsTransient ? new AllocationStepOutcome.Unclear(e.Message) : new AllocationStepOutcome.Denied(e.Message));
        }
    }

    private async Task<StepResult> ReserveAsync(Operation operation, OperationProgress.HandOver plan, StoredDevice device, CancellationToken cancellationToken)
    {
        if (device.Record is { State: HsmState.Reserved } && device.Record.Allocation == plan.AllocationId)
        {
            return new StepResult(new AllocationStepOutcome.Proven($"already reserved, fence {device.Record.Fence}"));
        }

        var health = feed.Current.Tiles.TryGetValue(operation.Serial, out var tile) && !tile.IsStale(clock.GetUtcNow()) ? tile.Health : Health.Unknown;

        // The quota was decided with the resource, before this operation could begin (A2).
        var facts = await reader.ReadAsync(operation.Serial, health, cancellationToken) with { QuotaFree = true, Allocation = plan.AllocationId };
        return await moves.ApplyAsync(device, HsmEvent.Reserve, facts, plan.Customer, $"Reserved for {plan.ResourceName} of {plan.Customer}", operation.Id, null, cancellationToken) switch
        {
            Outcome<StoredDevice>.Done(var reserved) => new StepResult(new AllocationStepOutcome.Proven($"reserved, fence {reserved.Record.Fence}")),
            Outcome<StoredDevice>.Refused(var why) => new StepResult(new AllocationStepOutcome.Denied(why.ToString())),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>W1 step 4: what counts is the licence that the device reports, not that it accepted one.</summary>
    private async Task<StepResult> LicenceAsync(Operation operation, OperationProgress.HandOver plan, CancellationToken cancellationToken)
    {
        if (plan.Sku is not { } sku)
        {
            return new StepResult(new AllocationStepOutcome.Proven("the base image's licence stays as it is; no performance tier was asked for"));
        }

        var link = links.LinkTo(operation.Serial);
        var pushed = await link.PushLicenceAsync(DerivedId.Of(operation.Id, "licence"), sku.CallsPerSecond, sku.LmkCount, cancellationToken);
        var read = await link.ReadLicenceAsync(cancellationToken);
        Evidence[] evidence = [new("licence answer", pushed.Answer, clock.GetUtcNow())];
        return read.CallsPerSecond == sku.CallsPerSecond && read.LmkCount == sku.LmkCount
            ? new StepResult(new AllocationStepOutcome.Proven($"read back: {read.CallsPerSecond} calls per second, {read.LmkCount} LMK"), evidence)
            : new StepResult(pushed.Accepted ? new AllocationStepOutcome.Unclear($"read back: {read.CallsPerSecond} calls per second, {read.LmkCount} LMK") : new AllocationStepOutcome.Denied(pushed.Answer), evidence);
    }

    private async Task<StepResult> ConnectAsync(OperationProgress.HandOver plan, StoredDevice device, CancellationToken cancellationToken)
    {
        var facts = await reader.ReadAsync(device.Record.Serial, Health.Unknown, cancellationToken);
        return new StepResult(facts.NetworkConnected
            ? new AllocationStepOutcome.Proven($"HOST1, HOST2 and MGMT read as LinkUp; {plan.ResourceName}_HSMHost1Nic, {plan.ResourceName}_HSMHost2Nic and {plan.ResourceName}_HSMMgmtNic")
            : new AllocationStepOutcome.Unclear("HOST1, HOST2 and MGMT are not all up"));
    }

    private async Task<StepResult> HandOverAsync(Operation operation, OperationProgress.HandOver plan, StoredDevice device, CancellationToken cancellationToken)
    {
        var link = links.LinkTo(operation.Serial);
        if (device.Record.State == HsmState.Reserved)
        {
            // D11 first: from here the store says that access may be gone, whatever happens to this process.
            var facts = await reader.ReadAsync(operation.Serial, Health.Unknown, cancellationToken) with { LicenceReadBack = operation.Step(nameof(AllocationStep.Licence)).State == StepState.Done };
            switch (await moves.ApplyAsync(device, HsmEvent.HandOver, facts, plan.Customer, "Giving up access", operation.Id, null, cancellationToken))
            {
                case Outcome<StoredDevice>.Refused(var why):
                    return new StepResult(new AllocationStepOutcome.Denied(why.ToString()));
                case Outcome<StoredDevice>.Done(var moved):
                    device = moved;
                    break;
            }
        }

        var before = await link.ReadCommissionAsync(cancellationToken);
        if (before.Allocation == plan.AllocationId)
        {
            return new StepResult(new AllocationStepOutcome.Proven($"the device holds allocation {plan.AllocationId} ({before.State})"));
        }

        var now = clock.GetUtcNow();
        switch (LogicalAccess.Mint(new CustodyFacts(operation.Serial, device.Record.Custody, now), LogicalAccessPurpose.HandOver, now))
        {
            case LogicalAccessVerdict.Denied(var why):
                return new StepResult(new AllocationStepOutcome.Denied(why.ToString()));
            case LogicalAccessVerdict.Granted(var access):
                var answer = await link.HandOverAsync(access, operation.Id, plan.AllocationId, cancellationToken);
                var read = await link.ReadCommissionAsync(cancellationToken);
                Evidence[] evidence = [new("hand-over answer", answer.Answer, clock.GetUtcNow())];
                return read.Allocation == plan.AllocationId && read.AdminAccess == AdminAccess.Disabled
                    ? new StepResult(new AllocationStepOutcome.Proven($"read back: {read.State}, allocation {read.Allocation}, administrator access {read.AdminAccess}"), evidence)
                    : new StepResult(answer.Accepted ? new AllocationStepOutcome.Unclear($"read back: {read.State}, administrator access {read.AdminAccess}") : new AllocationStepOutcome.Denied(answer.Answer), evidence);
            default:
                throw new InvalidOperationException("A verdict is either granted or denied.");
        }
    }

    private async Task<StepResult> NegativeTestAsync(OperationProgress.HandOver plan, StoredDevice device, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (LogicalAccess.Mint(new CustodyFacts(device.Record.Serial, device.Record.Custody, now), LogicalAccessPurpose.NegativeTest, now) is not LogicalAccessVerdict.Granted(var access))
        {
            return new StepResult(new AllocationStepOutcome.Denied($"The test may only be made while handing over; custody is {device.Record.Custody}."));
        }

        var login = await links.LinkTo(device.Record.Serial).TryAdministratorLoginAsync(access, cancellationToken);
        Evidence[] evidence = [new(AllocationSteps.RefusedLogin, $"{Word(login.Outcome)}: {login.Answer}", login.At)];
        AllocationStepOutcome outcome = login.Outcome switch
        {
            AdministratorLoginOutcome.Refused => new AllocationStepOutcome.Proven("administrator login refused"),
            AdministratorLoginOutcome.LetIn => new AllocationStepOutcome.Denied("The administrator was still let in (I1)."),
            _ => new AllocationStepOutcome.Unclear(login.Answer),
        };
        return new StepResult(outcome, evidence, plan with { Login = login });
    }

    private async Task<StepResult> FlipAsync(Operation operation, OperationProgress.HandOver plan, StoredDevice device, CancellationToken cancellationToken)
    {
        if (device.Record is { State: HsmState.Allocated } && device.Record.Allocation == plan.AllocationId)
        {
            return new StepResult(new AllocationStepOutcome.Proven("custody passed already"));
        }

        var facts = await reader.ReadAsync(operation.Serial, Health.Unknown, cancellationToken) with { Login = plan.Login };
        var evidence = CanonicalJson.Encode(operation.Steps.SelectMany(s => s.Evidence.Select((e, i) => KeyValuePair.Create($"{s.Name}/{i}/{e.Name}", (object?)$"{e.At:O} {e.Value}"))));
        return await moves.ApplyAsync(
            device, HsmEvent.AccessDisabled, facts, plan.Customer, $"Custody passed to {plan.Customer}; {plan.ResourceName}", operation.Id,
            moved => new AllocationRecord(plan.AllocationId, moved.Serial, plan.ResourceId, plan.ResourceName, plan.Customer, moved.StateSince, null, Convert.ToHexStringLower(SHA256.HashData(evidence))),
            cancellationToken) switch
        {
            Outcome<StoredDevice>.Done => new StepResult(new AllocationStepOutcome.Proven($"custody passed to {plan.Customer}")),
            Outcome<StoredDevice>.Refused(var why) => new StepResult(new AllocationStepOutcome.Denied(why.ToString())),
            _ => throw new InvalidOperationException(),
        };
    }

    private static string Word(AdministratorLoginOutcome outcome) => outcome switch
    {
        AdministratorLoginOutcome.Refused => "refused",
        AdministratorLoginOutcome.LetIn => "let in",
        _ => "not tried",
    };

    /// <summary>Undoes what can be undone. Reservation and hand-over are the device's own states; nothing else was changed on it.</summary>
    private async Task<Operation?> CompensateAsync(Operation operation, CompensationTarget target, string reason, CancellationToken cancellationToken)
    {
        if (await devices.FindAsync(operation.Serial, cancellationToken) is { } device)
        {
            var plan = (OperationProgress.HandOver)operation.Progress;
            if (device.Record.State == HsmState.Reserved && device.Record.Allocation == plan.AllocationId)
            {
                await moves.ApplyAsync(device, HsmEvent.CancelReservation, DeviceFacts.None, null, reason, operation.Id, null, cancellationToken);
            }
            else if (device.Record.State == HsmState.HandingOver && device.Record.Allocation == plan.AllocationId)
            {
                await moves.ApplyAsync(device, HsmEvent.HandOverFailed, new DeviceFacts { Login = plan.Login }, null, reason, operation.Id, null, cancellationToken);
            }
        }

        var outcome = target == CompensationTarget.Quarantine ? OperationOutcome.NotObserved : OperationOutcome.Cancelled;
        var closed = AllocationSteps.Close(operation, outcome, reason, clock.GetUtcNow());
        return await store.SaveAsync(closed, Note(operation, "operation.failed", $"{outcome}: {reason}"), cancellationToken);
    }

    private static AuditNote Note(Operation operation, string action, string detail) => new(Actor.Portal, action, detail, operation.Serial, operation.Ticket, operation.Id);

    /// <summary>How a try of a step went, what it left as evidence, and what has to be remembered.</summary>
    private sealed record StepResult(AllocationStepOutcome Outcome, IReadOnlyList<Evidence> Evidence, OperationProgress.HandOver? Progress = null)
    {
        public StepResult(AllocationStepOutcome outcome)
            : this(outcome, [])
        {
        }
    }
}
