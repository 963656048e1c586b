using System.Security.Claims;
using PaymentHsm.Domain.Operations;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Operations;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Following and deciding operations.</summary>
internal static class OperationsApi
{
    public static void MapOperations(this RouteGroupBuilder api)
    {
        api.MapGet("/operations", async (IOperationDesk desk, OperationState? state, OperationKind? kind, string? serial, int? skip, int? take, CancellationToken stop) =>
        {
            var page = await desk.PageAsync(new OperationFilter(state, kind, serial, skip ?? 0, Math.Clamp(take ?? 100, 1, 500)), stop);
            return Results.Ok(new OperationList(page.Total, [.. page.Rows.Select(OperationView.Of)]));
        }).WithSummary("Operations, newest first.");
        api.MapGet("/operations/{id}", async (string id, IOperationDesk desk, CancellationToken stop) =>
            Guid.TryParse(id, out var guid) && await desk.FindAsync(guid, stop) is { } operation ? Results.Ok(OperationView.Of(operation)) : Refused.NotFound("operation", id)).WithSummary("One operation with its steps and evidence.");
        api.MapPost("/operations/{id}/confirm", (string id, IOperationDesk desk, ClaimsPrincipal user, CancellationToken stop) => DecideAsync(id, user, desk.ConfirmAsync, stop)).WithSummary("Confirms as the second person.");
        api.MapPost("/operations/{id}/execute", (string id, IForceDeleteDesk desk, ClaimsPrincipal user, CancellationToken stop) => DecideAsync(id, user, desk.ExecuteAsync, stop)).WithSummary("Deletes on the customer's behalf with an armed force delete: an engineer who neither asked nor signed.");
        api.MapPost("/operations/{id}/withdraw", (string id, IOperationDesk desk, ClaimsPrincipal user, CancellationToken stop) => DecideAsync(id, user, desk.WithdrawAsync, stop)).WithSummary("Withdraws a request that is not confirmed yet.");
        api.MapPost("/operations/{id}/cancel-destruction", async (string id, ReasonBody body, IDestructionDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            user.ToActor() is not { } actor ? Refused.NoRole()
            : Guid.TryParse(id, out var guid) ? (await desk.CancelAsync(actor, guid, body.Reason, stop)).Answer(a => Results.Created($"/api/v1/approvals/{a}", new RequestedOperationView(guid, a)))
            : Refused.NotFound("operation", id)).WithSummary("Asks to call an ordered destruction off; two engineers sign it.");
        api.MapPost("/operations/{id}/impact", ImpactAsync).WithSummary("Records the customer's decision before a hard reboot: Wait, NewHsm or Both.");
    }

    private static async Task<IResult> ImpactAsync(string id, ImpactBody body, IImpactTalk talk, ClaimsPrincipal user, CancellationToken stop) =>
        user.ToActor() is not { } actor ? Refused.NoRole()
        : Guid.TryParse(id, out var guid) ? (await talk.RecordAsync(actor, guid, body.Decision, body.Note, body.DocumentId, stop)).Answer(o => Results.Ok(OperationView.Of(o)))
        : Refused.NotFound("operation", id);

    private static async Task<IResult> DecideAsync(
        string id, ClaimsPrincipal user, Func<Domain.People.Actor, Guid, CancellationToken, Task<Domain.Outcome<Operation>>> decide, CancellationToken stop)
    {
        if (user.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        return Guid.TryParse(id, out var guid) ? (await decide(actor, guid, stop)).Answer(o => Results.Ok(OperationView.Of(o))) : Refused.NotFound("operation", id);
    }
}

/// <summary>Body of POST /operations/{id}/impact.</summary>
internal sealed record ImpactBody(string? Decision, string? Note, string? DocumentId);

/// <summary>Body of POST /operations/{id}/cancel-destruction.</summary>
internal sealed record ReasonBody(string? Reason);

/// <summary>One page of operations.</summary>
internal sealed record OperationList(int Total, IReadOnlyList<OperationView> Operations);

/// <summary>An operation as the API shows it.</summary>
/// <param name="Outcome">Null while it runs.</param>
internal sealed record OperationView(
    Guid Id, OperationKind Kind, string Serial, string? Ticket, OperationState State, OperationOutcome? Outcome, string? OutcomeDetail, string Reason, string RequestedBy, DateTimeOffset RequestedAt,
    string? ConfirmedBy, DateTimeOffset? ConfirmBefore, DateTimeOffset? FinishedAt, IReadOnlyList<StepView> Steps, string? ApprovalId)
{
    public static OperationView Of(Operation operation) => new(
        operation.Id, operation.Kind, operation.Serial.ToString(), operation.Ticket, operation.State, operation.Outcome, operation.OutcomeDetail, operation.Reason, operation.RequestedBy, operation.RequestedAt,
        operation.ConfirmedBy, operation.ConfirmBefore, operation.FinishedAt, [.. operation.Steps.Select(s => new StepView(s.Name, s.State, s.StartedAt, s.EndedAt, s.Deadline, s.Evidence))], operation.Approval);
}

/// <summary>A step as the API shows it.</summary>
internal sealed record StepView(string Name, StepState State, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? Deadline, IReadOnlyList<Evidence> Evidence);
