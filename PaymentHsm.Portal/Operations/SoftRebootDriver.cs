using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Portal.Operations;

/// <summary>Drives one soft reboot (W2).</summary>
internal sealed class SoftRebootDriver(IOperationStore store, IOutOfBandLinks links, SoftRebootOptions options, TimeProvider clock) : IOperationDriver
{
    public IReadOnlyList<OperationKind> Kinds { get; } = [OperationKind.SoftReboot];

    public async Task<(Operation? Operation, DateTimeOffset? Until)> StepAsync(Operation operation, CancellationToken cancellationToken) =>
        SoftReboot.Next(operation, options, clock.GetUtcNow()) switch
        {
            RestartAct.Wait wait => (operation, wait.Until),
            RestartAct.Ended => (await store.FindAsync(operation.Id, cancellationToken), null),
            var act => (await ActAsync(operation, act, cancellationToken), null),
        };

    /// <summary>One act. Returns the operation as it now is, or null when somebody else changed it and it has to be read again.</summary>
    private async Task<Operation?> ActAsync(Operation operation, RestartAct act, CancellationToken cancellationToken)
    {
        var link = links.LinkTo(operation.Serial);
        switch (act)
        {
            case RestartAct.Lapse:
                return await SaveAsync(operation, SoftReboot.Lapsed(operation, clock.GetUtcNow()), cancellationToken);
            case RestartAct.TakeMarks:
                return await TakeMarksAsync(operation, link, cancellationToken);
            case RestartAct.Send:
                return await SendAsync(operation, link, cancellationToken);
            case RestartAct.LookUp lookUp:
                return await ReadTraceAsync(operation, link, lookUp.Marks, SoftReboot.LookedUp, SoftReboot.LookUpFailed, cancellationToken);
            case RestartAct.Observe observe:
                return await ReadTraceAsync(operation, link, observe.Marks, SoftReboot.Observed, SoftReboot.ObserveFailed, cancellationToken);
            default:
                return operation;
        }
    }

    private async Task<Operation?> TakeMarksAsync(Operation operation, IOutOfBandLink link, CancellationToken cancellationToken)
    {
        Operation after;
        try
        {
            after = SoftReboot.Marked(operation, await link.ReadRestartMarksAsync(cancellationToken));
        }
        catch (LinkException e)
        {
            after = SoftReboot.MarksFailed(operation, e.Fault, e.Message, options, clock.GetUtcNow());
        }

        return await SaveAsync(operation, after, cancellationToken);
    }

    private async Task<Operation?> SendAsync(Operation operation, IOutOfBandLink link, CancellationToken cancellationToken)
    {
        var intended = SoftReboot.SendIntended(operation, clock.GetUtcNow());
        var sends = ((OperationProgress.Restart)intended.Progress).Sends;
        if (await store.SaveAsync(intended, Note(operation, "device.restart.sending", $"OOB restart request {operation.Id}, send {sends}"), cancellationToken) is not { } stored)
        {
            return null;
        }

        var sent = await link.SendRestartAsync(operation.Id, cancellationToken);
        var after = SoftReboot.Sent(stored, sent, options, clock.GetUtcNow());
        return await store.SaveAsync(after, Note(operation, "device.restart.answered", $"{sent.Delivery}: {sent.Answer}{Ending(after)}"), cancellationToken);
    }

    private async Task<Operation?> ReadTraceAsync(
        Operation operation, IOutOfBandLink link, RestartMarks marks, Func<Operation, RestartTrace, SoftRebootOptions, DateTimeOffset, Operation> read,
        Func<Operation, string, SoftRebootOptions, DateTimeOffset, Operation> failed, CancellationToken cancellationToken)
    {
        Operation after;
        try
        {
            after = read(operation, await link.ReadRestartTraceAsync(marks, cancellationToken), options, clock.GetUtcNow());
        }
        catch (LinkException e)
        {
            after = failed(operation, e.Message, options, clock.GetUtcNow());
        }

        return await SaveAsync(operation, after, cancellationToken);
    }

    /// <summary>Stores a change that is worth it; when only the waiting time moved, memory is enough.</summary>
    private async Task<Operation?> SaveAsync(Operation before, Operation after, CancellationToken cancellationToken)
    {
        if (after.State == OperationState.Finished)
        {
            return await store.SaveAsync(after, Note(after, $"operation.{Lower(after.Outcome)}", after.OutcomeDetail ?? ""), cancellationToken);
        }

        return SameEvidence(before, after) && SameProgress(before, after) ? after : await store.SaveAsync(after, null, cancellationToken);
    }

    private static bool SameEvidence(Operation before, Operation after) =>
        before.State == after.State && before.Steps.Zip(after.Steps).All(p => p.First.State == p.Second.State && p.First.Evidence.SequenceEqual(p.Second.Evidence));

    private static bool SameProgress(Operation before, Operation after) =>
        (OperationProgress.Restart)before.Progress with { NotBefore = null } == (OperationProgress.Restart)after.Progress with { NotBefore = null };

    private static string Ending(Operation after) => after.State == OperationState.Finished ? $". {after.Outcome}: {after.OutcomeDetail}" : "";

    private static string Lower(OperationOutcome? outcome) => outcome?.ToString() is { Length: > 0 } text ? char.ToLowerInvariant(text[0]) + text[1..] : "finished";

    private static AuditNote Note(Operation operation, string action, string detail) =>
        new(Actor.Portal, action, detail, operation.Serial, operation.Ticket, operation.Id);
}
