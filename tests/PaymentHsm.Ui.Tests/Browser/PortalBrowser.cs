using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using PaymentHsm.Tests.Processes;

[assembly: AssemblyFixture(typeof(PaymentHsm.Ui.Tests.Browser.PortalBrowser))]

namespace PaymentHsm.Ui.Tests.Browser;

/// <summary>One portal with its simulated fleet, and one browser, for all tests of this assembly.</summary>
public sealed class PortalBrowser : IAsyncLifetime
{
    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private SimulatorProcess? _simulator;
    private PortalProcess? _portal;
    private string? _ticket;

    internal PortalProcess Portal => _portal!;

    internal SimulatorProcess Simulator => _simulator!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 24, TimeSpan.FromSeconds(2), CancellationToken.None);
        var settings = new Dictionary<string, string> { ["Simulator:Enabled"] = "false", ["Fleet:Source"] = _simulator.Control.ToString(), ["Operations:SoftReboot:ObserveEvery"] = "00:00:01" };
        _portal = await PortalProcess.StartAsync(_portalData.Path, settings, CancellationToken.None);
        await _portal.UntilAsync("/api/v1/devices?lifecycle=Allocated", d => d.GetProperty("total").GetInt32() >= 8, CancellationToken.None);

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = BrowserProgram.FindOrInstall(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A browser of its own, signed in as a persona, at an address of the portal.</summary>
    internal async Task<IPage> OpenAsync(string persona, string path, int width = 1440, ColorScheme theme = ColorScheme.Light, PortalProcess? portal = null)
    {
        var page = await NewPageAsync(width, theme, portal);
        await page.GotoAsync($"/dev/signin?as={persona}&returnUrl={Uri.EscapeDataString(path)}");
        await IsInteractiveAsync(page);
        return page;
    }

    /// <summary>A browser of its own in which nobody is signed in.</summary>
    internal async Task<IPage> NewPageAsync(int width = 1440, ColorScheme theme = ColorScheme.Light, PortalProcess? portal = null)
    {
        var context = await _browser!.NewContextAsync(new() { BaseURL = (portal ?? _portal!).Address.ToString(), ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = theme });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <summary>Waits until the page's circuit is up: from then on it can be clicked.</summary>
    public static Task IsInteractiveAsync(IPage page) => Assertions.Expect(page.Locator("main[data-interactive=true]")).ToBeVisibleAsync(new() { Timeout = 20_000 });

    /// <summary>Waits until a page is done: interactive where it has a circuit, else simply there.</summary>
    public static Task IsReadyAsync(IPage page) => Assertions.Expect(page.Locator("main:not([data-interactive=false]) h1").First).ToBeVisibleAsync(new() { Timeout = 20_000 });

    /// <summary>An address with real names in place of <c>{serial}</c>, <c>{ticket}</c> and <c>{operation}</c>.</summary>
    public async Task<string> FillAsync(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var device = (await _portal!.UntilAsync("/api/v1/devices?lifecycle=Allocated", d => d.GetProperty("total").GetInt32() > 0, CancellationToken.None)).GetProperty("devices")[0].GetProperty("serial").GetString()!;
        if (path.Contains("{ticket}", StringComparison.Ordinal) && _ticket is null)
        {
            using var support = _portal.Client("support2");
            using var opened = await support.PostAsJsonAsync("/api/v1/tickets", new { subject = "For reading", serial = device, category = "Other", severity = "Low" });
            _ticket = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString();
        }

        var operation = (await _portal.UntilAsync("/api/v1/operations", d => d.GetProperty("total").GetInt32() > 0, CancellationToken.None)).GetProperty("operations")[0].GetProperty("id").GetString();
        return path.Replace("{serial}", device, StringComparison.Ordinal).Replace("{ticket}", _ticket, StringComparison.Ordinal).Replace("{operation}", operation, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }

        _portalData.Dispose();
        _simulatorData.Dispose();
    }
}
