using System.Security.Claims;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Overdue;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Stuck work and its ways out (R88).</summary>
internal static class OverdueApi
{
    public static void MapOverdue(this RouteGroupBuilder api)
    {
        api.MapGet("/overdue", async (IOverdueDesk desk, TimeProvider clock, CancellationToken stop) =>
        {
            var now = clock.GetUtcNow();
            return Results.Ok(new OverdueList([.. (await desk.ReadAsync(stop)).Select(i => OverdueView.Of(i, now))]));
        }).WithSummary("What is past its deadline, or past three quarters of its time; the oldest deadline first.");
        api.MapPost("/overdue/escape", async (EscapeBody body, IOverdueDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            user.ToActor() is { } actor ? (await desk.EscapeAsync(actor, body.Kind ?? "", body.Id ?? "", stop)).Answer(done => Results.Ok(new EscapeDone(done))) : Refused.NoRole()).WithSummary("Uses the targeted way out of one stuck thing; Engineering.");
    }
}

/// <summary>All stuck work.</summary>
internal sealed record OverdueList(IReadOnlyList<OverdueView> Items);

/// <summary>One stuck thing.</summary>
/// <param name="Escape">The way out; null when there is none besides its page.</param>
/// <param name="ClosedBy">The rule that closes the way out at present; null when it is open.</param>
internal sealed record OverdueView(
    string Kind, string Id, string What, string State, OverdueStanding Standing, string Owner, DateTimeOffset Since, DateTimeOffset Deadline, string Link, string? Escape, string? ClosedBy)
{
    public static OverdueView Of(OverdueItem item, DateTimeOffset now) => new(
        item.Kind, item.Id, item.What, item.State, item.StandingAt(now), item.Owner, item.Since, item.Deadline, item.Link, item.Escape?.Label, item.Escape?.Closed?.ToString());
}

/// <summary>Body of POST /overdue/escape.</summary>
internal sealed record EscapeBody(string? Kind, string? Id);

/// <summary>What was done.</summary>
internal sealed record EscapeDone(string Done);
