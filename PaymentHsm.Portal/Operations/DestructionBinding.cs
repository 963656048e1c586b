using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.Custody;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.Operations;

/// <summary>What a destruction, or its cancellation, binds: computed from what is stored, so that it can be computed again.</summary>
internal static class DestructionBinding
{
    /// <summary>Words under every destruction.</summary>
    private const string Impact = "Disk and HSM are destroyed. Everything on them is lost irrevocably; the unit never comes back.";

    /// <summary>The binding for an operation that is about to be stored, or is.</summary>
    public static async Task<ApprovalBinding> BindAsync(PortalDb db, string action, Operation operation, CancellationToken cancellationToken)
    {
        var plan = (OperationProgress.Destroy)operation.Progress;
        var parameters = new Dictionary<string, string>
        {
            [ReclaimAuthority.OperationParameter] = operation.Id.ToString(),
            ["hddSerial"] = plan.DiskSerial,
            ["reason"] = operation.Reason,
            ["ladder"] = string.Join('\n', operation.Step(Destruction.DiagnoseStep).Evidence.Where(e => e.Name == "ladder").Select(e => e.Value)),
        };
        if (plan.Retires)
        {
            parameters["retires"] = "yes";
        }

        return await BindAsync(db, action, operation.Serial.ToString(), operation.Ticket!, parameters, plan.Runbook, cancellationToken);
    }

    /// <summary>The same, from the parameters of a request.</summary>
    public static async Task<ApprovalBinding> BindAsync(PortalDb db, string action, string serial, string ticket, IReadOnlyDictionary<string, string> parameters, string? runbook, CancellationToken cancellationToken)
    {
        var device = await db.Devices.AsNoTracking().FirstOrDefaultAsync(d => d.Serial == serial, cancellationToken);
        var ticketId = TicketNumber.Parse(ticket);
        var revision = await db.Tickets.AsNoTracking().Where(t => t.Id == ticketId).Select(t => t.Version).FirstOrDefaultAsync(cancellationToken);
        var allocated = await db.Allocations.AsNoTracking().AnyAsync(a => a.Serial == serial && a.ClosedAt == null, cancellationToken);
        var state = new Dictionary<string, string>
        {
            ["lifecycle"] = device?.State.ToString() ?? "gone",
            ["custody"] = device?.Custody.ToString() ?? "gone",
            ["resource"] = allocated ? "still there" : "gone",
        };
        return new ApprovalBinding(
            HsmSerial.Parse(serial), device?.ServiceId.ToString() ?? "gone", null, null, device?.Allocation, ticket, revision, null, action, parameters, runbook, state,
            action == Destruction.CancelAction ? "The ordered destruction is called off; the unit goes to quarantine." : Impact);
    }
}
