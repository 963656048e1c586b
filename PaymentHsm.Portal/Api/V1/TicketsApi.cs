using System.Security.Claims;
using System.Text.Json;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Tickets, and asking for operations on them.</summary>
internal static class TicketsApi
{
    public static void MapTickets(this RouteGroupBuilder api)
    {
        api.MapGet("/tickets", async (ITicketDesk desk, string? text, TicketState? state, int? skip, int? take, CancellationToken stop) =>
            Results.Ok(await desk.PageAsync(new TicketFilter(text, state, skip ?? 0, Math.Clamp(take ?? 100, 1, 500)), stop))).WithSummary("Tickets, newest first.");
        api.MapGet("/tickets/{number}", async (string number, ITicketDesk desk, CancellationToken stop) =>
            await desk.FindAsync(number, stop) is { } found
                ? Results.Ok(new TicketView(found.Ticket, found.Notes, [.. found.Operations.Select(o => OperationView.Of(o))]))
                : Refused.NotFound("ticket", number)).WithSummary("One ticket with its conversation and operations.");
        api.MapPost("/tickets", OpenAsync).WithSummary("Opens a ticket.");
        api.MapPost("/tickets/{number}/notes", CommentAsync).WithSummary("Adds a message to a ticket.");
        api.MapPost("/tickets/{number}/operations", RequestAsync).WithSummary("Asks for an operation on the ticket's device.");
    }

    private static async Task<IResult> OpenAsync(OpenTicketBody body, ITicketDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
        ? Refused.NoRole()
        : (await desk.OpenAsync(actor, new OpenTicket(body.Subject, body.Serial, body.Category, Text(body.Severity), body.Customer, body.Description), stop))
            .Answer(t => Results.Created($"/api/v1/tickets/{t.Number}", new OpenedTicket(t.Number)));

    private static async Task<IResult> CommentAsync(string number, NoteBody body, ITicketDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
        ? Refused.NoRole()
        : (await desk.CommentAsync(actor, number, body.Text ?? "", stop)).Answer(n => Results.Created($"/api/v1/tickets/{number}", n));

    private static async Task<IResult> RequestAsync(string number, OperationBody body, IOperationDesk desk, ClaimsPrincipal user, CancellationToken stop)
    {
        if (user.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        if (!Enum.TryParse<OperationKind>(body.Kind, ignoreCase: true, out var kind) || kind > OperationKind.Destruction)
        {
            return new Refusal("R54", RefusalKind.BadInput, $"'{body.Kind}' is not a kind of operation.", "Use SoftReboot, HardReboot, ForceDelete or Destruction.").AsProblem();
        }

        return (await desk.RequestAsync(actor, number, kind, new OperationWish(body.Reason, body.DocumentId, body.Details), stop))
            .Answer(r => Results.Created($"/api/v1/operations/{r.Operation.Id}", new RequestedOperationView(r.Operation.Id, r.ApprovalId)));
    }

    /// <summary>A severity comes as a word or as a number.</summary>
    private static string? Text(JsonElement? severity) => severity switch
    {
        { ValueKind: JsonValueKind.String } word => word.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}

/// <summary>Body of POST /tickets.</summary>
internal sealed record OpenTicketBody(string? Subject, string? Serial, string? Category, JsonElement? Severity, string? Customer, string? Description);

/// <summary>Answer to POST /tickets.</summary>
internal sealed record OpenedTicket(string Number);

/// <summary>Body of POST /tickets/{number}/notes.</summary>
internal sealed record NoteBody(string? Text);

/// <summary>Body of POST /tickets/{number}/operations.</summary>
/// <param name="Details">What only some kinds need, by name.</param>
internal sealed record OperationBody(string? Kind, string? Reason, string? DocumentId, Dictionary<string, string>? Details);

/// <summary>Answer to POST /tickets/{number}/operations.</summary>
internal sealed record RequestedOperationView(Guid OperationId, string? ApprovalId);

/// <summary>A ticket with everything that hangs on it.</summary>
internal sealed record TicketView(Ticket Ticket, IReadOnlyList<TicketNote> Notes, IReadOnlyList<OperationView> Operations);
