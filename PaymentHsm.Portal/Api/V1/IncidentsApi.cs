using System.Security.Claims;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Fleet;
using PaymentHsm.Domain.People;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Incidents;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Tampers as incidents: the customer's choice on the logs, their recovery, the review that ends the hold.</summary>
internal static class IncidentsApi
{
    public static void MapIncidents(this RouteGroupBuilder api)
    {
        api.MapGet("/devices/{serial}/tamper", async (string serial, ITamperIncidents incidents, CancellationToken stop) =>
            HsmSerial.TryParse(serial, out var parsed) && await incidents.FindAsync(parsed, stop) is { } found ? Results.Ok(IncidentView.Of(found)) : Refused.NotFound("tamper incident of", serial)).WithSummary("The open or last tamper incident of a device.");
        Act(api, "choice", "Records whether the customer wants the logs: Recover or Leave.", (incidents, actor, serial, body, stop) => incidents.ChooseAsync(actor, serial, body.Choice, body.Note, stop));
        Act(api, "log-recovery", "Records a recovery of logs at the customer's documented request; only hashes are kept.", (incidents, actor, serial, body, stop) =>
            incidents.RecoveredAsync(actor, serial, new LogRecovery(body.DocumentHash, body.LogHash, body.HandedTo), stop));
        Act(api, "lift-hold", "An engineer has reviewed the incident: the hold ends when the latch is read as re-armed.", (incidents, actor, serial, body, stop) => incidents.LiftAsync(actor, serial, body.Note, stop));
    }

    private static void Act(RouteGroupBuilder api, string route, string summary, Func<ITamperIncidents, Actor, HsmSerial, IncidentBody, CancellationToken, Task<Outcome<TamperIncident>>> act) =>
        api.MapPost($"/devices/{{serial}}/tamper/{route}", async (string serial, IncidentBody body, ITamperIncidents incidents, ClaimsPrincipal user, CancellationToken stop) =>
            user.ToActor() is not { } actor ? Refused.NoRole()
            : HsmSerial.TryParse(serial, out var parsed) ? (await act(incidents, actor, parsed, body, stop)).Answer(i => Results.Ok(IncidentView.Of(i)))
            : Refused.NotFound("device", serial)).WithSummary(summary);
}

/// <summary>Body of an act on a tamper incident; each act reads what it needs.</summary>
internal sealed record IncidentBody(string? Choice = null, string? Note = null, string? DocumentHash = null, string? LogHash = null, string? HandedTo = null);

/// <summary>A tamper incident as the API shows it.</summary>
internal sealed record IncidentView(
    string Serial, string Ticket, DateTimeOffset OpenedAt, string What, LogChoice? Choice, string? ChosenBy, LogRecovery? Recovery, DateTimeOffset? ClosedAt, string? ReviewedBy)
{
    public static IncidentView Of(TamperIncident incident) => new(
        incident.Serial.ToString(), incident.Ticket, incident.OpenedAt, incident.What, incident.Choice, incident.ChosenBy, incident.Recovery, incident.ClosedAt, incident.ReviewedBy);
}
