using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

/// <summary>W3 as five people live it: support and two engineers at desks, two people of the site with phones.</summary>
public sealed class HardRebootTests(PortalBrowser browser)
{
    private const int Phone = 390;

    [Fact]
    public async Task FivePeople_TalkConfirmScanAndCycleThePower_VerifiedFromTheDevice()
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        var (serial, neighbour) = (await browser.TakeAsync("Allocated", stop, wholePair: true), await browser.TakeAsync("Available", stop));
        var support = await browser.OpenAsync("support1", "/tickets");
        var ticket = await support.OpenTicketAsync(serial, "The controller answers, the HSM does not", "Unresponsive");
        await support.GetByTestId("request-hard-reboot").ClickAsync();
        await support.GetByLabel("Reason").FillAsync("A soft reboot cannot be delivered");
        await support.GetByTestId("hard-reboot-dialog").GetByTestId("decision-later").CheckAsync();
        await support.GetByTestId("send-request").ClickAsync();
        var path = await support.PathAsync(new Regex("/operations/[0-9a-f-]{36}"));

        // Nobody confirms before the customer has decided; the engineer's page learns of it by itself.
        var engineer = await browser.OpenAsync("engineer1", path);
        await Expect(engineer.GetByTestId("confirm-panel").Locator("[data-rule=R64]")).ToBeVisibleAsync();
        await support.GetByLabel("Who said it, when, how").FillAsync("Ann of Contoso, by phone just now");
        await support.GetByTestId("impact-Wait").ClickAsync();
        await Expect(support.GetByTestId("confirm-panel").Locator("[data-rule=R2]")).ToBeVisibleAsync();
        await engineer.GetByTestId("confirm-operation").ClickAsync();
        await Expect(engineer.GetByTestId("work-order-link")).ToBeVisibleAsync();
        var order = await engineer.GetByTestId("work-order-link").TextContentAsync();

        // At the rack: the neighbour's label stops everything until an engineer has looked at it.
        var executor = await browser.OpenAsync("datacenter1", "/work-orders", Phone);
        await executor.GetByTestId($"row-{order}").GetByRole(AriaRole.Link).ClickAsync();
        await executor.GetByTestId("work-accept").ClickAsync();
        await executor.GetByTestId("work-arrive").ClickAsync();
        await ScanAsync(executor, neighbour);
        await Expect(executor.GetByTestId("work-stop")).ToHaveAttributeAsync("data-rule", "R66");
        await Expect(executor.GetByTestId("work-scan-again")).ToHaveAttributeAsync("aria-disabled", "true");
        Assert.Empty(await executor.ViolationsAsync());
        var second = await browser.OpenAsync("engineer2", $"/work-orders/{order}");
        await second.GetByTestId("work-release").ClickAsync();
        await second.GetByTestId("work-note").FillAsync("The neighbour was scanned");
        await second.GetByTestId("work-note-send").ClickAsync();
        await ScanAsync(executor, serial);
        await Expect(executor.GetByTestId("work-step")).ToHaveAttributeAsync("data-value", "ConfirmSlot");
        await Expect(executor.GetByTestId("work-scan")).ToHaveCountAsync(0);
        var witness = await browser.OpenAsync("datacenter2", $"/work-orders/{order}", Phone);
        await ScanAsync(witness, serial);

        // Both cords out, for long enough, and in again.
        await executor.GetByTestId("cord-off-psu1").ClickAsync();
        Assert.Empty(await executor.ViolationsAsync());
        await executor.GetByTestId("cord-off-psu2").ClickAsync();
        await Expect(executor.GetByTestId("cord-wait")).ToBeVisibleAsync();
        await browser.Simulator.PostAsync($"/devices/{serial}/power-cycle", null, stop);
        await executor.GetByTestId("cord-on-psu1").ClickAsync();
        await executor.GetByTestId("cord-on-psu2").ClickAsync();
        await Expect(engineer.GetByTestId("operation-outcome")).ToHaveAttributeAsync("data-value", "Verified", new() { Timeout = 90_000 });
        await Expect(engineer.GetByText("PowerEvent").First).ToBeVisibleAsync();
        await Expect(executor.GetByTestId("work-outcome")).ToHaveAttributeAsync("data-value", "Verified");
        await Expect(executor.GetByTestId("work-signs")).ToContainTextAsync("1 to 2, PowerEvent");
        Assert.Empty(await executor.ViolationsAsync());
        await support.CloseTicketAsync(ticket, "Service is back, says the customer");
    }

    private static async Task ScanAsync(IPage page, string label)
    {
        await page.GetByTestId("work-scan").FillAsync(label);
        await page.GetByTestId("work-scan-send").ClickAsync();
    }
}
