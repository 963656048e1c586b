using System.Text;
using Microsoft.Playwright;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

/// <summary>A delivery by file: wrong rows are named, nothing is stored; the corrected file comes in.</summary>
public sealed class IntakeTests(PortalBrowser browser)
{
    private const string Header = "serial,manifest,seal,photo_sha256,second_person,region,stamp,rack,slot,feed_a,feed_b,oob_port,host1_port,host2_port,mgmt_port";

    [Fact]
    public async Task TwoWrongRows_AreNamedAndNothingIsImported_ThenTheCorrectedFileComesIn()
    {
        var photo = new string('a', 64);
        string Row(int n, string second = "Ada Lovelace", string? feedB = null) =>
            $"B100000000{n}A,MAN-7,SEAL-{n},{photo},{second},eastus,stamp1,R98,U{n},PDU-A/{n},{feedB ?? $"PDU-B/{n}"},oob/{n},sw/{n}1,sw/{n}2,sw/{n}3";
        var page = await browser.OpenAsync("datacenter1", "/intake");

        await ChooseAsync(page, Header, Row(1), Row(2, second: ""), Row(3, feedB: "PDU-A/3"));
        await Expect(page.GetByTestId("fault-3")).ToContainTextAsync("second person is missing");
        await Expect(page.GetByTestId("fault-4")).ToContainTextAsync("two different feeds");
        await Expect(page.GetByTestId("import")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("arriving-B1000000001A")).ToHaveCountAsync(0);

        await ChooseAsync(page, Header, Row(1), Row(2), Row(3));
        await page.GetByTestId("import").ClickAsync();
        await Expect(page.GetByTestId("intake-done")).ToContainTextAsync("3 devices are received, 3 of them racked");
        await Expect(page.GetByTestId("arriving-B1000000002A")).ToHaveAttributeAsync("data-state", "Racked");
        await Expect(page.GetByTestId("arriving-B1000000002A")).ToContainTextAsync("out-of-band address");
        await page.GotoAsync("/racks/eastus/stamp1");
        await Expect(page.GetByTestId("rack-R98")).ToContainTextAsync("bolted in, not enrolled yet");
    }

    private static async Task ChooseAsync(IPage page, params string[] lines)
    {
        await page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload { Name = "delivery.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(string.Join("\r\n", lines)) });
        await Expect(page.Locator("[data-testid=import-faults], [data-testid=import-checked]")).ToBeVisibleAsync();
    }
}
