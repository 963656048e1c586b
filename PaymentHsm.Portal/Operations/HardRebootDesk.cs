using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Operations;

/// <summary>Asking for and confirming a hard reboot (W3). It knows the details <c>decision</c>, <c>decisionNote</c> and <c>softRebootVerifiedBut</c>.</summary>
internal sealed class HardRebootDesk(
    IOperationStore store, ITicketDesk tickets, Standings standings, IFleetFeed feed, SoftRebootOptions softOptions, HardRebootOptions options, TimeProvider clock) : IOperationKindDesk
{
    public OperationKind Kind => OperationKind.HardReboot;

    public async Task<Outcome<RequestedOperation>> RequestAsync(Actor actor, Ticket ticket, OperationWish wish, CancellationToken cancellationToken)
    {
        if (await standings.ReadAsync(ticket.Serial, cancellationToken) is not { } device)
        {
            return new Refusal("R45", RefusalKind.NotFound, $"{ticket.Serial} is no longer enrolled.");
        }

        var soft = (await tickets.FindAsync(ticket.Number, cancellationToken))!.Operations
            .Where(o => o is { Kind: OperationKind.SoftReboot, Outcome: not null and not OperationOutcome.Cancelled } && o.Serial == ticket.Serial).MaxBy(o => o.RequestedAt);
        var skip = wish.Detail("softRebootVerifiedBut");
        if (HardRebootRules.Request(actor, ticket, device.Standing, wish.Reason, soft, skip) is { } refusal)
        {
            return refusal;
        }

        var asked = wish.Detail("decision");
        var decision = HardRebootRules.Decision(asked);
        if (asked is not null && decision is null)
        {
            return new Refusal("R64", RefusalKind.BadInput, $"'{asked}' is not a decision.", "Use Wait, NewHsm or Both, or record it later.");
        }

        var now = clock.GetUtcNow();
        var reason = wish.Reason!.Trim();
        var operation = HardReboot.Request(Guid.CreateVersion7(now), ticket.Serial, ticket.Number, reason, actor.Id, Ladder(soft, reason, skip, now), Impact.Of(device, softOptions).AsEvidence(now), options, now);
        if (decision is { } known)
        {
            operation = HardReboot.Decided(operation, known, wish.Detail("decisionNote"), actor.Id, wish.DocumentId, known == ImpactDecision.Wait ? null : ImpactTalk.Capacity(feed.Current.Tiles, ticket.Serial, now), now);
        }

        var note = new AuditNote(actor, "operation.requested", $"Hard reboot of {ticket.Serial}: {reason}", ticket.Serial, ticket.Number, operation.Id);
        if (await store.AddAsync(operation, note, cancellationToken) is { } stored)
        {
            return new RequestedOperation(stored);
        }

        // Somebody was faster; the rules now see their operation.
        var present = await standings.ReadAsync(ticket.Serial, cancellationToken);
        return HardRebootRules.Device(present!.Standing) ?? new Refusal("R67", RefusalKind.NotInThisState, "The device changed at this moment.", "Look at it again, then repeat.");
    }

    public Refusal? MayConfirm(Actor actor, Operation operation, DateTimeOffset now) => HardRebootRules.Confirm(actor, operation, options, now);

    public Operation Confirmed(Operation operation, Actor by, DateTimeOffset now) => HardReboot.Confirmed(operation, by.Id, now);

    public Refusal? MayWithdraw(Actor actor, Operation operation, DateTimeOffset now) => HardRebootRules.Withdraw(actor, operation);

    public Operation Withdrawn(Operation operation, Actor by, DateTimeOffset now) => HardReboot.Cancelled(operation, $"Withdrawn by {by.Id}. Nobody went to the rack.", now);

    /// <summary>R54: the rung before, or the recorded reason why it was left out.</summary>
    private static Evidence Ladder(Operation? soft, string reason, string? skip, DateTimeOffset now) => soft switch
    {
        null => new("ladder", $"No soft reboot was tried under this ticket. Recorded reason: {reason}", now),
        { Outcome: OperationOutcome.Verified } => new("ladder", $"Soft reboot {soft.ShortName} was verified. Recorded reason for going on: {skip}", now),
        _ => new("ladder", $"Soft reboot {soft.ShortName}: {soft.Outcome}. {soft.OutcomeDetail}", now),
    };
}
