using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using PaymentHsm.Domain;
using PaymentHsm.Domain.Tickets;
using PaymentHsm.Portal.Identity;
using PaymentHsm.Portal.Tickets;

namespace PaymentHsm.Portal.Api.V1;

/// <summary>Documents of tickets (R59).</summary>
internal static class TicketDocumentsApi
{
    /// <summary>What the fields beside the file may take, in bytes.</summary>
    private const long Beside = 64 * 1024;

    public static void MapTicketDocuments(this RouteGroupBuilder api)
    {
        api.MapPost("/tickets/{number}/documents", FileAsync).Accepts<DocumentForm>("multipart/form-data").WithSummary("Files a document: file, sender, receivedAt, channel, verification.");
        api.MapGet("/tickets/{number}/documents", async (string number, ITicketFiling filing, CancellationToken stop) =>
            await filing.ListAsync(number, stop) is { } documents ? Results.Ok(documents) : Refused.NotFound("ticket", number)).WithSummary("The documents of a ticket, oldest first.");
        api.MapGet("/tickets/{number}/documents/{id}", ReadAsync).WithSummary("The bytes of one document. That it was read is logged.");
    }

    private static async Task<IResult> FileAsync(string number, HttpRequest request, ITicketFiling filing, ClaimsPrincipal user, CancellationToken stop)
    {
        if (user.ToActor() is not { } actor)
        {
            return Refused.NoRole();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = filing.MaxBytes + Beside;
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = filing.MaxBytes + Beside }, stop);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            var tooLarge = e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } || e.Message.Contains("limit", StringComparison.OrdinalIgnoreCase);
            return new Refusal("R59", RefusalKind.BadInput, tooLarge ? $"The document has more than {filing.MaxBytes} bytes, the most that is taken." : "The form could not be read.", "Send multipart/form-data with one part 'file'.").AsProblem();
        }

        var file = form.Files.GetFile("file") ?? (form.Files.Count > 0 ? form.Files[0] : null);
        await using var content = file?.OpenReadStream();
        return (await filing.FileAsync(actor, number, new FileDocument(file?.FileName, content, form["sender"], form["receivedAt"], form["channel"], form["verification"]), stop))
            .Answer(d => Results.Created($"/api/v1/tickets/{d.Ticket}/documents/{d.Id}", new FiledDocument(d.Id, d.Sha256, d.Size)));
    }

    private static async Task<IResult> ReadAsync(string number, string id, ITicketFiling filing, ClaimsPrincipal user, CancellationToken stop) => user.ToActor() is not { } actor
        ? Refused.NoRole()
        : (await filing.ReadAsync(actor, number, id, stop)).Answer(d => Results.File(d.Content, d.Document.ContentType, d.Document.FileName));
}

/// <summary>Form of POST /tickets/{number}/documents.</summary>
internal sealed record DocumentForm(IFormFile File, string Sender, DateTimeOffset ReceivedAt, string Channel, SenderVerification Verification);

/// <summary>Answer to POST /tickets/{number}/documents.</summary>
internal sealed record FiledDocument(string DocumentId, string Sha256, long Size);
