namespace PaymentHsm.Device.Simulator.Devices;

/// <summary>A device's answer to something it was asked to do.</summary>
internal abstract record Verdict
{
    /// <summary>Accepted, now or the first time the same operation id came.</summary>
    /// <remarks><c>TaskId</c>: The task that does it; null when it is done. <c>Operation</c>: The record; null for work without an operation id.</remarks>
    public sealed record Accepted(string? TaskId, OperationRecord? Operation) : Verdict;

    /// <summary>Refused, with HTTP status and message.</summary>
    /// <remarks><c>Registry</c>: <c>Base.1.19</c> or <c>PaymentHsm.1.0</c>.</remarks>
    public sealed record Refused(int Status, string Registry, string Key, params string[] Args) : Verdict;

    /// <summary>Something else is going on (409).</summary>
    public static Verdict Busy { get; } = new Refused(409, "Base.1.19", "ResourceInUse");

    /// <summary>A refusal in our own registry.</summary>
    public static Verdict Refuse(int status, string key, params string[] args) => new Refused(status, "PaymentHsm.1.0", key, args);
}
