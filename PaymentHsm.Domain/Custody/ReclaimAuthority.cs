using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Fleet;

namespace PaymentHsm.Domain.Custody;

/// <summary>
/// The capability without which no Reclaim can be sent (R27, I5). Only <see cref="Mint"/> makes one: from a consumed approval of a force delete or of a Reclaim again (D24) whose
/// signatures and digest still hold, for the operation that consumed it. It carries the only operation id that this approval will ever use, so that a repeat erases nothing twice.
/// </summary>
public sealed class ReclaimAuthority
{
    /// <summary>The action that a force-delete approval names.</summary>
    public const string Action = "ForceDelete";

    /// <summary>The action that the approval of a Reclaim again names (D24).</summary>
    public const string AgainAction = "ReclaimAgain";

    private ReclaimAuthority(HsmSerial serial, Guid operation, string allocation, string approval) =>
        (Serial, Operation, Allocation, Approval) = (serial, operation, allocation, approval);

    /// <summary>The only device it may erase.</summary>
    public HsmSerial Serial { get; }

    /// <summary>The operation id that the device is given.</summary>
    public Guid Operation { get; }

    /// <summary>The allocation that is to end; the device refuses any other, so that a late Reclaim cannot wipe the next customer.</summary>
    public string Allocation { get; }

    /// <summary>Reference of the approval, for the device's own log.</summary>
    public string Approval { get; }

    /// <summary>Mints the authority, or says which rule stands against it.</summary>
    /// <param name="approval">The approval, as stored.</param>
    /// <param name="operation">The operation that consumed it.</param>
    /// <param name="device">The device, as stored: reclaiming in the bound allocation, or for a Reclaim again in quarantine and not verified clean.</param>
    /// <param name="options">Quorum that the signatures must still satisfy.</param>
    public static Outcome<ReclaimAuthority> Mint(ApprovalRequest approval, Guid operation, Lifecycle.DeviceRecord device, ApprovalOptions options)
    {
        ArgumentNullException.ThrowIfNull(approval);
        ArgumentNullException.ThrowIfNull(device);
        Refusal? no =
            approval.State != ApprovalState.Consumed ? new("I5", RefusalKind.NotInThisState, $"{approval.Id} is {approval.State}; only a consumed approval lets a Reclaim be sent.")
            : approval.Binding.Digest() != approval.Digest ? new("I5", RefusalKind.NotInThisState, $"What {approval.Id} binds does not match its digest.", "Do not send anything; look at the audit log.")
            : approval.Binding.Action is not (Action or AgainAction) ? new("I5", RefusalKind.NotInThisState, $"{approval.Id} approves {approval.Binding.Action}, not a Reclaim.")
            : approval.Binding.Serial != device.Serial ? new("I5", RefusalKind.NotInThisState, $"{approval.Id} is for {approval.Binding.Serial}, not for {device.Serial}.")
            : ApprovalPolicy.Judge(approval, options) is not Verdict.Allow ? new("I5", RefusalKind.NotInThisState, $"The signatures of {approval.Id} do not satisfy the policy.")
            : !approval.Binding.Parameters.TryGetValue(OperationParameter, out var bound) || bound != operation.ToString() ? new("I5", RefusalKind.NotInThisState, $"{approval.Id} binds another operation.")
            : approval.Binding.Allocation is not { Length: > 0 } ? new("I5", RefusalKind.NotInThisState, $"{approval.Id} binds no allocation; a Reclaim names the one that it ends.")
            : approval.Binding.Action == AgainAction ? Again(device)
            : device.Allocation != approval.Binding.Allocation ? new("I5", RefusalKind.NotInThisState, $"{device.Serial} is not in allocation {approval.Binding.Allocation}.")
            : device.State != Lifecycle.HsmState.Reclaiming ? new("I5", RefusalKind.NotInThisState, $"{device.Serial} is {device.State}, not Reclaiming.")
            : null;
        return no is not null ? no : new ReclaimAuthority(device.Serial, operation, approval.Binding.Allocation!, approval.Id);
    }

    /// <summary>Name of the bound parameter that holds the operation id.</summary>
    public const string OperationParameter = "operationId";

    /// <summary>D24: the very state that the quorum signed for, and no other.</summary>
    private static Refusal? Again(Lifecycle.DeviceRecord device) =>
        device.State != Lifecycle.HsmState.Quarantined ? new("D24", RefusalKind.NotInThisState, $"{device.Serial} is {device.State}, not Quarantined.")
        : device.HardwareFailed ? new("R79", RefusalKind.NotInThisState, $"{device.Serial} failed in a customer's hands; it goes to destruction.")
        : device.Hold ? new("R52", RefusalKind.NotInThisState, $"{device.Serial} is on hold.")
        : device.Sanitisation == Sanitisation.VerifiedClean || device.Allocation is not null ? new("I5", RefusalKind.NotInThisState, $"{device.Serial} is {device.Sanitisation}, allocation {device.Allocation ?? "none"}; there is nothing to Reclaim again.")
        : null;
}
