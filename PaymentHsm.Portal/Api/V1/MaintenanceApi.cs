using System.Security.Claims;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Maintenance;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>The calendar of power-feed maintenance.</summary>
internal static class MaintenanceApi
{
    public static void MapMaintenance(this RouteGroupBuilder api)
    {
        api.MapGet("/maintenance", async (bool? past, IMaintenanceDesk desk, TimeProvider clock, CancellationToken stop) =>
        {
            var now = clock.GetUtcNow();
            var windows = await desk.ListAsync(past ?? false, stop);
            return Results.Ok(new WindowList(windows.Count, [.. windows.Select(w => WindowView.Of(w, now))]));
        }).WithSummary("Windows to come and under way; with past=true also those that are over.");
        api.MapPost("/maintenance", async (WindowWish body, IMaintenanceDesk desk, TimeProvider clock, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
            ? Refused.NoRole()
            : (await desk.PlanAsync(actor, body, stop)).Answer(w => Results.Created($"/api/v1/maintenance/{w.Number}", WindowView.Of(w, clock.GetUtcNow())))).WithSummary("Plans a window for one feed.");
        api.MapPost("/maintenance/{number}/cancel", async (string number, IMaintenanceDesk desk, TimeProvider clock, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
            ? Refused.NoRole()
            : (await desk.CancelAsync(actor, number, stop)).Answer(w => Results.Ok(WindowView.Of(w, clock.GetUtcNow())))).WithSummary("Calls a window off.");
    }
}

/// <summary>The calendar.</summary>
internal sealed record WindowList(int Total, IReadOnlyList<WindowView> Windows);

/// <summary>A window as the API shows it.</summary>
/// <param name="Reading">The one reading whose loss it explains.</param>
/// <param name="Active">True while that loss is expected.</param>
internal sealed record WindowView(
    string Id, string Region, string Stamp, string? Rack, Feed Feed, string Reading, DateTimeOffset StartsAt, DateTimeOffset EndsAt, bool Active, string Note, string CreatedBy, DateTimeOffset? CancelledAt, string? CancelledBy)
{
    public static WindowView Of(FeedWindow window, DateTimeOffset now) => new(
        window.Number, window.Region, window.Stamp, window.Rack, window.Feed, window.Reading, window.StartsAt, window.EndsAt, window.IsOpen(now), window.Note, window.CreatedBy, window.CancelledAt, window.CancelledBy);
}
