namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Brings a device up to the present: everything due happens, in order, at the time it was due.</summary>
internal static class Agenda
{
    /// <summary>How long an ended task can be read (OOB-PROFILE 6).</summary>
    public static readonly TimeSpan TaskLifetime = TimeSpan.FromMinutes(1440);

    /// <summary>Does what is due at <paramref name="now"/>.</summary>
    /// <param name="change">The change in the making.</param>
    /// <param name="now">The present.</param>
    /// <param name="stuck">True while a fault holds every task where it is.</param>
    public static void Settle(Change change, DateTimeOffset now, bool stuck)
    {
        while (change.State is { Agenda: [var next, ..] } state && next.At <= now && !(stuck && next.TaskId is not null))
        {
            change.At = next.At;
            change.State = state with { Agenda = state.Agenda.RemoveAt(0) };
            Step(change, next);
        }

        change.At = now;
        if (change.State.Tasks is [var oldest, ..] && oldest.End + TaskLifetime <= now)
        {
            change.State = change.State with { Tasks = [.. change.State.Tasks.Where(t => !(t.End + TaskLifetime <= now))] };
        }
    }

    private static void Step(Change change, AgendaItem item)
    {
        switch (item.Kind)
        {
            case AgendaKind.SuppliesBack:
                Power.SuppliesBack(change);
                break;
            case AgendaKind.BootDone:
                SoftRestart.Boot(change, item.Cause ?? ResetCause.PowerEvent, null);
                break;
            case AgendaKind.Release:
                Custody.FinishRelease(change);
                break;
            case AgendaKind.ControllerDown or AgendaKind.ControllerUp:
                change.State = change.State with { ControllerDown = item.Kind == AgendaKind.ControllerDown };
                break;
            case AgendaKind.UpdateInstalled:
                FirmwareUpdate.Install(change, item);
                break;
            case AgendaKind.UpdateFail:
                FirmwareUpdate.Fail(change, item);
                break;
            case >= AgendaKind.ReclaimRelease and <= AgendaKind.ReclaimFail:
                Reclaim.Step(change, item);
                break;
            default:
                SoftRestart.Step(change, item);
                break;
        }
    }
}
