using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

/// <summary>W5 as four people live it, each in a browser of their own. One force delete at a time: what another leaves of a customer's HSMs is part of what is signed.</summary>
[Collection("Force deletes")]
public sealed class ForceDeleteTests(PortalBrowser browser)
{
    [Theory]
    [InlineData("ErasedAndProven")]
    [InlineData("NotErased")]
    public async Task FourPeople_RequestSignSignDelete_SayWhatWasProved(string outcome)
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        var serial = await browser.TakeAsync("Allocated", stop);
        if (outcome == "NotErased")
        {
            await browser.Simulator.PostAsync($"/devices/{serial}/hard-lock", null, stop);
        }

        // The request: not without what the customer's document says.
        var support = await browser.OpenAsync("support1", "/tickets");
        var ticket = await support.OpenTicketAsync(serial, "The customer cannot release it", "HsmDelete");
        await support.FileDocumentAsync();
        await support.GetByTestId("request-force-delete").ClickAsync();
        await support.GetByLabel("Why the customer cannot release it").FillAsync("MGMT has no link");
        await support.GetByLabel("Why milder steps were skipped").FillAsync("The board is dead");
        await support.GetByTestId("send-force-delete").ClickAsync();
        await Expect(support.GetByTestId("faults")).ToContainTextAsync("Confirm what the document says");
        await support.GetByTestId("fd-accepts").CheckAsync();
        await support.GetByTestId("send-force-delete").ClickAsync();
        var path = await support.PathAsync(new Regex("/approvals/APR-[0-9]{4}"));

        // Whoever asks may not sign: no button, but the rule.
        await Expect(support.GetByTestId("approve")).ToHaveCountAsync(0);
        await Expect(support.GetByTestId("sign-panel").Locator("[data-rule=R75]")).ToBeVisibleAsync();
        var first = await browser.SignAsync("engineer1", path, serial);
        var second = await browser.SignAsync("engineer2", path, serial);
        foreach (var page in (IPage[])[support, first, second])
        {
            await Expect(page.GetByTestId("approval-state")).ToHaveAttributeAsync("data-value", "Armed");
        }

        // Who signed may not carry it out; another engineer types the serial once more.
        await Expect(first.GetByTestId("execute")).ToHaveCountAsync(0);
        await Expect(first.GetByTestId("sign-panel").Locator("[data-rule=R10]")).ToBeVisibleAsync();
        var third = await browser.OpenAsync("engineer3", path);
        await Expect(third.GetByTestId("execute")).ToHaveAttributeAsync("aria-disabled", "true");
        await third.GetByTestId("confirm-serial").FillAsync(serial);
        await third.GetByTestId("execute").ClickAsync();
        await third.PathAsync(new Regex("/operations/[0-9a-f-]{36}"));
        await Expect(third.GetByTestId("operation-outcome")).ToHaveAttributeAsync("data-value", outcome, new() { Timeout = 120_000 });
        await Expect(support.GetByTestId("approval-state")).ToHaveAttributeAsync("data-value", "Consumed");

        // The resource is gone either way; the device is free, or nobody is given it.
        var resource = await ResourceAsync(path, stop);
        using var automation = browser.Portal.Client("automation1");
        using var gone = await automation.GetAsync($"{resource}?api-version=2021-11-30", stop);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        var parts = resource.Split('/');
        await third.GotoAsync($"/resources/{parts[2]}~{parts[4]}~{parts[^1]}");
        await Expect(third.GetByTestId("resource-gone")).ToBeVisibleAsync();
        await third.GotoAsync("/fleet/quarantine");
        await PortalBrowser.IsInteractiveAsync(third);
        if (outcome == "NotErased")
        {
            await Expect(third.GetByTestId($"quarantine-{serial}")).ToContainTextAsync("Dirty");
            await Expect(third.GetByTestId($"quarantine-{serial}")).ToContainTextAsync("Not sanitised");
        }
        else
        {
            await Expect(third.GetByTestId($"quarantine-{serial}")).ToHaveCountAsync(0);
            await browser.Portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("tile").GetProperty("lifecycle").GetString() == "Available", stop);
        }

        await support.CloseTicketAsync(ticket, "The customer was told how it ended");
        await Expect(support.GetByTestId("rung-ForceDelete")).ToContainTextAsync(outcome == "NotErased" ? "Not erased" : "Erased and proven");
    }

    private async Task<string> ResourceAsync(string approval, CancellationToken stop)
    {
        using var auditor = browser.Portal.Client("auditor1");
        return (await auditor.GetFromJsonAsync<JsonElement>($"/api/v1{approval}", stop)).GetProperty("binding").GetProperty("resourceId").GetString()!;
    }
}
