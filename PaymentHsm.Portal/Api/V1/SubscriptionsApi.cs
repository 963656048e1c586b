using System.Security.Claims;
using PaymentHsm.Domain;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Lifecycle;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Subscriptions that may create payment HSMs, once they are approved (R20).</summary>
internal static class SubscriptionsApi
{
    public static void MapSubscriptions(this RouteGroupBuilder api)
    {
        api.MapGet("/subscriptions", async (ISubscriptionDesk desk, CancellationToken stop) => Results.Ok(new SubscriptionList(await desk.AllAsync(stop)))).WithSummary("Subscriptions, those that wait for approval first.");
        api.MapPost("/subscriptions", (SubscriptionBody body, ISubscriptionDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            AnswerAsync(user, actor => desk.RequestAsync(actor, body.Id, body.Customer, body.Case, stop), s => Results.Created($"/api/v1/subscriptions/{s.Id}", s))).WithSummary("Takes a subscription in.");
        api.MapPost("/subscriptions/{id:guid}/approve", (Guid id, ISubscriptionDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            AnswerAsync(user, actor => desk.ApproveAsync(actor, id, stop), s => Results.Ok(s))).WithSummary("Approves it, as somebody else than who took it in.");
    }

    private static async Task<IResult> AnswerAsync(ClaimsPrincipal user, Func<Domain.People.Actor, Task<Outcome<CustomerSubscription>>> act, Func<CustomerSubscription, IResult> done) =>
        user.ToActor() is { } actor ? (await act(actor)).Answer(done) : Refused.NoRole();
}

/// <summary>All subscriptions.</summary>
internal sealed record SubscriptionList(IReadOnlyList<CustomerSubscription> Subscriptions);

/// <summary>Body of POST /subscriptions.</summary>
/// <param name="Case">Reference of the approved business case.</param>
internal sealed record SubscriptionBody(string? Id, string? Customer, string? Case);
