using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>How a device passes to a customer and comes back by the customer's own act (OOB-PROFILE 5).</summary>
internal static class Custody
{
    /// <summary>Hands a released device to an allocation: administrator access ends at once.</summary>
    public static Verdict HandOver(Change change, Guid operation, string allocation, string user)
    {
        if (change.State.Operations.FirstOrDefault(o => o.Id == operation) is { } before)
        {
            return before.Action == OperationAction.HandOver && before.Fingerprint == allocation
                ? new Verdict.Accepted(null, before)
                : Verdict.Refuse(409, "OperationIdConflict", operation.ToString());
        }

        if (change.State.Commission != CommissionState.Released)
        {
            return change.State.Commission is CommissionState.Reclaiming or CommissionState.Releasing
                ? Verdict.Busy
                : Verdict.Refuse(409, "DeviceInCustomerCustody", change.State.Allocation ?? "");
        }

        if (change.State.Run != RunState.Running)
        {
            return Verdict.Busy;
        }

        var record = new OperationRecord(
            operation, OperationAction.HandOver, allocation, allocation, OperationState.Succeeded, change.At, change.At, "DeviceHandedOver", null, user);
        change.State = change.State with
        {
            Allocation = allocation,
            AdminEnabled = false,
            CustomerContent = false,
            Operations = change.State.Operations.Add(record),
        };
        change.Commission(CommissionState.InCustody);
        change.Write("DeviceHandedOver", [allocation], user, operation);
        change.Write("AdminAccessDisabled", [], user, operation);
        return new Verdict.Accepted(null, record);
    }

    /// <summary>The customer sets up a security domain and loads keys, over payShield Manager.</summary>
    public static Verdict Commission(Change change)
    {
        if (change.State.Commission != CommissionState.InCustody)
        {
            return Wrong(change, "InCustody");
        }

        Content.Fill(change);
        change.Commission(CommissionState.Commissioned);
        change.Write("DeviceCommissioned", [change.State.Allocation ?? ""]);
        return new Verdict.Accepted(null, null);
    }

    /// <summary>The customer releases the device (R69).</summary>
    public static Verdict StartRelease(Change change, TimeSpan takes)
    {
        if (change.State.Commission is not (CommissionState.InCustody or CommissionState.Commissioned))
        {
            return Wrong(change, "InCustody or Commissioned");
        }

        change.Commission(CommissionState.Releasing);
        change.Plan(new AgendaItem(change.At + takes, AgendaKind.Release));
        return new Verdict.Accepted(null, null);
    }

    /// <summary>The customer's release is through.</summary>
    public static void FinishRelease(Change change)
    {
        change.Write("DeviceReleased", [change.State.Allocation ?? ""]);
        Release(change, new EraseRecord(null, "CustomerRelease", change.At, Verified: true), null, null);
    }

    /// <summary>The device is the provider's again: nothing of the customer's is left and administrators may come in.</summary>
    public static void Release(Change change, EraseRecord erase, Guid? operation, string? allocation)
    {
        Content.Release(change);
        change.State = change.State with { LastErase = erase, AdminEnabled = true, Accounts = [.. change.State.Accounts.Select(a => AsDelivered(change, a))] };
        change.Write("AdminAccessEnabled", [], null, operation, allocation: allocation);
        change.State = change.State with { Allocation = null };
        change.Commission(CommissionState.Released);
    }

    /// <summary>A release gives the administrator the password back that the unit was delivered with.</summary>
    private static Account AsDelivered(Change change, Account account) =>
        account.RoleId == "Administrator" && change.Device.Passwords.TryGetValue(account.UserName, out var delivered) ? account with { Password = delivered } : account;

    private static Verdict.Refused Wrong(Change change, string needed) =>
        new(409, "Base.1.19", "ActionNotSupported", $"The device is {change.State.Commission}; this needs {needed}.");
}
