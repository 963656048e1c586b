using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

/// <summary>W5 as four people live it, each in a browser of their own.</summary>
public sealed class ForceDeleteTests(PortalBrowser browser)
{
    [Theory]
    [InlineData(0, "ErasedAndProven")]
    [InlineData(1, "NotErased")]
    public async Task FourPeople_RequestSignSignDelete_SayWhatWasProved(int index, string outcome)
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        var devices = await browser.Portal.UntilAsync("/api/v1/devices?lifecycle=Allocated&health=Ok", d => d.GetProperty("total").GetInt32() > 2, stop);
        var serial = devices.GetProperty("devices")[index].GetProperty("serial").GetString()!;
        if (outcome == "NotErased")
        {
            await browser.Simulator.PostAsync($"/devices/{serial}/hard-lock", null, stop);
        }

        var ticket = await TicketWithDocumentAsync(serial);
        var support = await browser.OpenAsync("support1", $"/tickets/{ticket}");
        await support.GetByTestId("request-force-delete").ClickAsync();
        await support.GetByLabel("Why the customer cannot release it").FillAsync("MGMT has no link");
        await support.GetByLabel("Why milder steps were skipped").FillAsync("The board is dead");
        await support.GetByTestId("send-force-delete").ClickAsync();
        await Expect(support.GetByTestId("faults")).ToContainTextAsync("Confirm what the document says");
        await support.GetByTestId("fd-accepts").CheckAsync();
        await support.GetByTestId("send-force-delete").ClickAsync();
        await Expect(support).ToHaveURLAsync(new Regex("/approvals/APR-[0-9]{4}"));

        // Whoever asks may not sign: no button, but the rule.
        await Expect(support.GetByTestId("approve")).ToHaveCountAsync(0);
        await Expect(support.Locator("[data-rule=R75]")).ToBeVisibleAsync();
        var path = new Uri(support.Url).AbsolutePath;

        var first = await SignAsync("engineer1", path, serial);
        var second = await SignAsync("engineer2", path, serial);
        foreach (var page in (IPage[])[support, first, second])
        {
            await Expect(page.GetByTestId("approval-state")).ToHaveAttributeAsync("data-value", "Armed");
        }

        // Who signed may not carry it out; another engineer types the serial once more.
        await Expect(first.GetByTestId("execute")).ToHaveCountAsync(0);
        var third = await browser.OpenAsync("engineer3", path);
        await Expect(third.GetByTestId("execute")).ToHaveAttributeAsync("aria-disabled", "true");
        await third.GetByTestId("confirm-serial").FillAsync(serial);
        await third.GetByTestId("execute").ClickAsync();
        await Expect(third).ToHaveURLAsync(new Regex("/operations/[0-9a-f-]{36}"));
        await Expect(third.GetByTestId("operation-outcome")).ToHaveAttributeAsync("data-value", outcome, new() { Timeout = 90_000 });
        await Expect(support.GetByTestId("approval-state")).ToHaveAttributeAsync("data-value", "Consumed");
    }

    private async Task<IPage> SignAsync(string person, string path, string serial)
    {
        var page = await browser.OpenAsync(person, path);
        await Expect(page.GetByTestId("approve")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.GetByTestId("confirm-serial").FillAsync(serial);
        await page.GetByTestId("comment").FillAsync("Read all of it. Agree.");
        await page.GetByTestId("approve").ClickAsync();
        await Expect(page.GetByTestId($"decision-{person}")).ToBeVisibleAsync();
        return page;
    }

    private async Task<string> TicketWithDocumentAsync(string serial)
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        using var support = browser.Portal.Client("support1");
        using var opened = await support.PostAsJsonAsync("/api/v1/tickets", new { subject = "cannot be released", serial, category = "HsmDelete", severity = "High" }, stop);
        var number = (await opened.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("number").GetString()!;
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Ann of Contoso"), "sender" },
            { new StringContent("2026-11-01T13:05:00Z"), "receivedAt" },
            { new StringContent("portal message"), "channel" },
            { new StringContent("CallBack"), "verification" },
        };
        var file = new ByteArrayContent("%PDF-1.7 erase it"u8.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", "request.pdf");
        using var filed = await support.PostAsync($"/api/v1/tickets/{number}/documents", form, stop);
        filed.EnsureSuccessStatusCode();
        return number;
    }
}
