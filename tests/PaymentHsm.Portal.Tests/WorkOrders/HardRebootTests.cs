using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.WorkOrders;

/// <summary>W3 with the real program, and somebody at the rack.</summary>
public sealed class HardRebootTests(SitePortal site) : IClassFixture<SitePortal>
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task W3_TwoPeopleCycleThePower_IsVerifiedFromTheDevicesOwnLog()
    {
        var serial = (await site.DeviceAsync(0)).GetProperty("serial").GetString()!;
        var (operation, order) = await site.OrderHardRebootAsync(serial, Stop);
        await ActAsync("datacenter1", order, "accept");
        await ActAsync("datacenter1", order, "arrive");
        await ActAsync("datacenter1", order, "scan", new { serial });

        // Not the same person twice, not before the second person, not by somebody without a badge.
        await RefusedAsync("R66", HttpStatusCode.Conflict, "datacenter1", order, "power", new { supply = "psu1", state = "off" });
        await RefusedAsync("R66", HttpStatusCode.Forbidden, "datacenter1", order, "confirm-slot", new { serial });
        await RefusedAsync("R3", HttpStatusCode.Forbidden, "engineer2", order, "confirm-slot", new { serial });
        await ActAsync("datacenter2", order, "confirm-slot", new { serial });

        await ActAsync("datacenter1", order, "power", new { supply = "psu1", state = "off" });
        await RefusedAsync("R66", HttpStatusCode.Conflict, "datacenter1", order, "power", new { supply = "psu1", state = "on" });
        await ActAsync("datacenter1", order, "power", new { supply = "psu2", state = "off" });
        await site.Simulator.PostAsync($"/devices/{serial}/power-cycle", null, Stop);
        await Poll.UntilAsync(() => RestartsAsync(serial), r => r.GetProperty("bootId").GetInt64() == 2, Stop);
        await ActAsync("datacenter1", order, "power", new { supply = "psu1", state = "on" });
        await ActAsync("datacenter1", order, "power", new { supply = "psu2", state = "on" });

        var ended = await site.Portal.UntilAsync($"/api/v1/operations/{operation}", o => o.GetProperty("state").GetString() == "Finished", Stop);
        Assert.Equal("Verified", ended.GetProperty("outcome").GetString());
        Assert.Contains("PowerEvent", ended.GetProperty("outcomeDetail").GetString(), StringComparison.Ordinal);
        Assert.Contains("No soft reboot was tried", ended.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, (await RestartsAsync(serial)).GetProperty("operations").GetArrayLength());
        var closed = await site.Portal.UntilAsync($"/api/v1/work-orders/{order}", o => o.GetProperty("state").GetString() == "Done", Stop);
        Assert.Equal("Verified", closed.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task R66_AnotherUnitsLabel_StopsTheOrderUntilAnEngineerDecides_AndIsLogged()
    {
        var (mine, other) = (await site.DeviceAsync(1), await site.DeviceAsync(2));
        var serial = mine.GetProperty("serial").GetString()!;
        var (operation, order) = await site.OrderHardRebootAsync(serial, Stop);

        // Two taps at the same moment: one person has it.
        var taps = await Task.WhenAll(site.PostAsync("datacenter1", $"/api/v1/work-orders/{order}/accept"), site.PostAsync("datacenter2", $"/api/v1/work-orders/{order}/accept"));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], taps.Select(t => t.Status).Order());
        var who = taps.Single(t => t.Status == HttpStatusCode.OK).Body.GetProperty("assignee").GetString()!;

        await RefusedAsync("R66", HttpStatusCode.UnprocessableEntity, who, order, "scan", new { serial = "no label" });
        await RefusedAsync("R66", HttpStatusCode.Conflict, who, order, "scan", new { serial = other.GetProperty("serial").GetString() });
        var stopped = await site.Portal.UntilAsync($"/api/v1/work-orders/{order}", _ => true, Stop);
        Assert.Equal("OnHold", stopped.GetProperty("state").GetString());
        await RefusedAsync("R66", HttpStatusCode.Conflict, who, order, "scan", new { serial });
        await RefusedAsync("R2", HttpStatusCode.Forbidden, who, order, "release", new { note = "it was me" });
        await ActAsync("engineer2", order, "release", new { note = "The neighbour was scanned; looked at the photograph" });
        await ActAsync(who, order, "scan", new { serial });
        await ActAsync("engineer2", order, "cancel", new { note = "The device answers again" });

        var ended = await site.Portal.UntilAsync($"/api/v1/operations/{operation}", o => o.GetProperty("state").GetString() == "Finished", Stop);
        Assert.Equal("Cancelled", ended.GetProperty("outcome").GetString());
        using var auditor = site.Portal.Client("auditor1");
        var trail = await auditor.GetStringAsync($"/api/v1/audit?correlation={operation}", Stop);
        Assert.Contains("workorder.stopped", trail, StringComparison.Ordinal);
        Assert.Contains("workorder.released", trail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R64_WithoutTheCustomersDecision_NobodyConfirms_AndTheCapacityIsLookedUp()
    {
        var serial = (await site.DeviceAsync(3)).GetProperty("serial").GetString()!;
        var ticket = await site.TicketAsync(serial);
        var (noReason, why) = await site.PostAsync("support1", $"/api/v1/tickets/{ticket}/operations", new { kind = "HardReboot", reason = " " });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "R54"), (noReason, why.GetProperty("ruleId").GetString()));
        var (_, body) = await site.PostAsync("engineer1", $"/api/v1/tickets/{ticket}/operations", new { kind = "HardReboot", reason = "hard-locked" });
        var operation = body.GetProperty("operationId").GetString()!;
        var (early, undecided) = await site.PostAsync("engineer2", $"/api/v1/operations/{operation}/confirm");
        Assert.Equal((HttpStatusCode.Conflict, "R64"), (early, undecided.GetProperty("ruleId").GetString()));
        var (bad, _) = await site.PostAsync("support1", $"/api/v1/operations/{operation}/impact", new { decision = "Perhaps" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad);
        var (recorded, decided) = await site.PostAsync("support1", $"/api/v1/operations/{operation}/impact", new { decision = "Both", note = "Call with the customer" });
        Assert.Equal(HttpStatusCode.OK, recorded);
        Assert.Contains("free", decided.GetRawText(), StringComparison.Ordinal);
        var (self, ownYes) = await site.PostAsync("engineer1", $"/api/v1/operations/{operation}/confirm");
        Assert.Equal((HttpStatusCode.Forbidden, "R10"), (self, ownYes.GetProperty("ruleId").GetString()));
        await site.PostAsync("engineer1", $"/api/v1/operations/{operation}/withdraw");
    }

    [Fact]
    public async Task R52_TamperLatch_FreezesTheDevice_OpensATicket_AndEndsByReview()
    {
        var serial = (await site.DeviceAsync(4)).GetProperty("serial").GetString()!;
        var ticket = await site.TicketAsync(serial);
        await site.Simulator.PostAsync($"/devices/{serial}/tamper", null, Stop);
        var incident = await site.Portal.UntilAsync($"/api/v1/tickets?text={serial}", t => t.GetRawText().Contains("Tamper on", StringComparison.Ordinal), Stop);
        Assert.Contains("Critical", incident.GetRawText(), StringComparison.Ordinal);
        await site.Portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("tile").GetProperty("lifecycle").GetString() == "Quarantined", Stop);
        var (frozen, why) = await site.PostAsync("support1", $"/api/v1/tickets/{ticket}/operations", new { kind = "HardReboot", reason = "dead" });
        Assert.Equal(HttpStatusCode.Conflict, frozen);
        Assert.NotNull(why.GetProperty("ruleId").GetString());

        var lift = $"/api/v1/devices/{serial}/tamper/lift-hold";
        var (latched, still) = await site.PostAsync("engineer1", lift, new { note = "Looks fine" });
        Assert.Equal((HttpStatusCode.Conflict, "R52"), (latched, still.GetProperty("ruleId").GetString()));
        var (unasked, _) = await site.PostAsync("engineer1", $"/api/v1/devices/{serial}/tamper/log-recovery", new { documentHash = new string('a', 64), logHash = new string('b', 64), handedTo = "Contoso" });
        Assert.Equal(HttpStatusCode.Conflict, unasked);
        await site.PostAsync("support1", $"/api/v1/devices/{serial}/tamper/choice", new { choice = "Recover" });
        var (noHash, _) = await site.PostAsync("engineer1", $"/api/v1/devices/{serial}/tamper/log-recovery", new { documentHash = "x", logHash = new string('b', 64), handedTo = "Contoso" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, noHash);
        var recovery = $"/api/v1/devices/{serial}/tamper/log-recovery";
        var (notFiled, whyNot) = await site.PostAsync("engineer1", recovery, new { documentHash = new string('a', 64), logHash = new string('b', 64), handedTo = "Contoso" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "R28"), (notFiled, whyNot.GetProperty("ruleId").GetString()));
        using var auditor = site.Portal.Client("auditor1");
        var incidentTicket = (await auditor.GetFromJsonAsync<JsonElement>($"/api/v1/devices/{serial}/tamper", Stop)).GetProperty("ticket").GetString()!;
        var sha256 = await site.FileAsync(incidentTicket);
        var (recovered, kept) = await site.PostAsync("engineer1", recovery, new { documentHash = sha256.ToUpperInvariant(), logHash = new string('B', 64), handedTo = "Ann of Contoso" });
        Assert.Equal(HttpStatusCode.OK, recovered);
        var bundle = await auditor.GetStringAsync($"/api/v1/evidence/{kept.GetProperty("recovery").GetProperty("bundle").GetString()}/file", Stop);
        Assert.All(new[] { "LogRecovery", "Ann of Contoso", "engineer1" }, word => Assert.Contains(word, bundle, StringComparison.Ordinal));
        Assert.All(new[] { sha256, new string('b', 64) }, hash => Assert.Contains(hash, bundle, StringComparison.Ordinal));
        Assert.Contains("LogRecovery", await auditor.GetStringAsync($"/api/v1/tickets/{incidentTicket}", Stop), StringComparison.Ordinal);
        var (twice, _) = await site.PostAsync("engineer1", recovery, new { documentHash = sha256, logHash = new string('b', 64), handedTo = "Ann of Contoso" });
        Assert.Equal(HttpStatusCode.Conflict, twice);

        using var control = new HttpClient { BaseAddress = site.Simulator.Control };
        using var rearmed = await control.DeleteAsync($"/devices/{serial}/tamper", Stop);
        var (support, _) = await site.PostAsync("support1", lift, new { note = "Looks fine" });
        Assert.Equal(HttpStatusCode.Forbidden, support);
        var (lifted, closed) = await site.PostAsync("engineer1", lift, new { note = "Sensor re-armed on site, case intact" });
        Assert.Equal(HttpStatusCode.OK, lifted);
        Assert.Equal("engineer1", closed.GetProperty("reviewedBy").GetString());
    }

    [Fact]
    public async Task R48_OneSupplyInItsWindow_IsMaintenance_ASecondOneAlarms()
    {
        var device = await site.DeviceAsync(7);
        var (serial, rack) = (device.GetProperty("serial").GetString()!, device.GetProperty("rack").GetString()!);
        var window = new { region = device.GetProperty("region").GetString(), stamp = device.GetProperty("stamp").GetString(), rack, feed = "B", startsAt = DateTimeOffset.UnixEpoch, endsAt = DateTimeOffset.MaxValue.AddDays(-1), note = "UPS B" };
        var (tooLong, _) = await site.PostAsync("engineer1", "/api/v1/maintenance", window);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooLong);
        var (support, _) = await site.PostAsync("support1", "/api/v1/maintenance", window);
        Assert.Equal(HttpStatusCode.Forbidden, support);
        var now = TimeProvider.System.GetUtcNow();
        var (planned, made) = await site.PostAsync("datacenter1", "/api/v1/maintenance", new { window.region, window.stamp, rack, feed = "B", startsAt = now.AddMinutes(-1), endsAt = now.AddHours(1), note = "UPS B" });
        Assert.Equal(HttpStatusCode.Created, planned);
        var (both, why) = await site.PostAsync("engineer1", "/api/v1/maintenance", new { window.region, window.stamp, rack, feed = "A", startsAt = now, endsAt = now.AddHours(1), note = "UPS A" });
        Assert.Equal((HttpStatusCode.Conflict, "R46"), (both, why.GetProperty("ruleId").GetString()));

        await site.Simulator.PostAsync($"/racks/{rack}/feeds/B", new { on = false }, Stop);
        var quiet = await site.Portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("tile").GetProperty("maintenance").GetString() is not null, Stop);
        Assert.Equal("ok", quiet.GetProperty("tile").GetProperty("health").GetString());
        await site.PostAsync("datacenter1", $"/api/v1/maintenance/{made.GetProperty("id").GetString()}/cancel");
        await site.Portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("tile").GetProperty("health").GetString() == "warning" && d.GetProperty("tile").GetProperty("maintenance").GetString() is null, Stop);
        await site.Simulator.PostAsync($"/racks/{rack}/feeds/B", new { on = true }, Stop);
    }

    [Fact]
    public async Task W10_ASupplyIsReplaced_AfterTheLabelWasScanned_WithoutTouchingCustody()
    {
        var device = await site.DeviceAsync(5);
        var serial = device.GetProperty("serial").GetString()!;
        var (support, _) = await site.PostAsync("support1", "/api/v1/work-orders", new { serial, part = "psu2", reason = "no output" });
        Assert.Equal(HttpStatusCode.Forbidden, support);
        var (fan, why) = await site.PostAsync("engineer1", "/api/v1/work-orders", new { serial, part = "fan1", reason = "stands still" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "R47"), (fan, why.GetProperty("ruleId").GetString()));
        var (ordered, body) = await site.PostAsync("engineer1", "/api/v1/work-orders", new { serial, part = "psu2", reason = "no output" });
        Assert.Equal(HttpStatusCode.Created, ordered);
        var order = body.GetProperty("id").GetString()!;
        await ActAsync("datacenter1", order, "accept");
        await RefusedAsync("R66", HttpStatusCode.Conflict, "datacenter1", order, "swap", new { serial = "P-1" });
        await RefusedAsync("R66", HttpStatusCode.Conflict, "datacenter1", order, "scan", new { serial = (await site.DeviceAsync(6)).GetProperty("serial").GetString() });
        await ActAsync("engineer1", order, "release", new { note = "Neighbour" });
        await ActAsync("datacenter1", order, "scan", new { serial });
        await ActAsync("datacenter1", order, "swap", new { serial = "P-1" });
        Assert.Equal("Done", (await site.Portal.UntilAsync($"/api/v1/work-orders/{order}", _ => true, Stop)).GetProperty("state").GetString());
        Assert.Equal(device.GetProperty("custody").GetString(), (await site.DeviceAsync(5)).GetProperty("custody").GetString());
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

    private async Task<JsonElement> RestartsAsync(string serial)
    {
        using var control = new HttpClient { BaseAddress = site.Simulator.Control };
        return await control.GetFromJsonAsync<JsonElement>($"/devices/{serial}/restarts", Stop);
    }
}
