using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Receiving;

/// <summary>R11 over the real program: nothing is taken up that people did not receive and rack; then it commissions by itself; what fails goes to quarantine and comes back by a repair.</summary>
public sealed class ManualIntakeTests : IAsyncLifetime
{
    private static readonly string Photo = new('a', 64);
    private readonly ScratchDirectory _portalData = new();
    private readonly ScratchDirectory _simulatorData = new();
    private SimulatorProcess _simulator = null!;
    private PortalProcess _portal = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorProcess.StartAsync(_simulatorData.Path, 2, TimeSpan.FromSeconds(1), CancellationToken.None);
        var settings = new Dictionary<string, string> { ["Simulator:Enabled"] = "false", ["Fleet:Source"] = _simulator.Control.ToString(), ["Fleet:Intake"] = "Manual", ["Polling:Interval"] = "00:00:02" };
        _portal = await PortalProcess.StartAsync(_portalData.Path, settings, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _simulator.DisposeAsync();
        _portalData.Dispose();
        _simulatorData.Dispose();
    }

    [Fact]
    public async Task R11_ReceivedAndRackedByPeople_CommissionsByItself_FailsIntoQuarantine_AndIsRepaired()
    {
        var devices = (await _simulator.DevicesAsync(Stop)).EnumerateArray().ToList();
        var (first, second) = (new Unit(devices[0]), new Unit(devices[1]));
        var before = await _portal.UntilAsync("/api/v1/intake", i => i.GetProperty("sourceRead").GetBoolean(), Stop);
        Assert.Equal(("Manual", 2, 0), (before.GetProperty("mode").GetString(), before.GetProperty("unreceived").GetArrayLength(), before.GetProperty("arriving").GetArrayLength()));

        // By form: whoever is not of the site is refused, a wrong form too, and nothing is there after it.
        var arrival = new { serial = first.Serial, manifest = "MAN-1", seal = "S-1", photoSha256 = Photo, secondPerson = "Ada" };
        await RefusedAsync("support1", "/api/v1/intake/receive", arrival, HttpStatusCode.Forbidden, "D1");
        await RefusedAsync("datacenter1", "/api/v1/intake/rack", first.Racking("PDU-B/1"), HttpStatusCode.NotFound, "D2");
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("datacenter1", "/api/v1/intake/receive", arrival)).Status);
        await RefusedAsync("datacenter1", "/api/v1/intake/receive", arrival, HttpStatusCode.Conflict, "D1");
        await RefusedAsync("datacenter1", "/api/v1/intake/rack", first.Racking("PDU-A/1"), HttpStatusCode.UnprocessableEntity, "D2");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("datacenter1", "/api/v1/intake/rack", first.Racking("PDU-B/1"))).Status);
        await _portal.UntilAsync("/api/v1/devices?lifecycle=Available", d => d.GetProperty("total").GetInt32() == 1, Stop);

        // By file: the dry run and a bad file store nothing; the second device is too hot for its self-test.
        await _simulator.PostAsync($"/devices/{second.Serial}/sensors/IntakeTemp", new { reading = 60 }, Stop);
        var bad = await ImportAsync(second.Row("PDU-A/2", "PDU-A/2"), dryRun: false);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, false), (bad.Status, bad.Body.GetProperty("imported").GetBoolean()));
        Assert.Equal("Both power supplies are on PDU-A/2; two different feeds are needed.", bad.Body.GetProperty("faults")[0].GetProperty("problem").GetString());
        Assert.Equal(HttpStatusCode.OK, (await ImportAsync(second.Row("PDU-A/2", "PDU-B/2"), dryRun: true)).Status);
        Assert.Single((await _portal.UntilAsync("/api/v1/intake", _ => true, Stop)).GetProperty("unreceived").EnumerateArray());
        Assert.True((await ImportAsync(second.Row("PDU-A/2", "PDU-B/2"), dryRun: false)).Body.GetProperty("imported").GetBoolean());

        var quarantine = await _portal.UntilAsync("/api/v1/devices/quarantine", q => q.GetProperty("devices").GetArrayLength() == 1, Stop);
        var held = quarantine.GetProperty("devices")[0];
        Assert.Equal((second.Serial, "VerifiedClean"), (held.GetProperty("serial").GetString(), held.GetProperty("sanitisation").GetString()));
        Assert.Contains("self-test", held.GetProperty("why")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);

        // D23: an engineer, with a note.
        var repair = $"/api/v1/devices/{second.Serial}/repair";
        await RefusedAsync("datacenter1", repair, new { note = "done" }, HttpStatusCode.Forbidden, "D23");
        await RefusedAsync("engineer1", repair, new { note = " " }, HttpStatusCode.UnprocessableEntity, "D23");
        await RefusedAsync("engineer1", $"/api/v1/devices/{first.Serial}/repair", new { note = "done" }, HttpStatusCode.Conflict, "D23");
        await _simulator.PostAsync($"/devices/{second.Serial}/sensors/IntakeTemp", new { reading = 23 }, Stop);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("engineer1", repair, new { note = "Fan filter changed" })).Status);
        await _portal.UntilAsync("/api/v1/devices?lifecycle=Available", d => d.GetProperty("total").GetInt32() == 2, Stop);

        var audit = (await _portal.UntilAsync($"/api/v1/audit?serial={second.Serial}&take=200", _ => true, Stop)).GetProperty("rows").EnumerateArray().Select(r => $"{r.GetProperty("actor").GetString()} {r.GetProperty("action").GetString()}").ToList();
        Assert.All(["datacenter2 device.receive", "datacenter2 device.rack", "portal device.baselinefailed", "engineer1 device.repairsignedoff", "portal device.baselinepassed"], entry => Assert.Contains(entry, audit));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string persona, string path, object body)
    {
        using var client = _portal.Client(persona);
        using var answer = await client.PostAsJsonAsync(path, body, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    private async Task RefusedAsync(string persona, string path, object body, HttpStatusCode status, string rule)
    {
        var answer = await PostAsync(persona, path, body);
        Assert.Equal((status, rule), (answer.Status, answer.Body.GetProperty("ruleId").GetString()));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> ImportAsync(string row, bool dryRun)
    {
        using var client = _portal.Client("datacenter2");
        using var file = new StringContent($"serial;manifest;seal;photo_sha256;second_person;region;stamp;rack;slot;feed_a;feed_b;oob_port;host1_port;host2_port;mgmt_port\n{row}\n", Encoding.UTF8, "text/csv");
        using var answer = await client.PostAsync($"/api/v1/intake/import?dryRun={dryRun}", file, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    /// <summary>A device as its own label and the enrolment source name it.</summary>
    private sealed class Unit(JsonElement device)
    {
        public string Serial { get; } = device.GetProperty("serial").GetString()!;

        private readonly string _region = device.GetProperty("region").GetString()!;
        private readonly string _stamp = device.GetProperty("stamp").GetString()!;
        private readonly string _rack = device.GetProperty("rack").GetString()!;
        private readonly int _slot = device.GetProperty("slot").GetInt32();

        public object Racking(string feedB) => new { serial = Serial, region = _region, stamp = _stamp, rack = _rack, slot = $"{_rack}/U{_slot}", feedA = "PDU-A/1", feedB, oobPort = "o/1", host1Port = "s/1", host2Port = "s/2", managementPort = "s/3" };

        public string Row(string feedA, string feedB) => $"{Serial};MAN-2;S-2;{Photo};Ada;{_region};{_stamp};{_rack};U{_slot};{feedA};{feedB};o/4;s/4;s/5;s/6";
    }
}
