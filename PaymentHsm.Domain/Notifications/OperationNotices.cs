using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;

namespace PaymentHsm.Domain.Notifications;

/// <summary>What people are told about an operation: who has to confirm it, and how it ended.</summary>
public static class OperationNotices
{
    /// <summary>The notice that this state of the operation calls for; null when nobody has to know. The same state gives the same notice.</summary>
    public static Notice? For(Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var link = $"/operations/{operation.Id}";
        return operation switch
        {
            // Those who can approve are told by the approval itself.
            { State: OperationState.AwaitingConfirmation, Approval: null } => new Notice(
                $"operation:{operation.Id}:waiting", "operation.waiting", NoticeLevel.Action,
                $"{Words(operation.Kind)} of {operation.Serial} waits for confirmation",
                $"{operation.RequestedBy} asked for it ({operation.ShortName}): {operation.Reason.TrimEnd('.')}.{(operation.ConfirmBefore is { } until ? $" Confirm before {until:yyyy-MM-dd HH:mm:ss}Z; nothing is sent before." : "")}",
                link, new Audience([], Role.Engineering, [operation.RequestedBy]), operation.Serial, operation.Ticket),
            { State: OperationState.Finished, Outcome: { } outcome } when operation.RequestedBy != Actor.Portal.Id || NeedsPeople(outcome) => new Notice(
                $"operation:{operation.Id}:finished", "operation.finished", NeedsPeople(outcome) ? NoticeLevel.Critical : NoticeLevel.Info,
                $"{Words(operation.Kind)} of {operation.Serial} ended: {Words(outcome)}",
                $"{operation.ShortName}: {operation.OutcomeDetail}",
                link, new Audience([operation.RequestedBy, .. operation.ConfirmedBy is { } second ? [second] : Array.Empty<string>()], NeedsPeople(outcome) ? Role.Engineering : null),
                operation.Serial, operation.Ticket),
            _ => null,
        };
    }

    /// <summary><c>SoftReboot</c> becomes <c>Soft reboot</c>.</summary>
    private static string Words<T>(T name)
        where T : struct, Enum => string.Concat(name.ToString().Select((c, at) => at > 0 && char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    /// <summary>Ended in a way that leaves work for people.</summary>
    private static bool NeedsPeople(OperationOutcome outcome) =>
        outcome is OperationOutcome.NotObserved or OperationOutcome.Contradictory or OperationOutcome.NotErased;
}
