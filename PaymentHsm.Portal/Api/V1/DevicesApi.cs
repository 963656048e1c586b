using System.Security.Claims;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Fleet;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Live;
using PaymentHsm.Portal.Timeline;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Devices and their live state.</summary>
internal static class DevicesApi
{
    public static void MapDevices(this RouteGroupBuilder api)
    {
        api.MapGet("/devices", ListAsync).WithSummary("Devices, filtered, sorted and paged.");
        api.MapGet("/devices/{serial}/timeline", (string serial, ITimelines timelines, TimelineKind? kind, string? text, string? at, int? take, CancellationToken stop) =>
            ReadAsync(new TimelineSubject(Serial: serial), timelines, kind, text, at, take, stop)).WithSummary("What happened to a device, newest first; with 'at', as it stood at that instant.");
        api.MapGet("/tickets/{number}/timeline", (string number, ITimelines timelines, TimelineKind? kind, string? text, string? at, int? take, CancellationToken stop) =>
            ReadAsync(new TimelineSubject(Ticket: number), timelines, kind, text, at, take, stop)).WithSummary("What happened on a ticket, newest first; with 'at', as it stood at that instant.");
        api.MapGet("/devices/{serial}", FindAsync).WithSummary("One device with every reading, its offers and what happened to it.");
    }

    private static async Task<IResult> ReadAsync(TimelineSubject subject, ITimelines timelines, TimelineKind? kind, string? text, string? at, int? take, CancellationToken stop) =>
        at is not null && DocumentRules.MomentOf(at) is null
            ? new Refusal("R84", RefusalKind.BadInput, $"'{at}' is not a moment such as 2026-11-23T13:05:00Z.").AsProblem()
            : Results.Ok(await timelines.ReadAsync(subject, new TimelineFilter(kind, text, DocumentRules.MomentOf(at), Math.Clamp(take ?? 100, 1, 2000)), stop));

    private static async Task<IResult> ListAsync(
        IFleetQueries queries, TimeProvider clock, string? text, string? region, string? stamp, HsmState? lifecycle, CustodyState? custody, Health? health, string? sortBy, bool? descending, int? skip, int? take, CancellationToken cancellationToken)
    {
        var page = await queries.PageAsync(new FleetFilter(text, region, stamp, lifecycle, custody, health, sortBy ?? "serial", descending ?? false, skip ?? 0, take ?? 100), cancellationToken);
        var now = clock.GetUtcNow();
        return Results.Ok(new DeviceList(page.Total, [.. page.Rows.Select(r => TileView.Of(r.Tile, now))]));
    }

    private static async Task<IResult> FindAsync(string serial, IFleetQueries queries, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (user.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        return HsmSerial.TryParse(serial, out var parsed) && await queries.DeviceAsync(parsed, actor, cancellationToken) is { } device
            ? Results.Ok(new DeviceView(
                TileView.Of(device.Tile, clock.GetUtcNow()), device.Model, device.Firmware, device.ServiceId, device.AdminAccess, device.Sanitisation, device.Allocation,
                [.. device.Offers.Select(o => new OfferView(o.Key, o.Closed is null, o.Closed?.RuleId, o.Closed?.Reason, o.Closed?.Instead))],
                [.. device.Tickets.Select(t => t.Number)], [.. device.Operations.Select(o => o.Id)]))
            : Refused.NotFound("device", serial);
    }
}

/// <summary>One page of devices.</summary>
internal sealed record DeviceList(int Total, IReadOnlyList<TileView> Devices);

/// <summary>One device as the API shows it.</summary>
internal sealed record DeviceView(
    TileView Tile, string Model, string? Firmware, Guid ServiceId, AdminAccess AdminAccess, Sanitisation Sanitisation, AllocationView? Allocation,
    IReadOnlyList<OfferView> Offers, IReadOnlyList<string> Tickets, IReadOnlyList<Guid> Operations);

/// <summary>An act, open or closed with its rule.</summary>
internal sealed record OfferView(string Key, bool Open, string? RuleId, string? Reason, string? Instead);
