using System.Text.RegularExpressions;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

public sealed class SignInTests(PortalBrowser browser)
{
    [Fact]
    public async Task Nobody_IsLedToTheSignInPage_AndBackToWhereTheyWanted()
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync("/tickets");
        await Expect(page).ToHaveURLAsync(new Regex("/signin"));
        await page.GetByTestId("signin-support2").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/tickets$"));
        await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Banner)).ToContainTextAsync("support2");
    }

    [Theory]
    [InlineData("/fleet/A0000000000A")]
    [InlineData("/tickets/T-99999")]
    [InlineData("/operations/00000000-0000-0000-0000-000000000000")]
    [InlineData("/nothing-here")]
    public async Task UnknownThing_IsAProper404Page(string path)
    {
        var page = await browser.OpenAsync("support1", "/");
        var answer = await page.GotoAsync(path);
        Assert.Equal(404, answer!.Status);
        await Expect(page.GetByTestId("not-found")).ToBeVisibleAsync();
    }
}
