using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PaymentHsm.Portal.Tests.WorkOrders;

/// <summary>W6 with the real program: from a quarantined unit to the certificate, and everything that must stop it.</summary>
public sealed class DestructionTests(SitePortal site) : IClassFixture<SitePortal>
{
    private const string Disk = "HDD-77K0031";

    private static readonly string Photo = new('c', 64);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task W6_FromQuarantinedToDestroyed_ByTwoEngineersAndTwoPeopleOfTheSite()
    {
        var serial = await QuarantinedAsync(0);
        var ticket = await site.TicketAsync(serial);
        var (noDisk, why) = await site.PostAsync("support1", $"/api/v1/tickets/{ticket}/operations", new { kind = "Destruction", reason = "Main board burnt" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "R81"), (noDisk, why.GetProperty("ruleId").GetString()));
        var (operation, approval) = await AskAsync(ticket);
        await SignAsync("engineer1", approval, serial);
        await SignAsync("engineer2", approval, serial);
        var order = await OrderOfAsync(operation);
        Assert.Equal("PendingDestruction", await LifecycleAsync(serial));

        await ActAsync("datacenter1", order, "accept");
        await RefusedAsync("R66", HttpStatusCode.Conflict, "datacenter1", order, "destroy", new { part = "hdd", serial = Disk, method = "Shredded", photoHash = Photo, binId = "B1" });
        await ActAsync("datacenter1", order, "remove", new { serial, seal = "S-1", accessRecord = "key 7" });
        await RefusedAsync("R81", HttpStatusCode.Forbidden, "datacenter1", order, "confirm-removal", new { serial, seal = "S-1" });
        await ActAsync("datacenter2", order, "confirm-removal", new { serial, seal = "S-1" });
        await site.Portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("tile").GetProperty("lifecycle").GetString() == "DestructionStarted", Stop);

        // From here there is no way back, and the HSM does not come before its disk.
        var (late, no) = await site.PostAsync("support1", $"/api/v1/operations/{operation}/cancel-destruction", new { reason = "changed our minds" });
        Assert.Equal((HttpStatusCode.Conflict, "D26"), (late, no.GetProperty("ruleId").GetString()));
        await RefusedAsync("R66", HttpStatusCode.Conflict, "datacenter1", order, "destroy", new { part = "hsm", serial, method = "Crushed", photoHash = Photo, binId = "B1" });

        // Another disk stops everything until an engineer has decided.
        await RefusedAsync("D28", HttpStatusCode.Conflict, "datacenter1", order, "destroy", new { part = "hdd", serial = "HDD-OTHER", method = "Shredded", photoHash = Photo, binId = "B1" });
        await RefusedAsync("R66", HttpStatusCode.Conflict, "datacenter1", order, "destroy", new { part = "hdd", serial = Disk, method = "Shredded", photoHash = Photo, binId = "B1" });
        await ActAsync("engineer3", order, "release", new { note = "A disk of the spare box lay beside it" });
        await RefusedAsync("D28", HttpStatusCode.UnprocessableEntity, "datacenter1", order, "destroy", new { part = "hdd", serial = Disk, method = "Sold", photoHash = Photo, binId = "B1" });
        await RefusedAsync("D28", HttpStatusCode.UnprocessableEntity, "datacenter1", order, "destroy", new { part = "hdd", serial = Disk, method = "Shredded", photoHash = "x", binId = "B1" });
        await ActAsync("datacenter1", order, "destroy", new { part = "hdd", serial = Disk, method = "Shredded", photoHash = Photo, binId = "B1" });
        await RefusedAsync("R81", HttpStatusCode.Forbidden, "datacenter1", order, "witness", new { part = "hdd", serial = Disk });
        await ActAsync("datacenter2", order, "witness", new { part = "hdd", serial = Disk });

        // Executor and witness do not change places.
        await RefusedAsync("R66", HttpStatusCode.Forbidden, "datacenter2", order, "destroy", new { part = "hsm", serial, method = "Crushed", photoHash = Photo, binId = "B2" });
        await ActAsync("datacenter1", order, "destroy", new { part = "hsm", serial, method = "Crushed", photoHash = Photo, binId = "B2" });
        await RefusedAsync("R2", HttpStatusCode.Forbidden, "datacenter2", order, "certify", new { note = "fine" });
        await ActAsync("datacenter2", order, "witness", new { part = "hsm", serial });
        await ActAsync("engineer3", order, "certify", new { note = "Serials, photographs and names compared" });

        var ended = await site.Portal.UntilAsync($"/api/v1/operations/{operation}", o => o.GetProperty("state").GetString() == "Finished", Stop);
        Assert.Equal("Verified", ended.GetProperty("outcome").GetString());
        Assert.Equal("Destroyed", await LifecycleAsync(serial));
        using var auditor = site.Portal.Client("auditor1");
        var bundles = await auditor.GetStringAsync($"/api/v1/evidence?serial={serial}", Stop);
        Assert.Contains("Destruction", bundles, StringComparison.Ordinal);
        Assert.Contains("bundle", ended.GetRawText(), StringComparison.Ordinal);

        // What is destroyed is not asked any more: others are read again, and again, and its reading stays what it was.
        var (last, other) = (await ObservedAsync(serial), (await site.DeviceAsync(3)).GetProperty("serial").GetString()!);
        for (var read = 0; read < 2; read++)
        {
            var before = await ObservedAsync(other);
            await site.Portal.UntilAsync($"/api/v1/devices/{other}", d => d.GetProperty("tile").GetProperty("observedAt").GetDateTimeOffset() > before, Stop);
        }

        Assert.Equal(last, await ObservedAsync(serial));
    }

    [Fact]
    public async Task D26_BeforeTheRemoval_TheSameQuorumCallsItOff()
    {
        var serial = await QuarantinedAsync(1);
        var ticket = await site.TicketAsync(serial);
        var (operation, approval) = await AskAsync(ticket);
        await SignAsync("engineer1", approval, serial);
        await SignAsync("engineer2", approval, serial);
        var order = await OrderOfAsync(operation);
        await RefusedAsync("D26", HttpStatusCode.Forbidden, "engineer1", order, "cancel", new { note = "stop" });
        var (asked, body) = await site.PostAsync("support1", $"/api/v1/operations/{operation}/cancel-destruction", new { reason = "The vendor wants to look at it" });
        Assert.Equal(HttpStatusCode.Created, asked);
        var cancel = body.GetProperty("approvalId").GetString()!;
        await SignAsync("engineer2", cancel, serial);
        Assert.Equal("PendingDestruction", await LifecycleAsync(serial));
        await SignAsync("engineer3", cancel, serial);
        var ended = await site.Portal.UntilAsync($"/api/v1/operations/{operation}", o => o.GetProperty("state").GetString() == "Finished", Stop);
        Assert.Equal("Cancelled", ended.GetProperty("outcome").GetString());
        Assert.Equal("Quarantined", await LifecycleAsync(serial));
    }

    [Fact]
    public async Task D31_ACleanUnitOfThePool_IsRetiredOnlyWhenThatIsSaid()
    {
        var serial = (await site.DeviceAsync(2)).GetProperty("serial").GetString()!;
        var ticket = await site.TicketAsync(serial);
        var (status, why) = await site.PostAsync("support1", $"/api/v1/tickets/{ticket}/operations", new { kind = "Destruction", reason = "old", details = new { hddSerial = Disk } });
        Assert.Equal((HttpStatusCode.Conflict, "D25"), (status, why.GetProperty("ruleId").GetString()));
        (status, why) = await site.PostAsync("support1", $"/api/v1/tickets/{ticket}/operations", new { kind = "Destruction", reason = "old", details = new { hddSerial = Disk, retires = "perhaps" } });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "D31"), (status, why.GetProperty("ruleId").GetString()));

        var (operation, approval) = await AskAsync(ticket, "yes");
        using (var auditor = site.Portal.Client("auditor1"))
        {
            Assert.Contains("retires", await auditor.GetStringAsync($"/api/v1/approvals/{approval}", Stop), StringComparison.Ordinal);
        }

        await SignAsync("engineer1", approval, serial);
        Assert.Equal("Available", await LifecycleAsync(serial));
        await SignAsync("engineer2", approval, serial);
        await OrderOfAsync(operation);
        Assert.Equal("PendingDestruction", await LifecycleAsync(serial));
    }

    /// <summary>A tamper takes a unit of the pool to quarantine.</summary>
    private async Task<string> QuarantinedAsync(int index)
    {
        var serial = (await site.DeviceAsync(index)).GetProperty("serial").GetString()!;
        await site.Simulator.PostAsync($"/devices/{serial}/tamper", null, Stop);
        await site.Portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("tile").GetProperty("lifecycle").GetString() == "Quarantined", Stop);
        return serial;
    }

    private async Task<(string Operation, string Approval)> AskAsync(string ticket, string? retires = null)
    {
        var (asked, body) = await site.PostAsync("support1", $"/api/v1/tickets/{ticket}/operations", new { kind = "Destruction", reason = "Main board burnt, seen on site", details = new { hddSerial = Disk, retires = retires ?? "no" } });
        Assert.True(asked == HttpStatusCode.Created, body.ToString());
        return (body.GetProperty("operationId").GetString()!, body.GetProperty("approvalId").GetString()!);
    }

    private async Task SignAsync(string persona, string approval, string serial)
    {
        using var client = site.Portal.Client(persona);
        var digest = (await client.GetFromJsonAsync<JsonElement>($"/api/v1/approvals/{approval}", Stop)).GetProperty("digest").GetString();
        var (status, body) = await site.PostAsync(persona, $"/api/v1/approvals/{approval}/decisions", new { decision = "Approve", digest, serial, comment = "Read the findings" });
        Assert.True(status == HttpStatusCode.OK, body.ToString());
    }

    private async Task<string> OrderOfAsync(string operation)
    {
        var orders = await site.Portal.UntilAsync("/api/v1/work-orders", o => o.GetRawText().Contains(operation, StringComparison.Ordinal), Stop);
        return orders.GetProperty("workOrders").EnumerateArray().Single(o => o.GetProperty("operationId").GetString() == operation).GetProperty("id").GetString()!;
    }

    private async Task<DateTimeOffset> ObservedAsync(string serial)
    {
        using var client = site.Portal.Client("auditor1");
        return (await client.GetFromJsonAsync<JsonElement>($"/api/v1/devices/{serial}", Stop)).GetProperty("tile").GetProperty("observedAt").GetDateTimeOffset();
    }

    private async Task<string?> LifecycleAsync(string serial)
    {
        using var client = site.Portal.Client("auditor1");
        return (await client.GetFromJsonAsync<JsonElement>($"/api/v1/devices/{serial}", Stop)).GetProperty("tile").GetProperty("lifecycle").GetString();
    }

    private async Task ActAsync(string persona, string order, string act, object? body = null)
    {
        var (status, answer) = await site.PostAsync(persona, $"/api/v1/work-orders/{order}/{act}", body);
        Assert.True(status == HttpStatusCode.OK, $"{persona} {act}: {answer}");
    }

    private async Task RefusedAsync(string rule, HttpStatusCode status, string persona, string order, string act, object? body = null)
    {
        var (got, answer) = await site.PostAsync(persona, $"/api/v1/work-orders/{order}/{act}", body);
        Assert.Equal((status, rule), (got, answer.GetProperty("ruleId").GetString()));
    }
}
