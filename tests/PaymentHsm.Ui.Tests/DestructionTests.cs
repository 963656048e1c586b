using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PaymentHsm.Portal.Tests.Approvals;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

/// <summary>W6 as six people live it: from a failed unit that could not be erased to the certificate. One force delete at a time: what another leaves of a customer's HSMs is part of what is signed.</summary>
[Collection("Force deletes")]
public sealed class DestructionTests(PortalBrowser browser)
{
    private const int Phone = 390;
    private const string Disk = "HDD-77K0031";

    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    [Fact]
    public async Task SixPeople_OrderRemoveDestroyWitnessCertify_NoneInTwoRoles()
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        var (serial, ticket) = await FailedAsync(stop);

        // Two engineers order it; neither twice, nor whoever asks.
        var support = await browser.OpenAsync("support1", $"/tickets/{ticket}");
        await support.GetByTestId("request-destruction").ClickAsync();
        await support.GetByLabel("Diagnosis").FillAsync("Main board burnt, seen on site");
        await support.GetByLabel("Serial of the disk").FillAsync(Disk);
        await support.GetByTestId("send-destruction").ClickAsync();
        var path = await support.PathAsync(new Regex("/approvals/APR-[0-9]{4}"));
        await Expect(support.GetByTestId("approve")).ToHaveCountAsync(0);
        await Expect(support.GetByTestId("sign-panel").Locator("[data-rule=R75]")).ToBeVisibleAsync();
        var first = await browser.SignAsync("engineer1", path, serial);
        await Expect(first.GetByText("Main board burnt, seen on site").First).ToBeVisibleAsync();
        await Expect(first.GetByTestId("approve")).ToHaveCountAsync(0);
        await Expect(first.GetByTestId("sign-panel").Locator("[data-rule=R75]")).ToBeVisibleAsync();
        await browser.SignAsync("engineer2", path, serial);
        await support.GetByRole(AriaRole.Link, new() { Name = "Its operation" }).ClickAsync();
        await Expect(support.GetByTestId("work-order-link")).ToBeVisibleAsync();
        var order = await support.GetByTestId("work-order-link").TextContentAsync();

        // The removal, by two people; whoever took it out does not confirm it.
        var executor = await browser.OpenAsync("datacenter1", $"/work-orders/{order}", Phone);
        await executor.GetByTestId("work-accept").ClickAsync();
        await executor.GetByTestId("d-serial").FillAsync(serial);
        await executor.GetByTestId("d-seal").FillAsync("S-4711");
        await executor.GetByTestId("d-access").FillAsync("key 7");
        await executor.GetByTestId("d-send").ClickAsync();
        await Expect(executor.GetByTestId("work-step")).ToHaveAttributeAsync("data-value", "ConfirmRemoval");
        await Expect(executor.GetByTestId("d-send")).ToHaveCountAsync(0);
        await Expect(executor.Locator("[data-rule=R81]")).ToBeVisibleAsync();
        var witness = await browser.OpenAsync("datacenter2", $"/work-orders/{order}", Phone);
        await witness.GetByTestId("d-serial").FillAsync(serial);
        await witness.GetByTestId("d-seal").FillAsync("S-4711");
        Assert.Empty(await witness.ViolationsAsync());
        await witness.GetByTestId("d-send").ClickAsync();
        await Expect(support.GetByTestId("step-Remove")).ToHaveAttributeAsync("data-value", "Done");

        // The disk, then the HSM; each seen by the other.
        await DestroyAsync(executor, witness, "Disk", Disk, "Shredded", "BIN-1");
        await DestroyAsync(executor, witness, "Hsm", serial, "Crushed", "BIN-2");
        var certifier = await browser.OpenAsync("engineer3", $"/work-orders/{order}");
        await certifier.GetByTestId("work-certify").ClickAsync();
        await certifier.GetByTestId("work-note").FillAsync("Serials, photographs and names compared");
        await certifier.GetByTestId("work-note-send").ClickAsync();
        await certifier.GetByTestId("certificate").ClickAsync();
        var certificate = certifier.GetByTestId("destruction-certificate");
        foreach (var words in (string[])[Disk, serial, "BIN-1", "BIN-2", "datacenter1", "datacenter2", Convert.ToHexStringLower(SHA256.HashData(Photo))])
        {
            await Expect(certificate).ToContainTextAsync(words);
        }

        Assert.Empty(await certifier.ViolationsAsync());
        await Expect(support.GetByTestId("operation-outcome")).ToHaveAttributeAsync("data-value", "Verified");
        await browser.Portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("tile").GetProperty("lifecycle").GetString() == "Destroyed", stop);
        await support.CloseTicketAsync(ticket, "Destroyed and certified; the customer was told");
    }

    /// <summary>A customer's device that hangs: its force delete has ended without a proof, and it is in quarantine.</summary>
    private async Task<(string Serial, string Ticket)> FailedAsync(CancellationToken stop)
    {
        var people = new QuorumClient(browser.Portal, browser.Simulator, stop);
        var serial = await browser.TakeAsync("Allocated", stop);
        await browser.Simulator.PostAsync($"/devices/{serial}/hard-lock", null, stop);
        var of = await people.AskAsync(serial);
        await people.ArmAsync(of);
        await people.ExecuteAsync(of);
        Assert.Equal("NotErased", (await people.EndAsync(of)).GetProperty("outcome").GetString());
        return (serial, of.Ticket);
    }

    private static async Task DestroyAsync(IPage executor, IPage witness, string part, string serial, string method, string bin)
    {
        await Expect(executor.GetByTestId($"form-Destroy{part}")).ToBeVisibleAsync();
        await executor.GetByTestId("d-serial").FillAsync(serial);
        await executor.GetByTestId("d-method").SelectOptionAsync(method);
        await executor.GetByTestId("d-bin").FillAsync(bin);
        await executor.GetByTestId("d-photo").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = Photo });
        await Expect(executor.GetByText(Convert.ToHexStringLower(SHA256.HashData(Photo)))).ToBeVisibleAsync();
        await executor.GetByTestId("d-send").ClickAsync();
        await Expect(witness.GetByTestId($"form-Witness{part}")).ToBeVisibleAsync();
        await Expect(executor.GetByTestId("d-send")).ToHaveCountAsync(0);
        await witness.GetByTestId("d-serial").FillAsync(serial);
        await witness.GetByTestId("d-send").ClickAsync();
    }
}
