using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Firmware of a device that no customer holds (<c>UpdateService.SimpleUpdate</c>).</summary>
internal static class FirmwareUpdate
{
    /// <summary>Accepts an image; the version is the last part of its file name, for example <c>payshield-2.2b.bin</c>.</summary>
    public static Verdict Request(Change change, Uri image, string user)
    {
        if (change.State.Commission != CommissionState.Released)
        {
            return Verdict.Refuse(403, "DeviceInCustomerCustody", change.State.Allocation ?? "");
        }

        if (change.State.Run != RunState.Running || SoftRestart.IsPlanned(change.State))
        {
            return Verdict.Busy;
        }

        var version = Path.GetFileNameWithoutExtension(image.AbsolutePath).Split('-')[^1];
        var task = change.OpenTask("Firmware update", null, null);
        change.Write("RestartRequested", [task, user], user);
        change.State = change.State with { Run = RunState.Stopping, RunSince = change.At };
        change.Plan(
            new AgendaItem(change.In(0.1), AgendaKind.RestartStart, task),
            new AgendaItem(change.In(0.2), AgendaKind.RestartLinksDown, task),
            new AgendaItem(change.In(0.4), AgendaKind.RestartBoot, task),
            new AgendaItem(change.In(0.5), AgendaKind.UpdateInstalled, task, Cause: version),
            new AgendaItem(change.In(0.9), AgendaKind.RestartLinksUp, task),
            new AgendaItem(change.In(1), AgendaKind.RestartDone, task));
        return new Verdict.Accepted(task, null);
    }

    /// <summary>The new release is in place; the boot that follows runs it.</summary>
    public static void Install(Change change, AgendaItem item) => change.State = change.State with { Base = item.Cause ?? change.State.Base };
}
