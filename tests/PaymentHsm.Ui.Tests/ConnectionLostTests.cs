using PaymentHsm.Tests.Processes;
using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

public sealed class ConnectionLostTests(PortalBrowser browser)
{
    /// <summary>The portal dies under an open page: the page says so, its actions are off, and its tiles do not stay green.</summary>
    [Fact]
    public async Task PortalDies_PageSaysSo_ActionsAreOff_TilesTurnStale()
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        using var data = new ScratchDirectory();
        var settings = new Dictionary<string, string> { ["Simulator:Enabled"] = "false", ["Fleet:Source"] = browser.Simulator.Control.ToString(), ["Fleet:Seed"] = "false", ["Polling:Interval"] = "00:00:01" };
        await using var portal = await PortalProcess.StartAsync(data.Path, settings, stop);
        var devices = await portal.UntilAsync("/api/v1/devices?health=Ok", d => d.GetProperty("total").GetInt32() > 0, stop);
        var serial = devices.GetProperty("devices")[0].GetProperty("serial").GetString()!;
        var page = await browser.OpenAsync("support1", "/", portal: portal);
        var tile = page.GetByTestId($"tile-{serial}");
        await Expect(tile).ToHaveAttributeAsync("data-stale", "false");
        await Expect(page.GetByTestId("connection-lost")).ToBeHiddenAsync();

        await portal.KillAsync();
        await Expect(page.GetByTestId("connection-lost")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(tile).ToHaveAttributeAsync("data-stale", "true", new() { Timeout = 15_000 });
    }
}
