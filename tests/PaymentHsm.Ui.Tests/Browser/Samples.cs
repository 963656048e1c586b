using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Portal.Tests.Approvals;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Ui.Tests.Browser;

/// <summary>One of everything that a page can show, made over the API, by the names that addresses use: <c>{serial}</c>, <c>{ticket}</c> and so on.</summary>
internal sealed class Samples
{
    private readonly IReadOnlyDictionary<string, string> _names;

    private Samples(IReadOnlyDictionary<string, string> names) => _names = names;

    /// <summary>The address with real names in it.</summary>
    public string Fill(string path) => _names.Aggregate(path, (filled, name) => filled.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));

    public static async Task<Samples> MakeAsync(PortalBrowser browser, CancellationToken stop)
    {
        var portal = browser.Portal;
        var people = new QuorumClient(portal, browser.Simulator, stop);
        var operations = await portal.UntilAsync("/api/v1/operations", o => o.GetProperty("total").GetInt32() > 0, stop);
        var evidence = await SealedAsync(browser, stop);
        var (serial, tampered) = (await browser.TakeAsync("Allocated", stop), await browser.TakeAsync("Available", stop));
        await browser.Simulator.PostAsync($"/devices/{tampered}/tamper", null, stop);

        async Task<string> MadeAsync(string person, string path, object body, string name)
        {
            using var client = portal.Client(person);
            using var answer = await client.PostAsJsonAsync(path, body, stop);
            var made = await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
            Assert.True(answer.IsSuccessStatusCode, made.ToString());
            return made.GetProperty(name).GetString()!;
        }

        var ticket = await MadeAsync("support2", "/api/v1/tickets", new { subject = "For reading", serial, category = "HsmDelete", severity = "Low" }, "number");
        await people.FileAsync(ticket, "%PDF-1.7 for reading");
        var asked = await people.AskAsync(await browser.TakeAsync("Allocated", stop));
        var resource = (await people.ApprovalAsync(asked)).GetProperty("binding").GetProperty("resourceId").GetString()!.Split('/');
        await portal.UntilAsync($"/api/v1/devices/{tampered}", d => d.GetProperty("tile").GetProperty("lifecycle").GetString() == "Quarantined", stop);
        return new Samples(new Dictionary<string, string>
        {
            ["serial"] = serial,
            ["region"] = "eastus",
            ["stamp"] = "stamp1",
            ["ticket"] = ticket,
            ["failed"] = await MadeAsync("support2", "/api/v1/tickets", new { subject = "To be destroyed", serial = tampered, category = "Hardware", severity = "Low" }, "number"),
            ["operation"] = operations.GetProperty("operations")[0].GetProperty("id").GetString()!,
            ["approval"] = asked.Approval,
            ["resource"] = $"{resource[2]}~{resource[4]}~{resource[^1]}",
            ["order"] = await MadeAsync("engineer1", "/api/v1/work-orders", new { serial = await browser.TakeAsync("Available", stop), part = "psu2", reason = "no output" }, "id"),
            ["wave"] = await MadeAsync("engineer1", "/api/v1/firmware/waves", new { target = "2.1a", region = "eastus", stamp = "stamp1", reason = "For reading" }, "id"),
            ["evidence"] = evidence,
        });
    }

    /// <summary>A bundle, by a resource that is created, released by its customer and deleted.</summary>
    private static async Task<string> SealedAsync(PortalBrowser browser, CancellationToken stop)
    {
        const string Name = "returned-1";
        var path = await browser.CreateAsync(Name, stop);
        await browser.Portal.UntilAsync(path, r => r.GetProperty("properties").GetProperty("provisioningState").GetString() == "Succeeded", stop);
        var allocations = await browser.Portal.UntilAsync("/api/v1/operations?kind=Allocation", o => Serials(o, Name).Any(), stop);
        await browser.Simulator.PostAsync($"/devices/{Serials(allocations, Name).Single()}/release", null, stop);
        using var automation = browser.Portal.Client("automation1");
        await Poll.UntilAsync(
            async () =>
            {
                using var answer = await automation.DeleteAsync(path, stop);
                return answer.StatusCode;
            },
            status => status is HttpStatusCode.Accepted or HttpStatusCode.NoContent, stop);
        var bundles = await browser.Portal.UntilAsync("/api/v1/evidence", e => e.GetProperty("total").GetInt32() > 0, stop);
        return bundles.GetProperty("bundles")[0].GetProperty("digest").GetString()!;
    }

    /// <summary>The device that the resource of that name got.</summary>
    private static IEnumerable<string> Serials(JsonElement allocations, string name) => allocations.GetProperty("operations").EnumerateArray()
        .Where(o => o.GetProperty("reason").GetString()!.StartsWith(name, StringComparison.Ordinal)).Select(o => o.GetProperty("serial").GetString()!);
}
