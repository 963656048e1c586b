using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Grains;
using PaymentHsm.Portal.Persistence;

namespace PaymentHsm.Portal.WorkOrders;

/// <inheritdoc cref="IWorkOrderDesk"/>
internal sealed class WorkOrderDesk(
    IPortalDbs dbs, IWorkOrderStore store, StoredChanges<WorkOrder> changes, IOperationStore operations, Ledger ledger, IFleetFeed feed, IGrainFactory grains, WorkOrderOptions options, TimeProvider clock) : IWorkOrderDesk
{
    public async Task<WorkOrderPage> PageAsync(Actor actor, WorkOrderFilter filter, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var rows = db.WorkOrders.AsNoTracking().Where(o => filter.Serial == null || o.Serial == filter.Serial);
        rows = filter.View switch
        {
            WorkOrderView.Mine => rows.Where(o => o.State != WorkOrderState.Done && o.State != WorkOrderState.Cancelled && (o.Assignee == actor.Id || o.SecondPerson == actor.Id)),
            WorkOrderView.Done => rows.Where(o => o.State == WorkOrderState.Done || o.State == WorkOrderState.Cancelled),
            WorkOrderView.Open => rows.Where(o => o.State != WorkOrderState.Done && o.State != WorkOrderState.Cancelled),
            _ => rows,
        };
        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderByDescending(o => o.Id).Skip(filter.Skip).Take(filter.Take).ToListAsync(cancellationToken);
        return new WorkOrderPage(total, [.. page.Select(o => o.ToOrder())]);
    }

    public Task<WorkOrder?> FindAsync(string number, CancellationToken cancellationToken) => store.FindAsync(number, cancellationToken);

    public Task<WorkOrder?> OfOperationAsync(Guid operation, CancellationToken cancellationToken) => store.OfOperationAsync(operation, cancellationToken);

    public async IAsyncEnumerable<WorkOrder> FollowAsync(string number, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (WorkOrderNumber.Parse(number) is { } id)
        {
            await foreach (var order in changes.FollowAsync(o => WorkOrderNumber.Parse(o.Number) == id, () => store.FindAsync(number, cancellationToken), o => o.End is not null, cancellationToken))
            {
                yield return order;
            }
        }
    }

    public async Task<IReadOnlyList<Evidence>> SignsAsync(WorkOrder order, CancellationToken cancellationToken) =>
        order is { Kind: WorkOrderKind.HardReboot, Operation: { } id } && await operations.FindAsync(id, cancellationToken) is { } operation
            ? [.. new[] { HardReboot.PowerStep, HardReboot.VerifyStep }.SelectMany(s => operation.Step(s).Evidence).Where(e => e.Value.StartsWith("Seen", StringComparison.Ordinal) || e.Value.StartsWith("Not seen", StringComparison.Ordinal)).GroupBy(e => e.Name).Select(g => g.Last())]
            : [];

    public Task<Outcome<WorkOrder>> AcceptAsync(Actor actor, string number, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "accept", (order, now) => WorkOrderActs.Accept(order, actor, options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> ArriveAsync(Actor actor, string number, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "arrive", (order, now) => WorkOrderActs.Arrive(order, actor, options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> ScanAsync(Actor actor, string number, string? label, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "scan", (order, now) => PowerCycleActs.Scan(order, actor, label, PlaceOf(label), options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> ConfirmSlotAsync(Actor actor, string number, string? label, int? slot, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "confirm-slot", (order, now) => PowerCycleActs.ConfirmSlot(order, actor, label, slot, PlaceOf(label), options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> PowerAsync(Actor actor, string number, Supply supply, bool cordIn, DateTimeOffset? at, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "power", (order, now) => PowerCycleActs.Power(order, actor, supply, cordIn, at, options, now), cancellationToken);

    public async Task<Outcome<WorkOrder>> OrderSwapAsync(Actor actor, SwapWish wish, CancellationToken cancellationToken)
    {
        Outcome<WorkOrder> answer = !HsmSerial.TryParse(wish.Serial?.Trim(), out var serial) || !feed.Current.Tiles.TryGetValue(serial, out var tile) ? new Refusal("R47", RefusalKind.BadInput, $"No device with the serial '{wish.Serial}' is enrolled.")
            : !Enum.TryParse<SwapPart>(wish.Part, ignoreCase: true, out var part) || !Enum.IsDefined(part) ? new Refusal("R47", RefusalKind.BadInput, $"'{wish.Part}' is no part that is replaced in the rack.", "Use psu1, psu2, fan1 or fan2.")
            : (PartSwapActs.Closed(actor, serial, tile.Lifecycle) ?? await OrderedAsync(actor, serial, part, cancellationToken) ?? await NoTicketAsync(wish.Ticket, cancellationToken)) is { } no ? no
            : PartSwapActs.Open(actor, serial, tile.Location, part, wish.Reason, wish.Ticket, wish.VendorConfirmation, options, clock.GetUtcNow());
        switch (answer)
        {
            case Outcome<WorkOrder>.Done(var order):
                return (await store.AddAsync(order, new AuditNote(actor, "workorder.opened", $"Replacement of {wish.Part} in {order.Serial}: {order.Reason}", order.Serial, order.Ticket), "replacement of a part ordered.", cancellationToken))!;
            case Outcome<WorkOrder>.Refused(var why):
                await ledger.NoteAsync(new AuditNote(actor, "workorder.order-swap", why.ToString(), HsmSerial.TryParse(wish.Serial?.Trim(), out var asked) ? asked : null, RuleId: why.RuleId), cancellationToken);
                break;
        }

        return answer;
    }

    /// <summary>One order per part at a time: two people must not stand before the same supply.</summary>
    private async Task<Refusal?> OrderedAsync(Actor actor, HsmSerial serial, SwapPart part, CancellationToken cancellationToken) =>
        (await PageAsync(actor, new WorkOrderFilter(WorkOrderView.Open, serial.ToString()), cancellationToken)).Rows.FirstOrDefault(o => o.Work is WorkDetails.PartSwap swap && swap.Part == part) is { } open
            ? new Refusal("R47", RefusalKind.NotInThisState, $"{open.Number} is open for the same part.", "Wait until it has ended, or call it off.")
            : null;

    private async Task<Refusal?> NoTicketAsync(string? ticket, CancellationToken cancellationToken)
    {
        await using var db = dbs.Open();
        var id = Domain.Tickets.TicketNumber.Parse(ticket);
        return string.IsNullOrWhiteSpace(ticket) || await db.Tickets.AnyAsync(t => t.Id == id, cancellationToken) ? null : new Refusal("R53", RefusalKind.BadInput, $"There is no ticket {ticket}.", "Name an open ticket, or none.");
    }

    public Task<Outcome<WorkOrder>> SwapAsync(Actor actor, string number, string? newSerial, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "swap", (order, now) => PartSwapActs.Swap(order, actor, newSerial, now), cancellationToken);

    public Task<Outcome<WorkOrder>> RemoveAsync(Actor actor, string number, string? label, string? seal, string? accessRecord, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "remove", (order, now) => DestructionActs.Remove(order, actor, label, seal, accessRecord, PlaceOf(label), now), cancellationToken);

    public Task<Outcome<WorkOrder>> ConfirmRemovalAsync(Actor actor, string number, string? label, string? seal, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "confirm-removal", (order, now) => DestructionActs.ConfirmRemoval(order, actor, label, seal, PlaceOf(label), options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> DestroyAsync(Actor actor, string number, bool hsm, DestroyedPart part, CancellationToken cancellationToken) =>
        ActAsync(actor, number, hsm ? "destroy-hsm" : "destroy-disk", (order, now) => DestructionActs.Destroy(order, actor, hsm, part.Serial, part.Method, part.PhotoHash, part.Bin, now), cancellationToken);

    public Task<Outcome<WorkOrder>> WitnessAsync(Actor actor, string number, bool hsm, string? serial, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "witness", (order, now) => DestructionActs.Witness(order, actor, hsm, serial, options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> CertifyAsync(Actor actor, string number, string? note, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "certify", (order, now) => DestructionActs.Certify(order, actor, note, now), cancellationToken);

    public Task<Outcome<WorkOrder>> ProblemAsync(Actor actor, string number, string? words, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "problem", (order, now) => WorkOrderActs.Problem(order, actor, words, now), cancellationToken);

    public Task<Outcome<WorkOrder>> ReleaseAsync(Actor actor, string number, string? note, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "release", (order, now) => WorkOrderActs.Release(order, actor, note, options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> CancelAsync(Actor actor, string number, string? note, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "cancel", (order, now) => WorkOrderActs.Cancel(order, actor, note, now), cancellationToken);

    /// <summary>Asks the rule, stores what came of it against the version that the rule saw, and asks again when somebody was faster.</summary>
    private async Task<Outcome<WorkOrder>> ActAsync(Actor actor, string number, string action, Func<WorkOrder, DateTimeOffset, Outcome<WorkResult>> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.FindAsync(number, cancellationToken) is not { } order)
            {
                return new Refusal("R66", RefusalKind.NotFound, $"There is no work order {number}.", "Look at the list of work orders.");
            }

            switch (act(order, clock.GetUtcNow()))
            {
                case Outcome<WorkResult>.Refused(var why):
                    await ledger.NoteAsync(new AuditNote(actor, $"workorder.{action}", $"{order.Number}: {why}", order.Serial, order.Ticket, order.Operation, why.RuleId), cancellationToken);
                    return why;
                case Outcome<WorkResult>.Done(var result) when ReferenceEquals(result.Order, order):
                    return order;
                case Outcome<WorkResult>.Done(var result):
                    if (await store.SaveAsync(result.Order, NoteOf(actor, result), Told(result), cancellationToken) is not { } stored)
                    {
                        continue;
                    }

                    if (stored.Operation is { } operation)
                    {
                        await grains.GetGrain<IHsmGrain>(stored.Serial.ToString()).DriveAsync(operation);
                    }

                    return result.Stopped is { } stopped ? stopped : stored;
            }
        }
    }

    private static AuditNote NoteOf(Actor actor, WorkResult result)
    {
        var order = result.Order;
        var (action, detail) = (order.End, order.Acts.Count == 0 ? null : order.Acts[^1]) switch
        {
            ({ } end, _) => ("ended", end.Detail),
            (_, { } last) => (last.Name, last.Detail),
            _ => ("changed", ""),
        };
        return new AuditNote(actor, $"workorder.{action.Replace(' ', '-')}", detail, order.Serial, order.Ticket, order.Operation, result.Stopped?.RuleId);
    }

    /// <summary>What the ticket is told: that an order stands still, goes on or has ended; not every cord.</summary>
    private static string? Told(WorkResult result) => (result.Order.End, result.Order.Stop, result.Order.Acts.Count == 0 ? null : result.Order.Acts[^1]) switch
    {
        ({ } end, _, _) => end.Detail,
        (_, { } stop, _) => $"stopped by {stop.By}. {(stop.Scanned is null ? "" : $"Scanned {stop.Scanned}. ")}{stop.Reason} An engineer decides.",
        (_, _, { Name: WorkOrderActs.Released } released) => $"goes on, decided by {released.By}: {released.Detail}",
        (_, _, { Name: WorkOrderActs.Accepted } accepted) => accepted.Detail,
        _ => null,
    };

    private Location? PlaceOf(string? label) =>
        HsmSerial.TryParse(label?.Trim().ToUpperInvariant(), out var serial) && feed.Current.Tiles.TryGetValue(serial, out var tile) ? tile.Location : null;
}
