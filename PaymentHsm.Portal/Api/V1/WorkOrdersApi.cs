using System.Security.Claims;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.People;
using PaymentHsm.Domain.WorkOrders;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.WorkOrders;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Work at the rack: the same acts and refusals as on the phone.</summary>
internal static class WorkOrdersApi
{
    public static void MapWorkOrders(this RouteGroupBuilder api)
    {
        api.MapGet("/work-orders", ListAsync).WithSummary("Work orders, newest first: open, mine, done or all.");
        api.MapGet("/work-orders/{number}", async (string number, IWorkOrderDesk desk, CancellationToken stop) =>
            await desk.FindAsync(number, stop) is { } order ? Results.Ok(WorkOrderDetail.Of(order)) : Refused.NotFound("work order", number)).WithSummary("One work order with its steps and what was done.");
        api.MapPost("/work-orders", async (SwapWish body, IWorkOrderDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
            ? Refused.NoRole()
            : (await desk.OrderSwapAsync(actor, body, stop)).Answer(o => Results.Created($"/api/v1/work-orders/{o.Number}", WorkOrderDetail.Of(o)))).WithSummary("W10: orders the replacement of a power supply or a fan.");
        Act(api, "swap", "W10: the part is replaced; serial is the new part's.", (desk, actor, number, body, stop) => desk.SwapAsync(actor, number, body.Serial, stop));
        Act(api, "accept", "Takes an open order.", (desk, actor, number, _, stop) => desk.AcceptAsync(actor, number, stop));
        Act(api, "arrive", "The assignee stands at the rack.", (desk, actor, number, _, stop) => desk.ArriveAsync(actor, number, stop));
        Act(api, "scan", "The label of the device was scanned; another one stops the order.", (desk, actor, number, body, stop) => desk.ScanAsync(actor, number, body.Serial, stop));
        Act(api, "confirm-slot", "The second person confirms slot and label.", (desk, actor, number, body, stop) => desk.ConfirmSlotAsync(actor, number, body.Serial, body.Slot, stop));
        Act(api, "power", "Records one cord, out or in.", PowerAsync);
        Act(api, "remove", "W6: out of the rack, bagged and sealed, by the executor.", (desk, actor, number, body, stop) => desk.RemoveAsync(actor, number, body.Serial, body.Seal, body.AccessRecord, stop));
        Act(api, "confirm-removal", "W6: the second person confirms the removal; from here there is no way back.", (desk, actor, number, body, stop) => desk.ConfirmRemovalAsync(actor, number, body.Serial, body.Seal, stop));
        Act(api, "destroy", "W6: the executor destroyed the disk (hdd) or the HSM (hsm).", (desk, actor, number, body, stop) =>
            Part(body) is { } hsm ? desk.DestroyAsync(actor, number, hsm, new DestroyedPart(body.Serial, body.Method, body.PhotoHash, body.BinId), stop) : Bad($"'{body.Part}' is not a part.", "Use hdd or hsm."));
        Act(api, "witness", "W6: the witness saw the part destroyed.", (desk, actor, number, body, stop) =>
            Part(body) is { } hsm ? desk.WitnessAsync(actor, number, hsm, body.Serial, stop) : Bad($"'{body.Part}' is not a part.", "Use hdd or hsm."));
        Act(api, "certify", "W6: an engineer who was at no rack certifies.", (desk, actor, number, body, stop) => desk.CertifyAsync(actor, number, body.Note, stop));
        Act(api, "problem", "Something is wrong: the order waits for an engineer.", (desk, actor, number, body, stop) => desk.ProblemAsync(actor, number, body.Note, stop));
        Act(api, "release", "An engineer lets a stopped order go on.", (desk, actor, number, body, stop) => desk.ReleaseAsync(actor, number, body.Note, stop));
        Act(api, "cancel", "An engineer calls the order off.", (desk, actor, number, body, stop) => desk.CancelAsync(actor, number, body.Note, stop));
    }

    private static void Act(RouteGroupBuilder api, string route, string summary, Func<IWorkOrderDesk, Actor, string, WorkBody, CancellationToken, Task<Outcome<WorkOrder>>> act) =>
        api.MapPost($"/work-orders/{{number}}/{route}", async (string number, WorkBody? body, IWorkOrderDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
            ? Refused.NoRole()
            : (await act(desk, actor, number, body ?? new WorkBody(), stop)).Answer(o => Results.Ok(WorkOrderDetail.Of(o)))).WithSummary(summary);

    private static async Task<IResult> ListAsync(string? view, string? serial, int? skip, int? take, IWorkOrderDesk desk, ClaimsPrincipal user, CancellationToken stop)
    {
        if (user.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        if (!Enum.TryParse<WorkOrderView>(view ?? nameof(WorkOrderView.All), ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
        {
            return new Refusal("R3", RefusalKind.BadInput, $"'{view}' is not a view.", "Use open, mine, done or all.").AsProblem();
        }

        var page = await desk.PageAsync(actor, new WorkOrderFilter(wanted, serial, Math.Max(0, skip ?? 0), Math.Clamp(take ?? 100, 1, 500)), stop);
        return Results.Ok(new WorkOrderList(page.Total, [.. page.Rows.Select(WorkOrderDetail.Of)]));
    }

    private static Task<Outcome<WorkOrder>> PowerAsync(IWorkOrderDesk desk, Actor actor, string number, WorkBody body, CancellationToken stop)
    {
        if (!Enum.TryParse<Supply>(body.Supply, ignoreCase: true, out var supply) || !Enum.IsDefined(supply))
        {
            return Bad($"'{body.Supply}' is not a supply.", "Use psu1 or psu2.");
        }

        return body.State?.Trim().ToUpperInvariant() switch
        {
            "ON" => desk.PowerAsync(actor, number, supply, true, body.At, stop),
            "OFF" => desk.PowerAsync(actor, number, supply, false, body.At, stop),
            _ => Bad($"'{body.State}' is not a state of a cord.", "Use on or off."),
        };
    }

    private static bool? Part(WorkBody body) => body.Part?.Trim().ToUpperInvariant() switch
    {
        "HSM" => true,
        "HDD" or "DISK" => false,
        _ => null,
    };

    private static Task<Outcome<WorkOrder>> Bad(string reason, string instead) => Task.FromResult<Outcome<WorkOrder>>(new Refusal("R66", RefusalKind.BadInput, reason, instead));
}

/// <summary>Body of an act on a work order; each act reads what it needs.</summary>
/// <param name="Serial">Label as scanned or typed.</param>
/// <param name="Slot">Rack unit where the person stands.</param>
/// <param name="Supply"><c>psu1</c> or <c>psu2</c>.</param>
/// <param name="State"><c>off</c> or <c>on</c>.</param>
/// <param name="At">When it was done; now when not given.</param>
/// <param name="Note">In the person's words.</param>
/// <param name="Seal">Number of the seal on the bag.</param>
/// <param name="AccessRecord">The site's record of physical access.</param>
/// <param name="Part"><c>hdd</c> or <c>hsm</c>.</param>
/// <param name="Method">How it was destroyed.</param>
/// <param name="PhotoHash">SHA-256 of the photograph.</param>
/// <param name="BinId">Id of the destruction bin.</param>
internal sealed record WorkBody(string? Serial = null, int? Slot = null, string? Supply = null, string? State = null, DateTimeOffset? At = null, string? Note = null,
    string? Seal = null, string? AccessRecord = null, string? Part = null, string? Method = null, string? PhotoHash = null, string? BinId = null);

/// <summary>One page of work orders.</summary>
internal sealed record WorkOrderList(int Total, IReadOnlyList<WorkOrderDetail> WorkOrders);

/// <summary>A work order as the API shows it: what people at the rack need, and nothing of the customer.</summary>
internal sealed record WorkOrderDetail(
    string Id, WorkOrderKind Kind, string Serial, string Region, string Stamp, string Rack, int Slot, IReadOnlyList<FeedOfSupply> Feeds, string Warning, string? Ticket, Guid? OperationId, string Reason, string OrderedBy,
    WorkOrderState State, WorkStep Step, DateTimeOffset OpenedAt, DateTimeOffset? DueAt, bool Overdue, string? Assignee, string? SecondPerson, IReadOnlyList<WorkStepView> Steps, IReadOnlyList<WorkAct> Acts, WorkStop? Stop,
    WorkDetails Work, OperationOutcome? Outcome, string? OutcomeDetail, DateTimeOffset? EndedAt)
{
    public static WorkOrderDetail Of(WorkOrder order) => new(
        order.Number, order.Kind, order.Serial.ToString(), order.Place.Region, order.Place.Stamp, order.Place.Rack, order.Place.Slot, [new("psu1", "A", "left"), new("psu2", "B", "right")], WorkWords.Warning(order.Kind), order.Ticket, order.Operation,
        order.Reason, order.OrderedBy, order.State, order.Step, order.OpenedAt, order.DueAt, order.Escalated, order.Assignee, order.SecondPerson,
        [.. order.Steps.Select((s, i) => new WorkStepView(s, WorkOrderActs.Words(s), i < order.Position ? "Done" : i == order.Position ? "Now" : "ToDo"))], order.Acts, order.Stop, order.Work, order.End?.Outcome, order.End?.Detail, order.End?.At);
}

/// <summary>Which cord of a device hangs on which feed.</summary>
internal sealed record FeedOfSupply(string Supply, string Feed, string Side);

/// <summary>A step as the API shows it.</summary>
internal sealed record WorkStepView(WorkStep Step, string Words, string State);
