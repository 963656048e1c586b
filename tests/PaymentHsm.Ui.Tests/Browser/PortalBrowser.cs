using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using PaymentHsm.Tests.Processes;

[assembly: AssemblyFixture(typeof(PaymentHsm.Ui.Tests.Browser.PortalBrowser))]

namespace PaymentHsm.Ui.Tests.Browser;

/// <summary>One portal with its simulated fleet, and one browser, for all tests of this assembly.</summary>
public sealed class PortalBrowser : IAsyncLifetime
{
    /// <summary>How long a page may take on a machine that is busy with something else, in milliseconds.</summary>
    private const float Patience = 60_000;

    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private SimulatorProcess? _simulator;
    private PortalProcess? _portal;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _taken = [];
    private Task<Samples>? _samples;

    /// <summary>Waits that a test has no time for are short here; the pauses between polls are those of the product.</summary>
    private static readonly Dictionary<string, string> Clocks = new()
    {
        ["Simulator:Enabled"] = "false",
        ["Operations:SoftReboot:ObserveEvery"] = "00:00:01",
        ["Operations:HardReboot:OffAtLeast"] = "00:00:02",
        ["Operations:HardReboot:ObserveEvery"] = "00:00:00.5",
        ["Operations:ForceDelete:SendAgainAfter"] = "00:00:01",
        ["Operations:ForceDelete:FollowEvery"] = "00:00:00.5",
        ["Operations:ForceDelete:LookUpEvery"] = "00:00:01",
        ["Operations:ForceDelete:LookUpAtMost"] = "00:00:03",
        ["Operations:ForceDelete:AbsenceMargin"] = "00:00:02",
        ["Operations:ForceDelete:ReclaimWithin"] = "00:01:30",
    };

    /// <summary>Automation's, approved from the first start.</summary>
    internal const string Subscription = "7b6f3a52-0c1d-4e8a-9f10-2d4c6e8a0b1c";

    /// <summary>The stamp whose free devices no test is given: customers' new resources go there.</summary>
    internal static (string Region, string Stamp) ForCustomers { get; } = ("westeurope", "stamp2");

    internal PortalProcess Portal => _portal!;

    internal SimulatorProcess Simulator => _simulator!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 36, TimeSpan.FromSeconds(2), CancellationToken.None);
        var settings = new Dictionary<string, string>(Clocks) { ["Fleet:Source"] = _simulator.Control.ToString() };
        _portal = await PortalProcess.StartAsync(_portalData.Path, settings, CancellationToken.None);
        await _portal.UntilAsync("/api/v1/devices?lifecycle=Allocated", d => d.GetProperty("total").GetInt32() >= 12, CancellationToken.None);

        Assertions.SetDefaultExpectTimeout(Patience);
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
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Waits until the page's circuit is up: from then on it can be clicked.</summary>
    public static Task IsInteractiveAsync(IPage page) => Assertions.Expect(page.Locator("main[data-interactive=true]")).ToBeVisibleAsync(new() { Timeout = Patience });

    /// <summary>Waits until a page is done: interactive where it has a circuit, else simply there.</summary>
    public static Task IsReadyAsync(IPage page) => Assertions.Expect(page.Locator("main:not([data-interactive=false]) h1").First).ToBeVisibleAsync(new() { Timeout = Patience });

    /// <summary>Serial of a healthy device that no other test is given.</summary>
    /// <param name="lifecycle">Its state.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="wholePair">The customer's other device in the region is given to nobody either: while one of a pair is worked on, the other is not restarted (R67).</param>
    internal Task<string> TakeAsync(string lifecycle, CancellationToken stop, bool wholePair = false) => Poll.UntilAsync(
        async () =>
        {
            var page = await _portal!.UntilAsync($"/api/v1/devices?lifecycle={lifecycle}", _ => true, stop);
            var devices = page.GetProperty("devices").EnumerateArray().ToList();
            lock (_gate)
            {
                var (serial, pair) = devices.Where(d => IsForTests(d) && d.GetProperty("health").GetString() == "ok").Select(d => (Serial: Serial(d), Pair: PairOf(d, devices)))
                    .Where(c => !_taken.Contains(c.Serial) && !(wholePair && c.Pair.Any(_taken.Contains)))

                    // Who needs no pair takes what is left of one.
                    .OrderByDescending(c => !wholePair && c.Pair.Any(_taken.Contains)).FirstOrDefault();
                _taken.UnionWith(serial is null ? [] : wholePair ? [serial, .. pair] : [serial]);
                return serial ?? "";
            }
        },
        serial => serial.Length > 0,
        stop)!;

    /// <summary>Asks for a resource as a customer's automation does; returns its address.</summary>
    internal async Task<string> CreateAsync(string name, CancellationToken stop)
    {
        const string Group = $"/subscriptions/{Subscription}/resourceGroups/live/providers";
        var path = $"{Group}/Microsoft.HardwareSecurityModules/dedicatedHSMs/{name}?api-version=2021-11-30";
        using var automation = _portal!.Client("automation1");
        using var answer = await automation.PutAsJsonAsync(
            path,
            new
            {
                location = ForCustomers.Region,
                sku = new { name = "payShield10K_LMK1_CPS60" },
                properties = new { stampId = ForCustomers.Stamp, networkProfile = new { subnet = new { id = $"{Group}/Microsoft.Network/virtualNetworks/v/subnets/s" } } },
            },
            stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return path;
    }

    /// <summary>One of everything that a page can show, made when the first test asks for it.</summary>
    internal Task<Samples> SamplesAsync()
    {
        lock (_gate)
        {
            return _samples ??= Samples.MakeAsync(this, CancellationToken.None);
        }
    }

    private static string Serial(JsonElement device) => device.GetProperty("serial").GetString()!;

    private static List<string> PairOf(JsonElement device, IEnumerable<JsonElement> devices) => device.GetProperty("customer").GetString() is not { } customer ? []
        : [.. devices.Where(d => d.GetProperty("customer").GetString() == customer && d.GetProperty("region").GetString() == device.GetProperty("region").GetString()).Select(Serial).Where(s => s != Serial(device))];

    private static bool IsForTests(JsonElement device) =>
        device.GetProperty("customer").GetString() != "Litware Payments"
        && (device.GetProperty("lifecycle").GetString() != "Available" || (device.GetProperty("region").GetString(), device.GetProperty("stamp").GetString()) != ForCustomers);

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
