using PaymentHsm.Ui.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace PaymentHsm.Ui.Tests;

public sealed class LiveTileTests(PortalBrowser browser)
{
    /// <summary>Injected at the device, seen in the browser within two seconds, by the device's own events over real sockets.</summary>
    [Fact]
    public async Task FaultAtTheDevice_TileChanges_WithinTwoSeconds()
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        var devices = await browser.Portal.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() > 0, stop);
        var serial = devices.GetProperty("devices").EnumerateArray().First().GetProperty("serial").GetString()!;
        var page = await browser.OpenAsync("support1", "/");
        var tile = page.GetByTestId($"tile-{serial}");
        await Expect(tile).ToHaveAttributeAsync("data-health", "ok");

        await browser.Simulator.PostAsync($"/devices/{serial}/links/HOST1", new { up = false }, stop);
        await Expect(tile).ToHaveAttributeAsync("data-health", "warning", new() { Timeout = 2_000 });
        await browser.Simulator.PostAsync($"/devices/{serial}/links/HOST1", new { up = true }, stop);
        await Expect(tile).ToHaveAttributeAsync("data-health", "ok", new() { Timeout = 10_000 });
    }
}
