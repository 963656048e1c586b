using System.Text.RegularExpressions;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

/// <summary>W1 as somebody at the portal sees it: a customer's automation creates an HSM while the page is open.</summary>
public sealed class AllocationLiveTests(PortalBrowser browser)
{
    private const string Name = "live-1";

    [Fact]
    public async Task CreatedByAutomation_AppearsAndProgressesWithoutReload_UntilSucceeded()
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        var (region, stamp) = PortalBrowser.ForCustomers;
        var list = await browser.OpenAsync("support1", "/resources");
        var row = list.GetByTestId($"resource-{Name}");
        await Expect(row).ToHaveCountAsync(0);
        await list.EvaluateAsync("window.sameDocument = true");

        // Whichever device it becomes takes its time, so that the way is seen and not only the end.
        var free = await browser.Portal.UntilAsync($"/api/v1/devices?lifecycle=Available&region={region}&stamp={stamp}", d => d.GetProperty("total").GetInt32() > 0, stop);
        foreach (var device in free.GetProperty("devices").EnumerateArray())
        {
            await browser.Simulator.InjectAsync(device.GetProperty("serial").GetString()!, new { kind = "Delay", delayMs = 8000, count = 1, match = new { method = "POST" } }, stop);
        }

        await browser.CreateAsync(Name, stop);
        await Expect(row).ToHaveAttributeAsync("data-state", new Regex("CheckingQuota|Allocating|Provisioning|Connecting"));

        var page = await browser.OpenAsync("support2", $"/resources/{PortalBrowser.Subscription}~live~{Name}");
        await Expect(page.GetByTestId("step-Reserve")).ToHaveAttributeAsync("data-value", "Done");
        await Expect(page.GetByTestId("step-Flip")).ToHaveAttributeAsync("data-value", "Done");
        await Expect(page.GetByTestId("resource-state")).ToHaveAttributeAsync("data-value", "Succeeded");
        await Expect(row).ToHaveAttributeAsync("data-state", "Succeeded");
        Assert.True(await list.EvaluateAsync<bool>("window.sameDocument === true"));
    }
}
