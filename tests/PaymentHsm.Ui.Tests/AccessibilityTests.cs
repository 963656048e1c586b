using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using PaymentHsm.Ui.Tests.Browser;

namespace PaymentHsm.Ui.Tests;

/// <summary>axe finds nothing on any page, in either theme, wide and narrow.</summary>
public sealed class AccessibilityTests(PortalBrowser browser)
{
    public static TheoryData<string, ColorScheme, int> Views()
    {
        var views = new TheoryData<string, ColorScheme, int>();
        foreach (var path in (string[])["/", "/fleet", "/fleet/{serial}", "/tickets", "/tickets/new", "/tickets/{ticket}", "/operations", "/operations/{operation}", "/audit", "/help", "/signin", "/denied", "/fleet/unknown"])
        {
            views.Add(path, ColorScheme.Light, 1440);
            views.Add(path, ColorScheme.Dark, 390);
        }

        return views;
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task EveryPage_HasNoViolation(string path, ColorScheme theme, int width)
    {
        var page = await browser.OpenAsync("engineer1", "/", width, theme);
        await page.GotoAsync(await browser.FillAsync(path));
        await PortalBrowser.IsReadyAsync(page);
        var result = await page.RunAxe();
        Assert.Empty(result.Violations.Select(v => $"{v.Id} ({v.Impact}): {string.Join(" | ", v.Nodes.Select(n => n.Html))}"));
    }
}
