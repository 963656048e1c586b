using System.Net.Http.Json;
using System.Text.Json;
using PaymentHsm.Tests.Processes;

namespace PaymentHsm.Portal.Tests.Hosting;

public sealed class LostSourceTests
{
    /// <summary>
    /// R50: started while the enrolment source is down, the portal shows the fleet as it last knew it, with its age, and asks no device. When the source is back it goes on by
    /// itself.
    /// </summary>
    [Fact]
    public async Task R50_StartWithoutTheSource_ShowsWhatWasKnown_AndGoesOnWhenItIsBack()
    {
        var stop = Xunit.TestContext.Current.CancellationToken;
        using var simulatorData = new ScratchDirectory();
        using var portalData = new ScratchDirectory();
        Dictionary<string, string> settings;
        Uri source;
        await using (var simulator = await SimulatorProcess.StartAsync(simulatorData.Path, 4, TimeSpan.FromSeconds(1), stop))
        {
            source = simulator.Control;
            settings = new Dictionary<string, string> { ["Simulator:Enabled"] = "false", ["Fleet:Source"] = source.ToString(), ["Fleet:Seed"] = "false", ["Polling:Interval"] = "00:00:02" };
            await using var first = await PortalProcess.StartAsync(portalData.Path, settings, stop);
            await first.UntilAsync("/api/v1/devices?lifecycle=Available&health=Ok", d => d.GetProperty("total").GetInt32() == 4, stop);
            await first.KillAsync();
        }

        var restarted = DateTimeOffset.UtcNow;
        await using var portal = await PortalProcess.StartAsync(portalData.Path, settings, stop);
        var known = await portal.UntilAsync("/api/v1/devices?lifecycle=Available", d => d.GetProperty("total").GetInt32() == 4, stop);
        var serial = known.GetProperty("devices")[0].GetProperty("serial").GetString()!;
        Assert.True(await ObservedAtAsync(portal, serial, stop) < restarted);

        // A restart is asked for and confirmed meanwhile: it waits, and no step is tried.
        var operation = await ConfirmedRestartAsync(portal, serial, stop);

        await using var back = await SimulatorProcess.StartAsync(simulatorData.Path, 4, TimeSpan.FromSeconds(1), stop, control: source);
        await portal.UntilAsync($"/api/v1/devices/{serial}", d => d.GetProperty("tile").GetProperty("observedAt").GetDateTimeOffset() > restarted, stop);
        var ended = await portal.UntilAsync($"/api/v1/operations/{operation}", o => o.GetProperty("state").GetString() == "Finished", stop);
        Assert.DoesNotContain("Driving operation", portal.Output, StringComparison.Ordinal);
        Assert.Equal(("Verified", 1), (ended.GetProperty("outcome").GetString(), await back.RestartsAsync(serial, stop)));
    }

    private static async Task<string> ConfirmedRestartAsync(PortalProcess portal, string serial, CancellationToken stop)
    {
        using var support = portal.Client("support1");
        var ticket = await AnswerAsync(support.PostAsJsonAsync("/api/v1/tickets", new { subject = "slow", serial, severity = "Low" }, stop), stop);
        var asked = await AnswerAsync(support.PostAsJsonAsync($"/api/v1/tickets/{ticket.GetProperty("number").GetString()}/operations", new { kind = "SoftReboot", reason = "slow" }, stop), stop);
        using var engineer = portal.Client("engineer1");
        return (await AnswerAsync(engineer.PostAsync($"/api/v1/operations/{asked.GetProperty("operationId").GetString()}/confirm", null, stop), stop)).GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> AnswerAsync(Task<HttpResponseMessage> sent, CancellationToken stop)
    {
        using var answer = await sent;
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(stop);
    }

    private static async Task<DateTimeOffset> ObservedAtAsync(PortalProcess portal, string serial, CancellationToken stop)
    {
        using var auditor = portal.Client("auditor1");
        return (await auditor.GetFromJsonAsync<JsonElement>($"/api/v1/devices/{serial}", stop)).GetProperty("tile").GetProperty("observedAt").GetDateTimeOffset();
    }
}
