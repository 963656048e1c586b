using Microsoft.EntityFrameworkCore;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Audit;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.Redaction;
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
        ActAsync(actor, number, "accept", [], (order, _, now) => WorkOrderActs.Accept(order, actor, options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> ArriveAsync(Actor actor, string number, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "arrive", [], (order, _, now) => WorkOrderActs.Arrive(order, actor, options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> ScanAsync(Actor actor, string number, string? label, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "scan", [label], (order, typed, now) => PowerCycleActs.Scan(order, actor, typed[0], PlaceOf(typed[0]), options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> ConfirmSlotAsync(Actor actor, string number, string? label, int? slot, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "confirm-slot", [label], (order, typed, now) => PowerCycleActs.ConfirmSlot(order, actor, typed[0], slot, PlaceOf(typed[0]), options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> PowerAsync(Actor actor, string number, Supply supply, bool cordIn, DateTimeOffset? at, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "power", [], (order, _, now) => PowerCycleActs.Power(order, actor, supply, cordIn, at, options, now), cancellationToken);

    public async Task<Outcome<WorkOrder>> OrderSwapAsync(Actor actor, SwapWish wish, CancellationToken cancellationToken)
    {
        var words = await ledger.CleanAsync(actor, "an order for a part", null, null, [wish.Serial, wish.Part, wish.Reason, wish.Ticket, wish.VendorConfirmation], cancellationToken);
        wish = new SwapWish(words.Texts[0], words.Texts[1], words.Texts[2], words.Texts[3], words.Texts[4]);
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
        ActAsync(actor, number, "swap", [newSerial], (order, typed, now) => PartSwapActs.Swap(order, actor, typed[0], now), cancellationToken);

    public Task<Outcome<WorkOrder>> RemoveAsync(Actor actor, string number, string? label, string? seal, string? accessRecord, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "remove", [label, seal, accessRecord], (order, typed, now) => DestructionActs.Remove(order, actor, typed[0], typed[1], typed[2], PlaceOf(typed[0]), now), cancellationToken);

    public Task<Outcome<WorkOrder>> ConfirmRemovalAsync(Actor actor, string number, string? label, string? seal, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "confirm-removal", [label, seal], (order, typed, now) => DestructionActs.ConfirmRemoval(order, actor, typed[0], typed[1], PlaceOf(typed[0]), options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> DestroyAsync(Actor actor, string number, bool hsm, DestroyedPart part, CancellationToken cancellationToken) =>
        ActAsync(actor, number, hsm ? "destroy-hsm" : "destroy-disk", [part.Serial, part.Method, part.Bin], (order, typed, now) => DestructionActs.Destroy(order, actor, hsm, typed[0], typed[1], part.PhotoHash, typed[2], now), cancellationToken);

    public Task<Outcome<WorkOrder>> WitnessAsync(Actor actor, string number, bool hsm, string? serial, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "witness", [serial], (order, typed, now) => DestructionActs.Witness(order, actor, hsm, typed[0], options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> CertifyAsync(Actor actor, string number, string? note, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "certify", [note], (order, typed, now) => DestructionActs.Certify(order, actor, typed[0], now), cancellationToken);

    public Task<Outcome<WorkOrder>> ProblemAsync(Actor actor, string number, string? words, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "problem", [words], (order, typed, now) => WorkOrderActs.Problem(order, actor, typed[0], now), cancellationToken);

    public Task<Outcome<WorkOrder>> ReleaseAsync(Actor actor, string number, string? note, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "release", [note], (order, typed, now) => WorkOrderActs.Release(order, actor, typed[0], options, now), cancellationToken);

    public Task<Outcome<WorkOrder>> CancelAsync(Actor actor, string number, string? note, CancellationToken cancellationToken) =>
        ActAsync(actor, number, "cancel", [note], (order, typed, now) => WorkOrderActs.Cancel(order, actor, typed[0], now), cancellationToken);

    /// <summary>Cleans what was <paramref name="typed"/> (R39), asks the rule, stores what came of it against the version that the rule saw, and asks again when somebody was faster.</summary>
    private async Task<Outcome<WorkOrder>> ActAsync(Actor actor, string number, string action, IReadOnlyList<string?> typed, Func<WorkOrder, IReadOnlyList<string?>, DateTimeOffset, Outcome<WorkResult>> act, CancellationToken cancellationToken)
    {
        FreeText? words = null;
        while (true)
        {
            if (await store.FindAsync(number, cancellationToken) is not { } order)
            {
                return new Refusal("R66", RefusalKind.NotFound, $"There is no work order {number}.", "Look at the list of work orders.");
            }

            words ??= await ledger.CleanAsync(actor, $"the words about {order.Number}", order.Serial, order.Ticket, typed, cancellationToken);
            switch (act(order, words.Texts, clock.GetUtcNow()))
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
