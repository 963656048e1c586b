using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests.Browser;

/// <summary>What people of several workflows do in the same way.</summary>
internal static partial class Acts
{
    /// <summary>A ticket opened in this person's browser; the page then shows it. Returns its number.</summary>
    public static async Task<string> OpenTicketAsync(this IPage page, string serial, string subject, string category)
    {
        await page.GotoAsync($"/tickets/new?serial={serial}");
        await PortalBrowser.IsInteractiveAsync(page);
        await page.GetByLabel("Subject").FillAsync(subject);
        await page.GetByLabel("Category").SelectOptionAsync(category);
        await page.GetByTestId("send-ticket").ClickAsync();
        await Expect(page).ToHaveURLAsync(TicketAddress());
        return TicketAddress().Match(page.Url).Groups[1].Value;
    }

    /// <summary>The customer's documented request is filed on the ticket that the page shows.</summary>
    public static async Task FileDocumentAsync(this IPage page)
    {
        await page.GetByTestId("file-document").ClickAsync();
        await page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "request.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 erase it"u8.ToArray() });
        await page.GetByLabel("Sender", new() { Exact = true }).FillAsync("Ann of Contoso");
        await page.GetByLabel("Received (UTC)").FillAsync(TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        await page.GetByLabel("Channel").FillAsync("E-mail");
        await page.GetByLabel("How the sender was verified").SelectOptionAsync("CallBack");
        await page.GetByTestId("send-document").ClickAsync();
        await Expect(page.Locator("[data-testid^=document-D]")).ToHaveCountAsync(1);
    }

    /// <summary>A person signs an approval in a browser of their own, which stays open.</summary>
    public static async Task<IPage> SignAsync(this PortalBrowser browser, string person, string path, string serial)
    {
        var page = await browser.OpenAsync(person, path);
        await Expect(page.GetByTestId("approve")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.GetByTestId("confirm-serial").FillAsync(serial);
        await page.GetByTestId("comment").FillAsync("Read all of it. Agree.");
        await page.GetByTestId("approve").ClickAsync();
        await Expect(page.GetByTestId($"decision-{person}")).ToBeVisibleAsync();
        return page;
    }

    /// <summary>The ticket is closed with a reason, which stays in its record.</summary>
    public static async Task CloseTicketAsync(this IPage page, string ticket, string reason)
    {
        await page.GotoAsync($"/tickets/{ticket}");
        await PortalBrowser.IsInteractiveAsync(page);
        await page.GetByTestId("open-close").ClickAsync();
        await page.GetByLabel("Reason").FillAsync(reason);
        await page.GetByTestId("act-send").ClickAsync();
        await Expect(page.GetByTestId("ticket-state")).ToHaveAttributeAsync("data-value", "Closed");
        await Expect(page.GetByTestId("conversation")).ToContainTextAsync(reason);
    }

    /// <summary>The path of the page, once it shows what is asked for.</summary>
    public static async Task<string> PathAsync(this IPage page, Regex expected)
    {
        await Expect(page).ToHaveURLAsync(expected);
        return new Uri(page.Url).AbsolutePath;
    }

    [GeneratedRegex(@"/tickets/(T-\d+)$")]
    private static partial Regex TicketAddress();
}
