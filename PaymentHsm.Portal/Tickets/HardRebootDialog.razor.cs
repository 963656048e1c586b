using Microsoft.AspNetCore.Components;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Tickets;

/// <summary>Asks for a hard reboot (W3): the reason, and what the customer decided if that is known already.</summary>
public partial class HardRebootDialog
{
    private static readonly (string Value, string Words)[] Decisions =
    [
        ("", "Not asked yet; it is recorded on the operation’s page"), ("Wait", "Wait for the hard reboot"), ("NewHsm", "Take a new HSM instead"), ("Both", "Both at once"),
    ];

    private string? _reason;
    private string? _but;
    private string _decision = "";

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    [Parameter, EditorRequired]
    public required Ticket Ticket { get; set; }

    /// <summary>What was tried under the ticket.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<Operation> Tried { get; set; }

    private Operation? Soft => Tried.Where(o => o is { Kind: OperationKind.SoftReboot, Outcome: not null and not OperationOutcome.Cancelled }).MaxBy(o => o.RequestedAt);

    private bool SoftTried => Soft is not null;

    private bool SoftVerified => Soft is { Outcome: OperationOutcome.Verified };

    private OperationWish Wish() => new(_reason, null, new Dictionary<string, string> { ["decision"] = _decision, ["softRebootVerifiedBut"] = _but ?? "" });
}
