using System.Security.Claims;
using System.Text.Json;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Operations;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Tickets, and asking for operations on them. Another ticket system can do everything here that a person can do on the pages.</summary>
internal static class TicketsApi
{
    public static void MapTickets(this RouteGroupBuilder api)
    {
        api.MapGet("/tickets", async (ITicketDesk desk, string? text, TicketState? state, bool? overdue, string? owner, int? skip, int? take, CancellationToken stop) =>
            Results.Ok(await desk.PageAsync(new TicketFilter(text, state, skip ?? 0, Math.Clamp(take ?? 100, 1, 500), overdue ?? false, owner), stop))).WithSummary("Tickets, newest first; overdue ones by how long they are.");
        api.MapGet("/tickets/triage", () => Results.Ok(Triage.Table)).WithSummary("Who owns which case: the triage table.");
        api.MapGet("/tickets/{number}", async (string number, ITicketDesk desk, CancellationToken stop) =>
            await desk.FindAsync(number, stop) is { } found ? Results.Ok(TicketView.Of(found)) : Refused.NotFound("ticket", number)).WithSummary("One ticket with its conversation, operations, documents and clock.");
        api.MapPost("/tickets", OpenAsync).WithSummary("Opens a ticket; with a reference that is known already, answers 200 with the ticket that is there.");
        api.MapPost("/tickets/{number}/notes", CommentAsync).WithSummary("Adds a message to a ticket.");
        api.MapPost("/tickets/{number}/move", MoveAsync).WithSummary("Moves a ticket: Open, WaitingForCustomer, or Closed with a reason.");
        api.MapPost("/tickets/{number}/assign", AssignAsync).WithSummary("Gives a ticket to somebody.");
        api.MapPost("/tickets/{number}/reclassify", ReclassifyAsync).WithSummary("Gives a ticket another category.");
        api.MapPost("/tickets/{number}/escalate", EscalateAsync).WithSummary("Calls the escalation target.");
        api.MapPost("/tickets/{number}/operations", RequestAsync).WithSummary("Asks for an operation on the ticket's device.");
    }

    private static async Task<IResult> OpenAsync(OpenTicketBody body, ITicketDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
        ? Refused.NoRole()
        : (await desk.OpenOnceAsync(actor, new OpenTicket(body.Subject, body.Serial, body.Category, Text(body.Severity), body.Customer, body.Description, body.Reference), stop)).Answer(opened =>
        {
            var view = new OpenedTicketView(opened.Ticket.Number, opened.Ticket.Severity, opened.Severity is { Lowered: true } lowered ? lowered.Why : null, Triage.OwnerOf(opened.Ticket), opened.Ticket.Reference, opened.Ticket.Revision);
            return opened.IsNew ? Results.Created($"/api/v1/tickets/{opened.Ticket.Number}", view) : Results.Ok(view);
        });

    private static async Task<IResult> CommentAsync(string number, NoteBody body, ITicketDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
        ? Refused.NoRole()
        : (await desk.CommentAsync(actor, number, body.Text ?? "", stop)).Answer(n => Results.Created($"/api/v1/tickets/{number}", n));

    private static async Task<IResult> MoveAsync(string number, MoveBody body, ITicketDesk desk, ClaimsPrincipal user, CancellationToken stop)
    {
        if (user.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        if (!Enum.TryParse<TicketState>(body.State, ignoreCase: true, out var state) || !Enum.IsDefined(state))
        {
            return Unknown(body.State, "a state of a ticket", Enum.GetNames<TicketState>());
        }

        TicketClosing? closing = null;
        if (body.Closing is not null)
        {
            if (!Enum.TryParse<TicketClosing>(body.Closing, ignoreCase: true, out var named) || !Enum.IsDefined(named))
            {
                return Unknown(body.Closing, "a way of closing", Enum.GetNames<TicketClosing>());
            }

            closing = named;
        }

        return await RevisedAsync(number, body.Revision, desk, async revision => state == TicketState.Closed
            ? await desk.CloseAsync(actor, number, closing ?? TicketClosing.Solved, body.Reason, revision, stop)
            : await desk.MoveAsync(actor, number, state, revision, stop), stop);
    }

    private static async Task<IResult> AssignAsync(string number, AssignBody body, ITicketDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
        ? Refused.NoRole()
        : await RevisedAsync(number, body.Revision, desk, revision => desk.AssignAsync(actor, number, body.Owner, revision, stop), stop);

    private static async Task<IResult> ReclassifyAsync(string number, ReclassifyBody body, ITicketDesk desk, ClaimsPrincipal user, CancellationToken stop)
    {
        if (user.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        // Here a word that is not known is a mistake, while a new ticket with one goes to the operator.
        var category = TicketRules.Category(body.Category);
        return category == TicketCategory.Other && !string.Equals(body.Category, nameof(TicketCategory.Other), StringComparison.OrdinalIgnoreCase)
            ? Unknown(body.Category, "a category", Enum.GetNames<TicketCategory>())
            : await RevisedAsync(number, body.Revision, desk, revision => desk.ReclassifyAsync(actor, number, category, revision, stop), stop);
    }

    private static async Task<IResult> EscalateAsync(string number, EscalateBody body, ITicketDesk desk, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
        ? Refused.NoRole()
        : (await desk.EscalateAsync(actor, number, body.Reason, stop)).Answer(t => Results.Ok(t));

    private static async Task<IResult> RequestAsync(string number, OperationBody body, IOperationDesk desk, ClaimsPrincipal user, CancellationToken stop)
    {
        if (user.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        if (!Enum.TryParse<OperationKind>(body.Kind, ignoreCase: true, out var kind) || kind is not (<= OperationKind.Destruction or OperationKind.ReclaimAgain))
        {
            return new Refusal("R54", RefusalKind.BadInput, $"'{body.Kind}' is not a kind of operation.", "Use SoftReboot, HardReboot, ForceDelete, ReclaimAgain or Destruction.").AsProblem();
        }

        return (await desk.RequestAsync(actor, number, kind, new OperationWish(body.Reason, body.DocumentId, body.Details), stop))
            .Answer(r => Results.Created($"/api/v1/operations/{r.Operation.Id}", new RequestedOperationView(r.Operation.Id, r.ApprovalId)));
    }

    /// <summary>A caller that names no revision means the ticket as it is now.</summary>
    private static async Task<IResult> RevisedAsync(string number, long? revision, ITicketDesk desk, Func<long, Task<Outcome<Ticket>>> act, CancellationToken stop)
    {
        if ((revision ?? (await desk.FindAsync(number, stop))?.Ticket.Revision) is not { } known)
        {
            return Refused.NotFound("ticket", number);
        }

        return (await act(known)).Answer(t => Results.Ok(t));
    }

    private static IResult Unknown(string? word, string what, string[] known) =>
        new Refusal("R58", RefusalKind.BadInput, $"'{word}' is not {what}.", $"Use {string.Join(", ", known)}.").AsProblem();

    /// <summary>A severity comes as a word or as a number.</summary>
    private static string? Text(JsonElement? severity) => severity switch
    {
        { ValueKind: JsonValueKind.String } word => word.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}

/// <summary>Body of POST /tickets.</summary>
/// <param name="Reference">The ticket's own number in the system that opens it.</param>
internal sealed record OpenTicketBody(string? Subject, string? Serial, string? Category, JsonElement? Severity, string? Customer, string? Description, string? Reference);

/// <summary>Answer to POST /tickets.</summary>
/// <param name="SeverityWhy">Why it got less than was asked for (R55); null when it did not.</param>
/// <param name="CaseOwner">Who owns the case (R56).</param>
internal sealed record OpenedTicketView(string Number, Severity Severity, string? SeverityWhy, CaseOwner CaseOwner, string? Reference, long Revision);

/// <summary>Body of POST /tickets/{number}/notes.</summary>
internal sealed record NoteBody(string? Text);

/// <summary>Body of POST /tickets/{number}/move.</summary>
/// <param name="Closing">How it was closed: Solved, RoutedToThales or ForTheCustomer.</param>
/// <param name="Revision">The revision that the caller saw; without one the present ticket is meant.</param>
internal sealed record MoveBody(string? State, string? Reason, string? Closing, long? Revision);

/// <summary>Body of POST /tickets/{number}/assign.</summary>
/// <param name="Owner">Id of the person; null for nobody.</param>
internal sealed record AssignBody(string? Owner, long? Revision);

/// <summary>Body of POST /tickets/{number}/reclassify.</summary>
internal sealed record ReclassifyBody(string? Category, long? Revision);

/// <summary>Body of POST /tickets/{number}/escalate.</summary>
internal sealed record EscalateBody(string? Reason);

/// <summary>Body of POST /tickets/{number}/operations.</summary>
/// <param name="Details">What only some kinds need, by name.</param>
internal sealed record OperationBody(string? Kind, string? Reason, string? DocumentId, Dictionary<string, string>? Details);

/// <summary>Answer to POST /tickets/{number}/operations.</summary>
internal sealed record RequestedOperationView(Guid OperationId, string? ApprovalId);

/// <summary>A ticket with everything that hangs on it.</summary>
internal sealed record TicketView(
    Ticket Ticket, IReadOnlyList<TicketNote> Notes, IReadOnlyList<OperationView> Operations, IReadOnlyList<TicketDocument> Documents, TriageRow Triage, CaseOwner CaseOwner,
    SeverityJudgement? SeverityGuard, IReadOnlyList<KnownIssueMatch> KnownIssues, IReadOnlyList<TicketEvidence> Evidence)
{
    public static TicketView Of(TicketDetail found) => new(
        found.Ticket, found.Notes, [.. found.Operations.Select(OperationView.Of)], found.Documents, Domain.Tickets.Triage.Of(found.Ticket.Category), Domain.Tickets.Triage.OwnerOf(found.Ticket),
        found.Severity, found.KnownIssues, found.Evidence);
}
