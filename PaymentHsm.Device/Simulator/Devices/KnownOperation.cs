using System.Globalization;

namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>Operations that are done at once: the same id with the same parameters tells the same, with others it is a conflict (OOB-PROFILE 5).</summary>
internal static class KnownOperation
{
    /// <summary>The answer to an id that came before; null for a new one.</summary>
    public static Verdict? Of(Change change, Guid operation, string action, string fingerprint) =>
        change.State.Operations.FirstOrDefault(o => o.Id == operation) is not { } before ? null
        : before.Action == action && before.Fingerprint == fingerprint ? new Verdict.Accepted(before.TaskId, before)
        : Verdict.Refuse(409, "OperationIdConflict", operation.ToString());

    /// <summary>Records an operation that is done.</summary>
    public static Verdict Succeed(Change change, Guid operation, string action, string fingerprint, string key, string user)
    {
        var record = new OperationRecord(
            operation, action, change.State.Allocation, fingerprint, OperationState.Succeeded, change.At, change.At, key, null, user);
        change.State = change.State with { Operations = change.State.Operations.Add(record) };
        return new Verdict.Accepted(null, record);
    }

    /// <summary>A number as message arguments write it.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
