using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;

namespace PaymentHsm.Portal.Operations;

/// <summary>Asking for and confirming a soft reboot (W2).</summary>
internal sealed class SoftRebootDesk(IOperationStore store, Standings standings, SoftRebootOptions options, TimeProvider clock) : IOperationKindDesk
{
    public OperationKind Kind => OperationKind.SoftReboot;

    public async Task<Outcome<RequestedOperation>> RequestAsync(Actor actor, Ticket ticket, OperationWish wish, CancellationToken cancellationToken)
    {
        if (await standings.ReadAsync(ticket.Serial, cancellationToken) is not { } device)
        {
            return new Refusal("R45", RefusalKind.NotFound, $"{ticket.Serial} is no longer enrolled.");
        }

        if (SoftRebootRules.Request(actor, ticket, device.Standing, wish.Reason) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var asked = SoftReboot.Request(Guid.CreateVersion7(now), ticket.Serial, ticket.Number, wish.Reason!.Trim(), actor.Id, Impact.Of(device, options).AsEvidence(now), options, now);
        var note = new AuditNote(actor, "operation.requested", $"Soft reboot of {ticket.Serial}: {asked.Reason}", ticket.Serial, ticket.Number, asked.Id);
        if (await store.AddAsync(asked, note, cancellationToken) is { } stored)
        {
            return new RequestedOperation(stored);
        }

        // Somebody was faster; the rules now see their operation.
        var present = await standings.ReadAsync(ticket.Serial, cancellationToken);
        return SoftRebootRules.Device(present!.Standing) ?? new Refusal("R67", RefusalKind.NotInThisState, "The device changed at this moment.", "Look at it again, then repeat.");
    }

    public Refusal? MayConfirm(Actor actor, Operation operation, DateTimeOffset now) => SoftRebootRules.Confirm(actor, operation, options, now);

    public Operation Confirmed(Operation operation, Actor by, DateTimeOffset now) => SoftReboot.Confirmed(operation, by.Id, now);

    public Refusal? MayWithdraw(Actor actor, Operation operation, DateTimeOffset now) => SoftRebootRules.Withdraw(actor, operation);

    public Operation Withdrawn(Operation operation, Actor by, DateTimeOffset now) => SoftReboot.Cancelled(operation, $"Withdrawn by {by.Id}. Nothing was sent.", now);
}
