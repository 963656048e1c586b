using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PaymentHsm.Portal.Tests.Tickets;

/// <summary>R59 over a real socket: a customer's document is kept whole, under its hash, with who sent it.</summary>
public sealed class TicketDocumentsTests(RunningPortal running)
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4 Contoso asks for the deletion of its HSM");

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task R59_File_KeepsTheBytesUnderTheirHashAndLogsWhoReadThem()
    {
        var number = await running.TicketAsync(await running.SerialAsync("Allocated", 1));
        var before = await RevisionAsync(number);

        var filed = await FileAsync("support1", number, Pdf, "../request contoso.pdf");

        Assert.Equal(HttpStatusCode.Created, filed.Status);
        var id = filed.Body.GetProperty("documentId").GetString();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Pdf)), filed.Body.GetProperty("sha256").GetString());
        Assert.Equal(before + 1, await RevisionAsync(number));

        using var engineer = running.Portal.Client("engineer1");
        using var read = await engineer.GetAsync($"/api/v1/tickets/{number}/documents/{id}", Stop);
        Assert.Equal(Pdf, await read.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("application/pdf", read.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", read.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("request contoso.pdf", read.Content.Headers.ContentDisposition?.FileNameStar);

        var listed = await engineer.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{number}/documents", Stop);
        var document = Assert.Single(listed.EnumerateArray());
        Assert.Equal(("CallBack", "Contoso Acquiring", "support1"), (document.GetProperty("verification").GetString(), document.GetProperty("sender").GetString(), document.GetProperty("uploadedBy").GetString()));

        var log = await engineer.GetFromJsonAsync<JsonElement>($"/api/v1/audit?ticket={number}", Stop);
        Assert.Contains(log.GetProperty("rows").EnumerateArray(), e => e.GetProperty("action").GetString() == "ticket.document.read" && e.GetProperty("actor").GetString() == "engineer1");
    }

    [Fact]
    public async Task R59_FileTwice_IsTwoDocumentsOfOneContent()
    {
        var number = await running.TicketAsync(await running.SerialAsync("Allocated", 1));
        var first = await FileAsync("support1", number, Pdf, "request.pdf");
        var second = await FileAsync("support2", number, Pdf, "request.pdf");

        Assert.NotEqual(first.Body.GetProperty("documentId").GetString(), second.Body.GetProperty("documentId").GetString());
        Assert.Equal(first.Body.GetProperty("sha256").GetString(), second.Body.GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData("request.pdf", "", "call-back", HttpStatusCode.UnprocessableEntity, "is empty")]
    [InlineData("request.exe", "MZ", "call-back", HttpStatusCode.UnprocessableEntity, "not of a type")]
    [InlineData("request.pdf", "MZ this is a program", "call-back", HttpStatusCode.UnprocessableEntity, "holds a program")]
    [InlineData("request.pdf", "%PDF-1.4", "not verified", HttpStatusCode.UnprocessableEntity, "does not verify")]
    [InlineData("request.txt", "large", "call-back", HttpStatusCode.UnprocessableEntity, "the most that is taken")]
    public async Task R59_Unfit_IsRefusedAndNothingIsKept(string name, string content, string verification, HttpStatusCode status, string reason)
    {
        var number = await running.TicketAsync(await running.SerialAsync("Allocated", 1));
        var bytes = content == "large" ? new byte[(64 * 1024) + 1] : Encoding.ASCII.GetBytes(content);

        var refused = await FileAsync("support1", number, bytes, name, verification);

        Assert.Equal((status, "R59"), (refused.Status, refused.Body.GetProperty("ruleId").GetString()));
        Assert.Contains(reason, refused.Body.GetProperty("title").GetString(), StringComparison.Ordinal);
        using var client = running.Portal.Client("auditor1");
        Assert.Empty((await client.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{number}/documents", Stop)).EnumerateArray());
    }

    [Theory]
    [InlineData("auditor1", "R1")]
    [InlineData("datacenter1", "R1")]
    public async Task R1_OthersFile_IsRefused(string persona, string rule)
    {
        var number = await running.TicketAsync(await running.SerialAsync("Allocated", 1));
        var refused = await FileAsync(persona, number, Pdf, "request.pdf");
        Assert.Equal((HttpStatusCode.Forbidden, rule), (refused.Status, refused.Body.GetProperty("ruleId").GetString()));
    }

    private async Task<long> RevisionAsync(string number)
    {
        using var client = running.Portal.Client("auditor1");
        return (await client.GetFromJsonAsync<JsonElement>($"/api/v1/tickets/{number}", Stop)).GetProperty("ticket").GetProperty("revision").GetInt64();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> FileAsync(string persona, string number, byte[] content, string name, string verification = "call-back")
    {
        using var client = running.Portal.Client(persona);
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(content);
        form.Add(file, "file", name);
        form.Add(new StringContent("Contoso Acquiring"), "sender");
        form.Add(new StringContent("2026-11-23T13:05:00Z"), "receivedAt");
        form.Add(new StringContent("e-mail"), "channel");
        form.Add(new StringContent(verification), "verification");
        using var answer = await client.PostAsync($"/api/v1/tickets/{number}/documents", form, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }
}
