using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

/// <summary>axe finds nothing on any page, in either theme, wide and narrow.</summary>
public sealed partial class AccessibilityTests(PortalBrowser browser)
{
    private static readonly string[] Pages =
    [
        "/", "/fleet", "/fleet/{serial}", "/fleet/{serial}?at=2100-01-01T00:00:00", "/fleet/quarantine", "/racks", "/racks/{region}/{stamp}", "/intake",
        "/resources", "/resources/{resource}", "/subscriptions",
        "/tickets", "/tickets/new", "/tickets/{ticket}", "/tickets/{ticket}?dialog=close", "/tickets/{ticket}?dialog=soft-reboot", "/tickets/{ticket}?dialog=hard-reboot",
        "/tickets/{ticket}/force-delete", "/tickets/{failed}/destruction", "/tickets/{failed}/reclaim-again",
        "/operations", "/operations/{operation}", "/approvals", "/approvals/{approval}", "/work-orders", "/work-orders/new?serial={serial}", "/work-orders/{order}", "/work-orders/{order}/certificate",
        "/notifications", "/overdue", "/firmware", "/firmware/plan", "/firmware/waves/{wave}", "/maintenance",
        "/audit", "/evidence", "/evidence/{evidence}", "/help", "/signin", "/denied", "/not-found", "/fleet/unknown",
    ];

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task EveryPage_HasNoViolation(ColorScheme theme, int width)
    {
        var samples = await browser.SamplesAsync();
        var page = await browser.OpenAsync("engineer1", "/", width, theme);
        List<string> found = [];
        foreach (var path in Pages)
        {
            await page.GotoAsync(samples.Fill(path));
            await PortalBrowser.IsReadyAsync(page);
            await Expect(page.GetByText(Reading())).ToHaveCountAsync(0);
            if (path.Contains("reboot", StringComparison.Ordinal))
            {
                await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCSSAsync("opacity", "1");
            }

            found.AddRange(await page.ViolationsAsync());
        }

        Assert.Empty(found);
    }

    [Fact]
    public void EveryRoute_IsAmongThePagesLookedAt()
    {
        var routes = typeof(Portal.Components.Parts.PortalPage).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => Shape(r.Template)).ToHashSet();
        Assert.NotEmpty(routes);
        Assert.Empty(routes.Except(Pages.Select(Shape)));
    }

    /// <summary>An address with its names left out: <c>/tickets/{}</c>.</summary>
    private static string Shape(string path) => Name().Replace(path.Split('?')[0], "{}");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Name();

    [GeneratedRegex("^Reading (the|what)")]
    private static partial Regex Reading();
}
