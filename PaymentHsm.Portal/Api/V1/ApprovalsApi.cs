using System.Security.Claims;
using System.Text.Json;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Approvals;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Approvals;
using PaymentHsm.Portal.Identity;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Reading and signing approval requests.</summary>
internal static class ApprovalsApi
{
    public static void MapApprovals(this RouteGroupBuilder api)
    {
        api.MapGet("/approvals", ListAsync).WithSummary("Approval requests, newest first; waiting=true lists those that wait for you.");
        api.MapGet("/approvals/{id}", async (string id, IApprovalDesk desk, CancellationToken stop) =>
            await desk.FindAsync(id, stop) is { } request ? Results.Ok(ApprovalView.Of(request, desk)) : Refused.NotFound("approval", id)).WithSummary("One approval request with everything it binds and every decision.");
        api.MapGet("/approvals/{id}/binding", async (string id, IApprovalDesk desk, CancellationToken stop) =>
            await desk.FindAsync(id, stop) is { } request
                ? Results.File(request.Binding.Canonical(), "application/json", $"{request.Id}-binding.json")
                : Refused.NotFound("approval", id)).WithSummary("The canonical JSON that the digest is taken of, byte for byte.");
        api.MapPost("/approvals/{id}/decisions", DecideAsync).WithSummary("Approves or rejects. An approval needs the digest that was read, the whole serial, a comment and a fresh sign-in.");
        api.MapPost("/approvals/{id}/withdraw", (string id, IApprovalDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            ActAsync(user, desk, actor => desk.WithdrawAsync(actor, id, stop))).WithSummary("Takes a request back before it is approved.");
        api.MapPost("/approvals/{id}/revoke", (string id, RevokeBody? body, IApprovalDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            ActAsync(user, desk, actor => desk.RevokeAsync(actor, id, body?.Reason, stop))).WithSummary("Takes a request or an approval back before it is used.");
    }

    private static async Task<IResult> ListAsync(
        IApprovalDesk desk, ClaimsPrincipal user, ApprovalState? state, string? serial, string? ticket, string? requestedBy, bool? waiting, int? skip, int? take, CancellationToken stop)
    {
        if (waiting == true)
        {
            var mine = user.ToActor() is { } actor ? await desk.WaitingForAsync(actor, stop) : [];
            return Results.Ok(new ApprovalList(mine.Count, [.. mine.Select(r => ApprovalView.Of(r, desk))]));
        }

        var page = await desk.PageAsync(new ApprovalFilter(state, serial, ticket, requestedBy, null, Math.Max(0, skip ?? 0), Math.Clamp(take ?? 100, 1, 500)), stop);
        return Results.Ok(new ApprovalList(page.Total, [.. page.Rows.Select(r => ApprovalView.Of(r, desk))]));
    }

    private static Task<IResult> DecideAsync(string id, DecisionBody body, IApprovalDesk desk, ClaimsPrincipal user, CancellationToken stop)
    {
        DecisionKind? kind = body.Decision?.Trim().ToUpperInvariant() switch
        {
            "APPROVE" => DecisionKind.Approve,
            "REJECT" => DecisionKind.Reject,
            _ => null,
        };
        return kind is { } known
            ? ActAsync(user, desk, actor => desk.DecideAsync(actor, id, new Signature(known, body.Digest, body.Serial, body.Comment, user.SignedInAt()), stop))
            : Task.FromResult(new Refusal("R75", RefusalKind.BadInput, $"'{body.Decision}' is not a decision.", "Approve or Reject.").AsProblem());
    }

    private static async Task<IResult> ActAsync(ClaimsPrincipal user, IApprovalDesk desk, Func<Actor, Task<Outcome<ApprovalRequest>>> act) =>
        user.ToActor() is { } actor ? (await act(actor)).Answer(r => Results.Ok(ApprovalView.Of(r, desk))) : Refused.NoRole();
}

/// <summary>Body of POST /approvals/{id}/decisions.</summary>
/// <param name="Decision">Approve or Reject.</param>
/// <param name="Digest">The binding digest that was read.</param>
/// <param name="Serial">The whole serial of the device.</param>
/// <param name="Comment">Why, in the person's words.</param>
internal sealed record DecisionBody(string? Decision, string? Digest, string? Serial, string? Comment);

/// <summary>Body of POST /approvals/{id}/revoke.</summary>
internal sealed record RevokeBody(string? Reason);

/// <summary>One page of approval requests.</summary>
internal sealed record ApprovalList(int Total, IReadOnlyList<ApprovalView> Approvals);

/// <summary>An approval request as the API shows it.</summary>
/// <param name="Binding">What is signed, as the object that the digest is taken of.</param>
/// <param name="Quorum">Different engineers who must sign.</param>
internal sealed record ApprovalView(
    string Id, string Action, ApprovalState State, string Serial, string Ticket, Guid? OperationId, string Digest, JsonElement Binding, int Quorum, IReadOnlyList<DecisionView> Decisions,
    string RequestedBy, DateTimeOffset? RequestedAt, DateTimeOffset? ApproveBefore, DateTimeOffset? ArmAfter, DateTimeOffset? ExecuteBefore, DateTimeOffset? EndedAt, string? EndedBecause)
{
    public static ApprovalView Of(ApprovalRequest request, IApprovalDesk desk) => new(
        request.Id, request.Binding.Action, request.State, request.Binding.Serial.ToString(), request.Binding.Ticket, ApprovalBook.Operation(request), request.Digest,
        JsonSerializer.Deserialize<JsonElement>(request.Binding.Canonical()), desk.OptionsOf(request.Binding.Action).Needed,
        [.. request.Decisions.Select(d => new DecisionView(d.By.Id, d.By.Role, d.At, d.Kind, d.Comment))],
        request.RequestedBy, request.SubmittedAt, request.ApproveBefore, request.ArmAfter, request.ExecuteBefore, request.EndedAt, request.EndedBecause);
}

/// <summary>A decision as the API shows it.</summary>
internal sealed record DecisionView(string By, Role Role, DateTimeOffset At, DecisionKind Decision, string Comment);
