using System.Security.Claims;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Lifecycle;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Receiving;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Taking devices in (R11).</summary>
internal static class IntakeApi
{
    public static void MapIntake(this RouteGroupBuilder api)
    {
        api.MapGet("/intake", async (IIntakeDesk desk, CancellationToken stop) => Results.Ok(await desk.ReadAsync(stop))).WithSummary("Devices on their way into the pool and what each waits for.");
        api.MapGet("/intake/template", () => Results.File(System.Text.Encoding.UTF8.GetBytes(IntakeCsv.Template), "text/csv; charset=utf-8", "intake.csv")).WithSummary("The columns of an import, with one example.");
        api.MapPost("/intake/receive", async (ArrivalForm body, IIntakeDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            user.ToActor() is { } actor ? (await desk.ReceiveAsync(actor, body, stop)).Answer(r => Results.Created($"/api/v1/devices/{r.Serial}", r)) : Refused.NoRole()).WithSummary("D1: records that a device arrived; Datacenter or Engineering.");
        api.MapPost("/intake/rack", async (RackBody body, IIntakeDesk desk, ClaimsPrincipal user, CancellationToken stop) =>
            user.ToActor() is { } actor ? (await desk.RackAsync(actor, body.Serial, body.Form, stop)).Answer(r => Results.Ok(r)) : Refused.NoRole()).WithSummary("D2: records that a received device was bolted in; Datacenter or Engineering.");
        api.MapPost("/intake/import", ImportAsync).Accepts<string>("text/csv").WithSummary("Receives, and racks, every device of a CSV file: all or nothing. dryRun=true only says what is wrong, by row and column.");
    }

    private static async Task<IResult> ImportAsync(HttpRequest request, IIntakeDesk desk, bool? dryRun, CancellationToken stop)
    {
        if (request.HttpContext.User.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        // One byte more than is allowed is enough to know that it is too long.
        var file = new byte[IntakeCsv.MostBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(file, file.Length, throwOnEndOfStream: false, stop);
        return await desk.ImportAsync(actor, file.AsMemory(0, length), dryRun ?? false, stop) switch
        {
            Outcome<IntakeImport>.Done(var import) => Results.Json(import, statusCode: import.Faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity),
            Outcome<IntakeImport>.Refused(var why) => why.AsProblem(),
            _ => throw new InvalidOperationException("An outcome is either done or refused."),
        };
    }
}

/// <summary>Body of POST /intake/rack.</summary>
/// <param name="Slot">The code on the slot's label: <c>U21</c>, or <c>R12/U21</c>.</param>
internal sealed record RackBody(
    string? Serial, string? Region, string? Stamp, string? Rack, string? Slot, string? FeedA, string? FeedB, string? OobPort, string? Host1Port, string? Host2Port, string? ManagementPort)
{
    public RackingForm Form => new(Region, Stamp, Rack, Slot, FeedA, FeedB, OobPort, Host1Port, Host2Port, ManagementPort);
}
