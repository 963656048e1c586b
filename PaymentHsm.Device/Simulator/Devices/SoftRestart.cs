using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Restart by request over the out-of-band controller (OOB-PROFILE 7, flow "soft restart"; R60, R68).</summary>
internal static class SoftRestart
{
    private static readonly string[] HsmPorts = ["HOST1", "HOST2", "MGMT"];

    /// <summary>Asks for a restart. The same operation id never causes a second one.</summary>
    /// <param name="change">The change in the making.</param>
    /// <param name="operation">Id given with the request; null when the client gave none.</param>
    /// <param name="user">Account that asked.</param>
    /// <param name="willFail">True when an injected fault lets it fail.</param>
    public static Verdict Request(Change change, Guid? operation, string user, bool willFail)
    {
        if (operation is { } known && change.State.Operations.FirstOrDefault(o => o.Id == known) is { } before)
        {
            return before.Action == OperationAction.Reset
                ? new Verdict.Accepted(before.TaskId, before)
                : Verdict.Refuse(409, "OperationIdConflict", known.ToString());
        }

        var state = change.State;
        if (state.Run != RunState.Running || IsPlanned(state) || state.Commission is CommissionState.Reclaiming or CommissionState.Releasing)
        {
            return Verdict.Busy;
        }

        var task = change.OpenTask("Restart", operation, phase: null);
        OperationRecord? record = null;
        if (operation is { } id)
        {
            record = new OperationRecord(id, OperationAction.Reset, state.Allocation, "GracefulRestart", OperationState.Running, change.At, null, null, task, user);
            change.State = change.State with { Operations = change.State.Operations.Add(record) };
        }

        change.Write("RestartRequested", [task, user], user, operation);
        if (state.HardLocked || willFail)
        {
            change.Plan(new AgendaItem(change.In(3), AgendaKind.RestartFail, task, operation));
            return new Verdict.Accepted(task, record);
        }

        change.State = change.State with { Run = RunState.Stopping, RunSince = change.At };
        change.Plan(
            new AgendaItem(change.In(0.1), AgendaKind.RestartStart, task, operation),
            new AgendaItem(change.In(0.2), AgendaKind.RestartLinksDown, task, operation),
            new AgendaItem(change.In(0.4), AgendaKind.RestartBoot, task, operation),
            new AgendaItem(change.In(0.9), AgendaKind.RestartLinksUp, task, operation),
            new AgendaItem(change.In(1), AgendaKind.RestartDone, task, operation));
        return new Verdict.Accepted(task, record);
    }

    /// <summary>Does what is due.</summary>
    public static void Step(Change change, AgendaItem item)
    {
        var state = change.State;
        switch (item.Kind)
        {
            case AgendaKind.RestartStart:
                change.Write("RestartStarted", [Text(state.BootId)], null, item.Operation);
                change.UpdateTask(item.TaskId, t => t with { Percent = 10 });
                break;
            case AgendaKind.RestartLinksDown:
                change.State = state with { Run = RunState.Down, RunSince = change.At };
                WriteLinks(change, "LinkDown", item.Operation);
                break;
            case AgendaKind.RestartBoot:
                change.State = state with { Run = RunState.Booting, RunSince = change.At };
                change.UpdateTask(item.TaskId, t => t with { Percent = 50 });
                break;
            case AgendaKind.RestartLinksUp:
                WriteLinks(change, "LinkUp", item.Operation);
                change.UpdateTask(item.TaskId, t => t with { Percent = 90 });
                break;
            case AgendaKind.RestartDone:
                Boot(change, ResetCause.ManagementCommand, item.Operation);
                Complete(change, item);
                break;
            default:
                Fail(change, item);
                break;
        }
    }

    private static void Complete(Change change, AgendaItem item)
    {
        if (item.Cause is { } version)
        {
            change.Write("FirmwareUpdated", [version], null, item.Operation);
            change.End(item, good: true, "FirmwareUpdated", version);
            return;
        }

        change.End(item, good: true, "RestartCompleted", Text(change.State.BootId), ResetCause.ManagementCommand);
    }

    /// <summary>A restart that will not come about.</summary>
    public static void Fail(Change change, AgendaItem item)
    {
        change.Write("RestartFailed", [item.TaskId ?? ""], null, item.Operation);
        change.End(item, good: false, "RestartFailed", item.TaskId ?? "");
    }

    /// <summary>The HSM is up: a new boot.</summary>
    public static void Boot(Change change, string cause, Guid? operation)
    {
        change.State = change.State with
        {
            BootId = change.State.BootId + 1,
            Reboots = change.State.Reboots + 1,
            LastReset = change.At,
            LastResetCause = cause,
            Run = RunState.Running,
            RunSince = change.At,
        };
        change.Write("RestartCompleted", [Text(change.State.BootId), cause], null, operation);
        Content.Log(change);
    }

    /// <summary>Logs every port of the HSM that goes down or comes up with it; a port without cable or switch stays as it was.</summary>
    public static void WriteLinks(Change change, string key, Guid? operation)
    {
        if (!change.State.SwitchUp)
        {
            return;
        }

        foreach (var port in HsmPorts.Where(p => !change.State.Unplugged.Contains(p)))
        {
            change.Write(key, [port], null, operation, $"/redfish/v1/Systems/hsm/EthernetInterfaces/{port}");
        }
    }

    /// <summary>A restart is on the agenda.</summary>
    public static bool IsPlanned(DeviceState state) =>
        state.Agenda.Any(i => i.Kind is >= AgendaKind.RestartStart and <= AgendaKind.RestartFail or AgendaKind.UpdateInstalled or AgendaKind.UpdateFail);

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
