using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

/// <summary>W2 as two people live it, in two browsers.</summary>
public sealed class SoftRebootTests(PortalBrowser browser)
{
    [Fact]
    public async Task TwoPeople_TicketRequestConfirm_VerifiedFromTheDevicesOwnLog()
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        var serial = await browser.TakeAsync("Allocated", stop, wholePair: true);
        var before = await browser.Simulator.RestartsAsync(serial, stop);

        var support = await browser.OpenAsync("support1", $"/tickets/new?serial={serial}");
        await support.GetByLabel("Subject").FillAsync("Host ports do not answer");
        await support.GetByTestId("send-ticket").ClickAsync();
        await Expect(support).ToHaveURLAsync(new Regex(@"/tickets/T-\d+"));
        await support.GetByTestId("request-soft-reboot").ClickAsync();
        await support.GetByLabel("Reason").FillAsync("The customer asked by phone");
        await support.GetByTestId("send-request").ClickAsync();
        await Expect(support).ToHaveURLAsync(new Regex("/operations/[0-9a-f-]{36}"));
        await Expect(support.GetByTestId("operation-state")).ToHaveAttributeAsync("data-value", "AwaitingConfirmation");

        // Whoever asks may not confirm: the button is there, closed, with the reason beside it.
        await Expect(support.GetByTestId("confirm-operation")).ToHaveAttributeAsync("aria-disabled", "true");

        var engineer = await browser.OpenAsync("engineer1", new Uri(support.Url).AbsolutePath);
        await engineer.GetByTestId("confirm-operation").ClickAsync();
        foreach (var page in (IPage[])[engineer, support])
        {
            await Expect(page.GetByTestId("operation-outcome")).ToHaveAttributeAsync("data-value", "Verified");
        }

        Assert.Equal(before + 1, await browser.Simulator.RestartsAsync(serial, stop));
        await Expect(engineer.GetByText("restart completed")).ToBeVisibleAsync();
    }
}
