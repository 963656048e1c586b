using System.Security.Claims;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Lifecycle;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Devices in quarantine or on hold, and their ways out.</summary>
internal static class QuarantineApi
{
    public static void MapQuarantine(this RouteGroupBuilder api)
    {
        api.MapGet("/devices/quarantine", async (IQuarantineDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            user.ToActor() is { } actor ? Results.Ok(new QuarantineList([.. (await desk.ReadAsync(actor, stop)).Select(QuarantineView.Of)])) : Refused.NoRole()).WithSummary("Devices in quarantine or on hold: why, and each way out, open or closed with its rule.");
        api.MapPost("/devices/{serial}/repair", async (string serial, RepairBody body, IQuarantineDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            user.ToActor() is not { } actor ? Refused.NoRole()
            : !HsmSerial.TryParse(serial, out var parsed) ? Refused.NotFound("device", serial)
            : (await desk.SignOffRepairAsync(actor, parsed, body.Note, stop)).Answer(d => Results.Ok(new RepairView(serial, d.Record.State)))).WithSummary("D23: signs off the repair of a clean unit; it is commissioned anew. Engineering.");
    }
}

/// <summary>All devices in quarantine or on hold.</summary>
internal sealed record QuarantineList(IReadOnlyList<QuarantineView> Devices);

/// <summary>One of them.</summary>
internal sealed record QuarantineView(
    string Serial, string Location, HsmState State, bool Hold, DateTimeOffset Since, CustodyState Custody, Sanitisation Sanitisation, bool HardwareFailed, string? Customer, string? Resource,
    IReadOnlyList<QuarantineCause> Why, IReadOnlyList<ExitView> Exits)
{
    public static QuarantineView Of(QuarantinedDevice device) => new(
        device.Record.Serial.ToString(), device.Location.ToString(), device.Record.State, device.Record.Hold, device.Record.StateSince, device.Record.Custody, device.Record.Sanitisation, device.Record.HardwareFailed,
        device.Customer, device.Resource?.ToString(), device.Why, [.. device.Exits.Select(e => new ExitView(e.Kind, e.Closed is null, e.Closed?.RuleId ?? e.Rule, e.Closed?.Reason, e.Closed?.Instead, e.Explained))]);
}

/// <summary>A way out, open or closed with its rule.</summary>
internal sealed record ExitView(QuarantineExitKind Kind, bool Open, string RuleId, string? Reason, string? Instead, string Explained);

/// <summary>Body of POST /devices/{serial}/repair.</summary>
internal sealed record RepairBody(string? Note);

/// <summary>What became of the device.</summary>
internal sealed record RepairView(string Serial, HsmState State);
