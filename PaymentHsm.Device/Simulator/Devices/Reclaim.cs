using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Release on behalf of the customer with erasure (OOB-PROFILE 5, Reclaim; R73). The order of the checks is part of the contract.</summary>
internal static class Reclaim
{
    /// <summary>Judges and accepts a Reclaim.</summary>
    /// <param name="change">The change in the making.</param>
    /// <param name="operation">Id under which it is known for ever.</param>
    /// <param name="allocation">The allocation that is to end; guards the next customer against a late request.</param>
    /// <param name="approval">Reference of the approval, for the log.</param>
    /// <param name="user">Account that asked.</param>
    /// <param name="willFail">True when an injected fault lets the erasure fail.</param>
    public static Verdict Request(Change change, Guid operation, string allocation, string approval, string user, bool willFail)
    {
        var fingerprint = $"{allocation}\n{approval}";
        if (change.State.Operations.FirstOrDefault(o => o.Id == operation) is { } before)
        {
            return before.Action == OperationAction.Reclaim && before.Fingerprint == fingerprint
                ? new Verdict.Accepted(before.TaskId, before)
                : Verdict.Refuse(409, "OperationIdConflict", operation.ToString());
        }

        var state = change.State;
        switch (state.Commission)
        {
            case CommissionState.Released:
                return Verdict.Refuse(409, "AlreadyReleased");
            case CommissionState.Reclaiming or CommissionState.Releasing:
                return Verdict.Busy;
        }

        if (state.Allocation != allocation)
        {
            return Verdict.Refuse(412, "AllocationMismatch", allocation);
        }

        if (state.Run != RunState.Running || SoftRestart.IsPlanned(state))
        {
            return Verdict.Busy;
        }

        var task = change.OpenTask("Reclaim", operation, "Accepted");
        var record = new OperationRecord(operation, OperationAction.Reclaim, allocation, fingerprint, OperationState.Accepted, change.At, null, null, task, user);
        change.State = change.State with { Operations = change.State.Operations.Add(record) };
        change.Commission(CommissionState.Reclaiming);
        change.Write("ReclaimAccepted", [operation.ToString(), allocation, approval], user, operation);
        Plan(change, task, operation, willFail || state.HardLocked);
        return new Verdict.Accepted(task, record);
    }

    /// <summary>Does what is due.</summary>
    public static void Step(Change change, AgendaItem item)
    {
        var allocation = change.State.Allocation ?? "";
        var operation = item.Operation!.Value;
        switch (item.Kind)
        {
            case AgendaKind.ReclaimRelease:
                change.UpdateOperation(operation, o => o with { State = OperationState.Running });
                Phase(change, item, "Releasing", 10);
                change.Write("ReleaseIssued", [allocation, operation.ToString()], null, operation);
                break;
            case AgendaKind.ReclaimKeys:
                Phase(change, item, "ErasingKeys", 30);
                change.State = change.State with { Lmks = 0 };
                break;
            case AgendaKind.ReclaimLogs:
                Phase(change, item, "ErasingLogs", 50);
                Content.EraseLogs(change);
                change.State = change.State with { CustomerContent = false };
                change.Write("CustomerContentErased", [allocation, operation.ToString()], null, operation);
                break;
            case AgendaKind.ReclaimRestart:
                Phase(change, item, "Restarting", 60);
                change.Write("RestartStarted", [change.State.BootId.ToString(System.Globalization.CultureInfo.InvariantCulture)], null, operation);
                change.State = change.State with { Run = RunState.Down, RunSince = change.At };
                SoftRestart.WriteLinks(change, "LinkDown", operation);
                break;
            case AgendaKind.ReclaimBoot:
                change.State = change.State with { Run = RunState.Booting, RunSince = change.At };
                SoftRestart.WriteLinks(change, "LinkUp", operation);
                break;
            case AgendaKind.ReclaimVerify:
                SoftRestart.Boot(change, ResetCause.ManagementCommand, operation);
                Phase(change, item, "Verifying", 90);
                break;
            case AgendaKind.ReclaimDone:
                Custody.Release(change, new EraseRecord(operation, "Reclaim", change.At, Verified: true), operation, allocation);
                change.Write("ReclaimCompleted", [operation.ToString(), allocation], null, operation, allocation: allocation);
                change.End(item, good: true, "ReclaimCompleted", operation.ToString(), allocation);
                break;
            default:
                Fail(change, item);
                break;
        }
    }

    private static void Plan(Change change, string task, Guid operation, bool willFail)
    {
        AgendaItem At(double restarts, AgendaKind kind, string? cause = null) => new(change.In(restarts), kind, task, operation, cause);

        if (willFail)
        {
            change.Plan(At(0.1, AgendaKind.ReclaimRelease), At(0.3, AgendaKind.ReclaimKeys), At(0.5, AgendaKind.ReclaimFail, "ErasingKeys"));
            return;
        }

        change.Plan(
            At(0.1, AgendaKind.ReclaimRelease),
            At(0.2, AgendaKind.ReclaimKeys),
            At(0.3, AgendaKind.ReclaimLogs),
            At(0.4, AgendaKind.ReclaimRestart),
            At(0.6, AgendaKind.ReclaimBoot),
            At(0.8, AgendaKind.ReclaimVerify),
            At(1, AgendaKind.ReclaimDone));
    }

    private static void Fail(Change change, AgendaItem item)
    {
        var (operation, allocation) = (item.Operation!.Value, change.State.Allocation ?? "");
        change.State = change.State with { LastErase = new EraseRecord(operation, "Reclaim", change.At, Verified: false) };
        change.Commission(CommissionState.EraseFailed);
        change.Write("ReclaimFailed", [operation.ToString(), allocation, item.Cause ?? "Verifying"], null, operation);
        change.End(item, good: false, "ReclaimFailed", operation.ToString(), allocation, item.Cause ?? "Verifying");
    }

    private static void Phase(Change change, AgendaItem item, string phase, int percent) =>
        change.UpdateTask(item.TaskId, t => t with { Phase = phase, Percent = percent });
}
