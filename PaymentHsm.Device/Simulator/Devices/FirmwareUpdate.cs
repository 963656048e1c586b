using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Firmware: installed by the provider while no customer holds the device (<c>UpdateService.SimpleUpdate</c>), or by the customer's own hand (R40, R42).</summary>
internal static class FirmwareUpdate
{
    /// <summary>Accepts an image; the version is the last part of its file name, for example <c>payshield-2.2b.bin</c>. The same operation id causes nothing twice.</summary>
    public static Verdict Request(Change change, Uri image, Guid? operation, string user, bool willFail)
    {
        var version = Path.GetFileNameWithoutExtension(image.AbsolutePath).Split('-')[^1];
        if (operation is { } given && KnownOperation.Of(change, given, OperationAction.Update, version) is { } known)
        {
            return known;
        }

        if (change.State.Commission != CommissionState.Released)
        {
            return Verdict.Refuse(403, "DeviceInCustomerCustody", change.State.Allocation ?? "");
        }

        if (!change.State.Serving || change.State.Run != RunState.Running || SoftRestart.IsPlanned(change.State))
        {
            return Verdict.Busy;
        }

        var task = change.OpenTask("Firmware update", operation, null);
        OperationRecord? record = null;
        if (operation is { } id)
        {
            record = new OperationRecord(id, OperationAction.Update, null, version, OperationState.Running, change.At, null, null, task, user);
            change.State = change.State with { Operations = change.State.Operations.Add(record) };
        }

        Plan(change, task, operation, version, user, willFail);
        return new Verdict.Accepted(task, record);
    }

    /// <summary>The new release is in place; the boot that follows runs it.</summary>
    public static void Install(Change change, AgendaItem item) => Put(change, item.Cause ?? change.State.Base);

    /// <summary>The image was not taken: the release stays.</summary>
    public static void Fail(Change change, AgendaItem item)
    {
        change.Write("FirmwareUpdateFailed", [item.TaskId ?? "", change.State.Base], null, item.Operation);
        change.End(item, good: false, "FirmwareUpdateFailed", item.TaskId ?? "", change.State.Base);
    }

    /// <summary>The customer installs a release. One that is no base release takes the licence with it (R42).</summary>
    public static void ByCustomer(Change change, string version)
    {
        Put(change, version);
        Content.Log(change);
        if (!FirmwareRelease.IsBase(version))
        {
            change.State = change.State with { Features = [] };
        }
    }

    private static void Put(Change change, string version) => change.State = change.State with { Base = version };

    private static void Plan(Change change, string task, Guid? operation, string version, string user, bool willFail)
    {
        AgendaItem At(double restarts, AgendaKind kind) => new(change.In(restarts), kind, task, operation, version);

        if (willFail)
        {
            change.Plan(At(0.5, AgendaKind.UpdateFail));
            return;
        }

        change.Write("RestartRequested", [task, user], user, operation);
        change.State = change.State with { Run = RunState.Stopping, RunSince = change.At };
        change.Plan(
            At(0.1, AgendaKind.RestartStart),
            At(0.2, AgendaKind.RestartLinksDown),
            At(0.4, AgendaKind.RestartBoot),
            At(0.5, AgendaKind.UpdateInstalled),
            At(0.9, AgendaKind.RestartLinksUp),
            At(1, AgendaKind.RestartDone));
    }
}
